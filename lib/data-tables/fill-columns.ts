/** Letters and digits of a name, so that "Order ID", "order_id" and "orderId" are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The last name of a path: `order` of `input.body.order`, `last name` of `input["last name"]`. */
const lastName = (path: string): string =>
  /(?:\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+))$/.exec(path)?.slice(1).find(Boolean) ?? path;

/**
 * A value for each column of a table: the first of these paths that ends in its name, as a template; empty where none
 * does. Paths stand in the order of how near they are.
 */
export function fillColumns(
  columns: readonly string[],
  paths: readonly string[],
): { column: string; value: string }[] {
  const known = new Map<string, string>();
  for (const path of paths) {
    const name = plain(lastName(path));
    if (!known.has(name)) known.set(name, path);
  }
  return columns.map((column) => {
    const path = known.get(plain(column));
    return { column, value: path === undefined ? '' : `{{ ${path} }}` };
  });
}

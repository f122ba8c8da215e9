const longest = 64;

/** A name for models out of what people call something: lower-case letters, digits and `_`. */
export function toolName(source: string, ...parts: readonly string[]): string {
  const words = [source, ...parts].map(slug).filter((word) => word !== '');
  const name = words.join('_').slice(0, longest).replace(/_+$/, '');
  return /^[a-z]/.test(name) ? name : `t_${name}`.slice(0, longest);
}

const slug = (text: string) =>
  text
    .normalize('NFKD')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');

/** Gives each its own name; of several with one name all but the first get a part of their own (`key`). */
export function withOwnNames<T extends { name: string; ref: string }>(
  tools: readonly T[],
  taken: Iterable<string> = [],
): T[] {
  const seen = new Set(taken);
  return [...tools]
    .sort((a, b) => (a.name === b.name ? (a.ref < b.ref ? -1 : 1) : a.name < b.name ? -1 : 1))
    .map((tool) => {
      const name = seen.has(tool.name) ? ownName(tool, seen) : tool.name;
      seen.add(name);
      return name === tool.name ? tool : { ...tool, name };
    });
}

function ownName({ name, ref }: { name: string; ref: string }, seen: ReadonlySet<string>): string {
  const tail = slug(ref).replaceAll('_', '').slice(-6);
  for (let count = 0; ; count += 1) {
    const end = `_${tail}${count === 0 ? '' : count}`;
    const own = `${name.slice(0, longest - end.length)}${end}`;
    if (!seen.has(own)) return own;
  }
}

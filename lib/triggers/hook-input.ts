/** What a webhook's request holds for the run. */
export type HookRequest = {
  body: unknown;
  headers: Record<string, string>;
  query: Record<string, string>;
};

const harmless =
  /^(content-type|user-agent|webhook-(id|timestamp)|x-[a-z0-9-]*(event|topic|delivery|request-id))$/;

/** The headers that a run may see: what tells of the delivery, never what proves who somebody is. */
export function harmlessHeaders(headers: Iterable<[string, string]>): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => harmless.test(name.toLowerCase())));
}

/**
 * A run's input from a webhook. Where the start step declares inputs, each is the body's field of that name, and
 * `body`, `headers` and `query` are the whole of them where inputs are named so; other fields of the body are left
 * out. Without declared inputs it is `{ body, headers, query }`.
 */
export function hookInput(names: readonly string[], request: HookRequest): Record<string, unknown> {
  const whole: Record<string, unknown> = { ...request };
  if (names.length === 0) return whole;
  const { body } = request;
  const fields: Record<string, unknown> =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = [fields, whole].find((one) => Object.hasOwn(one, name))?.[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

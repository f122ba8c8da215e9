/**
 * The names that a source can read: of steps only those whose key stands in it, unless it reaches into `steps` by
 * something else than a dot. What it cannot name need not be brought to it.
 */
export function namesRead(
  source: string,
  scope: { input: unknown; steps: Readonly<Record<string, unknown>>; run: unknown },
  names: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const stands = (name: string) => new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`).test(source);
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries({ ...names, input: scope.input, run: scope.run })) {
    if (stands(name)) read[name] = value;
  }
  if (!stands('steps')) return read;
  const all = /(?<![\w$])steps(?![\w$])(?!\s*\??\.\s*[A-Za-z_$])/.test(source);
  read.steps = Object.fromEntries(
    Object.entries(scope.steps).filter(([key]) => all || stands(key)),
  );
  return read;
}

const escaped = (name: string): string => name.replace(/[$.*+?^{}()|[\]\\]/g, '\\$&');

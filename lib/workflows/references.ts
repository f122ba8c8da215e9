/** Words that CEL reads as something else than a name. */
const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** Whether a name can follow a dot in an expression. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name);
}

/** What follows a value in an expression to name one of its parts: `.name`, `["a name"]` or `[0]`. */
export function accessTo(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`;
  return isPlainName(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
}

/** The expression that names a value: `['steps', 'call', 'output', 'rows', 0]` is `steps.call.output.rows[0]`. */
export function expressionOf(path: readonly [string, ...(string | number)[]]): string {
  const [root, ...parts] = path;
  return root + parts.map(accessTo).join('');
}

/** An expression as a template holds it. */
export const holeOf = (expression: string): string => `{{ ${expression} }}`;

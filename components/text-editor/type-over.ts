/**
 * Where the caret goes when a `}` is typed over one that the editor has put there to close `{{`; undefined when the
 * brace is one of its own: outside of `{{ … }}`, or closing an object that was begun inside.
 */
export function typedOver(text: string, at: number): number | undefined {
  const open = text.lastIndexOf('{{', at - 1);
  if (open < 0) return undefined;
  const before = text.slice(open + 2, at);
  if (before.includes('}}')) return undefined;
  const rest = /^ ?\}\}|^\}/.exec(text.slice(at))?.[0];
  if (rest === undefined) return undefined;
  // The second of the two can only follow the first.
  if (rest === '}' && !before.endsWith('}')) return undefined;
  if (rest !== '}' && openBraces(before) > 0) return undefined;
  return rest.startsWith(' ') ? at + 2 : at + 1;
}

/** Braces of objects that are open at the end of an expression; those in texts do not count. */
function openBraces(expression: string): number {
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?/g, '');
  let depth = 0;
  for (const letter of bare) depth += letter === '{' ? 1 : letter === '}' ? -1 : 0;
  return depth;
}

import { childrenOf, stepOf } from './check';
import type { TextRange } from './expression-error';
import { loopOf } from './macros';
import { type Node, parseExpression } from './parse';
import { splitTemplate } from './template';

/** How a text is read: as a template with `{{ … }}`, or as one expression. */
export type TextKind = 'template' | 'expression';

/** A step that a text names. `range` covers the key alone, without quotes. */
export type Reference = { key: string; range: TextRange };

/**
 * The steps that a text names, in order of their places. Without a kind, a text with `{{` is a template and
 * one that parses is an expression. A broken expression is searched by its looks, so that renaming still works.
 */
export function parseReferences(text: string, kind?: TextKind): Reference[] {
  const as = kind ?? (text.includes('{{') ? 'template' : 'expression');
  if (as === 'expression') return inExpression(text, 0, kind !== undefined);
  return splitTemplate(text).flatMap((part) =>
    part.kind === 'text' ? [] : inExpression(part.text, part.start, true),
  );
}

/** The replacements, last one first, that give references other names; undefined from `nameFor` leaves one alone. */
export function renamesIn(
  text: string,
  nameFor: (key: string) => string | undefined,
  kind?: TextKind,
): { range: TextRange; to: string }[] {
  if (!text.includes('steps')) return [];
  return parseReferences(text, kind)
    .reverse()
    .flatMap(({ key, range }) => {
      const to = nameFor(key);
      return to === undefined || to === key ? [] : [{ range, to }];
    });
}

/** The text with references to steps given other names; all else stays as it was. */
export function renameReferences(
  text: string,
  nameFor: (key: string) => string | undefined,
  kind?: TextKind,
): string {
  let result = text;
  for (const { range, to } of renamesIn(text, nameFor, kind)) {
    result = result.slice(0, range.start) + to + result.slice(range.end);
  }
  return result;
}

function inExpression(source: string, offset: number, guess: boolean): Reference[] {
  let found: Reference[] = [];
  try {
    collect(parseExpression(source), [], found);
  } catch {
    found = guess ? byLooks(source) : [];
  }
  return found
    .map(({ key, range }) => ({
      key,
      range: { start: range.start + offset, end: range.end + offset },
    }))
    .sort((a, b) => a.range.start - b.range.start);
}

function collect(node: Node, locals: readonly string[], found: Reference[]): void {
  const key = stepOf(node, locals);
  if (key !== undefined) {
    const range = keyRange(node, key);
    if (range) found.push({ key, range });
    return;
  }
  const loop = node.op === 'rcall' ? loopOf(node) : undefined;
  if (loop) {
    collect(loop.over, locals, found);
    for (const body of loop.bodies) collect(body, [...locals, loop.name], found);
    return;
  }
  for (const child of childrenOf(node)) collect(child, locals, found);
}

/** Where the key stands in the source; none when it is written with escapes. */
function keyRange(node: Node, key: string): TextRange | undefined {
  const start = node.input.lastIndexOf(key, node.end - key.length);
  return start > node.start ? { start, end: start + key.length } : undefined;
}

function byLooks(source: string): Reference[] {
  return [...source.matchAll(/(?<![\w.])steps\s*(?:\.\s*|\[\s*["'])([A-Za-z_]\w*)/g)].map(
    (found) => {
      const key = found[1] ?? '';
      const end = found.index + found[0].length;
      return { key, range: { start: end - key.length, end } };
    },
  );
}

import { childrenOf, memberOf } from './check';
import { loopOf } from './macros';
import { type Node, parseExpression } from './parse';
import { splitTemplate } from './template';
import type { TextRange } from './values/expression-error';

/** Whose parts are looked for. */
type Root = 'steps' | 'input';

/** How a text is read: as a template with `{{ … }}`, as one expression, or as JavaScript, which is read by its looks. */
export type TextKind = 'template' | 'expression' | 'code';

/** A step, or an input of the run, that a text names. `range` covers the key alone, without quotes. */
export type Reference = { key: string; range: TextRange };

/**
 * The steps that a text names, in order of their places. Without a kind, a text with `{{` is a template and
 * one that parses is an expression. A broken expression is searched by its looks, so that renaming still works.
 */
export function parseReferences(text: string, kind?: TextKind): Reference[] {
  return membersIn(text, 'steps', kind);
}

/** The inputs of the run that a text names, in the same way. */
export function parseInputs(text: string, kind: TextKind): Reference[] {
  return text.includes('input') ? membersIn(text, 'input', kind) : [];
}

function membersIn(text: string, root: Root, kind?: TextKind): Reference[] {
  const as = kind ?? (text.includes('{{') ? 'template' : 'expression');
  if (as === 'code') return byLooks(withoutComments(text), root);
  if (as === 'expression') return inExpression(text, 0, root, kind !== undefined);
  return splitTemplate(text).flatMap((part) =>
    part.kind === 'text' ? [] : inExpression(part.text, part.start, root, true),
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

function inExpression(source: string, offset: number, root: Root, guess: boolean): Reference[] {
  let found: Reference[] = [];
  try {
    collect(parseExpression(source), root, [], found);
  } catch {
    found = guess ? byLooks(source, root) : [];
  }
  return found
    .map(({ key, range }) => ({
      key,
      range: { start: range.start + offset, end: range.end + offset },
    }))
    .sort((a, b) => a.range.start - b.range.start);
}

function collect(node: Node, root: Root, locals: readonly string[], found: Reference[]): void {
  const key = memberOf(node, root, locals);
  if (key !== undefined) {
    const range = keyRange(node, key);
    if (range) found.push({ key, range });
    return;
  }
  const loop = node.op === 'rcall' ? loopOf(node) : undefined;
  if (loop) {
    collect(loop.over, root, locals, found);
    for (const body of loop.bodies) collect(body, root, [...locals, loop.name], found);
    return;
  }
  for (const child of childrenOf(node)) collect(child, root, locals, found);
}

/** Where the key stands in the source; none when it is written with escapes. */
function keyRange(node: Node, key: string): TextRange | undefined {
  const start = node.input.lastIndexOf(key, node.end - key.length);
  return start > node.start ? { start, end: start + key.length } : undefined;
}

const looks: Record<Root, RegExp> = {
  steps: /(?<![\w.$])steps\s*(?:\??\.\s*|(?:\?\.)?\[\s*["'])([A-Za-z_]\w*)/g,
  input: /(?<![\w.$])input\s*(?:\??\.\s*|(?:\?\.)?\[\s*["'])([A-Za-z_]\w*)/g,
};

/** JavaScript with blanks in place of its comments, so that all else keeps its place. */
const withoutComments = (source: string): string =>
  source.replace(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (part) => (part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part),
  );

function byLooks(source: string, root: Root): Reference[] {
  return [...source.matchAll(looks[root])].map((found) => {
    const key = found[1] ?? '';
    const end = found.index + found[0].length;
    return { key, range: { start: end - key.length, end } };
  });
}

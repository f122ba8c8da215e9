import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { checkJson } from '@/lib/api/json/check-json';
import { exactNumber } from '@/lib/api/json/exact-number';
import { readJson as readExactJson } from '@/lib/api/json/read-json';

/** Why a file cannot be read. Lines and columns count from 1; `path` is as in `nodes[2].config.prompt`. */
export type ImportError = { message: string; line?: number; column?: number; path?: string };
/** A file's value, and where in its text a part of it stands. */
export type ReadText =
  | {
      ok: true;
      value: unknown;
      place(path: readonly PropertyKey[]): { line: number; column: number } | undefined;
    }
  | { ok: false; errors: ImportError[] };
type Readable = Extract<ReadText, { ok: true }>;

export const maxFileLength = 2 * 1_048_576;
const maxAliases = 100;

/** Reads JSON or YAML (guessed by its first character unless given) into plain values. Never throws. */
export function readFileText(text: string, format?: 'json' | 'yaml'): ReadText {
  if (text.length > maxFileLength) return failed({ message: 'The file is larger than 2 MB.' });
  if (text.trim() === '') return failed({ message: 'The file is empty.' });
  const asJson = format === 'json' || (format === undefined && /^\s*[{[]/.test(text));
  try {
    const read = asJson ? readJson(text) : readYaml(text);
    if (!read.ok) return read;
    const fault = checkJson(read.value);
    if (!fault) return read;
    return failed({ message: `${fault.path || 'The file'} ${fault.message}.`, path: fault.path });
  } catch {
    // A parser that runs out of stack on a nested text.
    return failed({ message: 'The file is nested too deep, or cannot be read.' });
  }
}

function failed(...errors: ImportError[]): ReadText {
  return { ok: false, errors };
}

function readJson(text: string): ReadText {
  const read = readExactJson(text);
  if (read.ok) return { ok: true, value: read.value, place: placesIn(text) };
  const { message, ...place } = read.problem;
  return failed({ message: `This is not JSON: ${message}.`, ...place });
}

function readYaml(text: string): ReadText {
  const refusal = tooMuch(text);
  if (refusal) return failed({ message: refusal });
  const lines = new LineCounter();
  // Doubled keys are found below: the parser's own search takes quadratic time.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    intAsBigInt: true,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    return failed(
      ...document.errors
        .slice(0, 5)
        .map((error) => ({ message: `This is not YAML: ${error.message}.`, ...at(error.pos[0]) })),
    );
  }
  const faults: ImportError[] = [];
  let aliases = 0;
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) aliases += 1;
      if (isMap(node))
        doubled(node.items, (message, offset) => faults.push({ message, ...at(offset) }));
    },
  });
  if (aliases > maxAliases)
    return failed({ message: `The file uses more than ${maxAliases} aliases.` });
  if (faults.length > 0) return failed(...faults.slice(0, 5));
  const raw: unknown = document.toJS({ maxAliasCount: maxAliases });
  if (!isSmall(raw)) return failed({ message: 'The file becomes too large through its aliases.' });
  const value = withExactNumbers(raw, 0);
  return { ok: true, value, place: placesOf(document, lines) };
}

/** Whole numbers as {@link exactNumber} has them. Deeper than a file may be is left for the check of depth. */
function withExactNumbers(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return exactNumber(String(value));
  if (typeof value !== 'object' || value === null || depth > maxNesting) return value;
  if (Array.isArray(value)) return value.map((inner) => withExactNumbers(inner, depth + 1));
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'object' || typeof inner === 'bigint')
      Object.defineProperty(value, name, { value: withExactNumbers(inner, depth + 1) });
  }
  return value;
}

/** What the parser may be given: its time grows with the parts of a text, and much faster with their depth. */
const maxParts = 200_000;
const maxNesting = 64;

/** Looks at the parts of a YAML text, which takes linear time, before the parser builds them up. */
function tooMuch(text: string): string | undefined {
  let parts = 0;
  let brackets = 0;
  let dashes = 0;
  if (deepestIndent(text) > maxNesting) return tooDeep;
  for (const part of new Lexer().lex(text)) {
    parts += 1;
    if (part === '[' || part === '{') brackets += 1;
    else if (part === ']' || part === '}') brackets -= 1;
    else if (part === '-' || part === '?') dashes += 1;
    else if (part.endsWith('\n')) dashes = 0;
    if (brackets > maxNesting || dashes > maxNesting) return tooDeep;
    if (parts > maxParts) return 'The file has too many parts for YAML: send it as JSON.';
  }
  return undefined;
}

const tooDeep = `The file is nested deeper than ${maxNesting} levels.`;

/** How many lines stand under each other, each further in than the one that it belongs to. */
function deepestIndent(text: string): number {
  const open: number[] = [];
  let deepest = 0;
  for (const [line] of text.matchAll(/^ *(?=[^ \r\n#])/gm)) {
    while ((open.at(-1) ?? -1) >= line.length) open.pop();
    open.push(line.length);
    deepest = Math.max(deepest, open.length);
  }
  return deepest;
}

function doubled(
  items: readonly { key: unknown }[],
  report: (message: string, offset: number) => void,
): void {
  const seen = new Set<unknown>();
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    if (seen.has(key.value))
      report(`The name "${String(key.value).slice(0, 60)}" appears twice.`, key.range?.[0] ?? 0);
    seen.add(key.value);
  }
}

/** Whether a value written out stays near what a file may hold. Aliases may share parts many times over. */
function isSmall(value: unknown): boolean {
  let left = maxFileLength;
  const open = [value];
  for (let next = open.pop(); next !== undefined || open.length > 0; next = open.pop()) {
    left -= typeof next === 'string' ? next.length + 1 : 1;
    if (left < 0) return false;
    if (typeof next !== 'object' || next === null) continue;
    for (const inner of Array.isArray(next) ? next : Object.values(next)) open.push(inner ?? null);
  }
  return true;
}

const keyOf = (part: PropertyKey) => (typeof part === 'symbol' ? String(part) : part);

function offsetOf(node: Node | undefined): number | undefined {
  return node?.range?.[0];
}

/** Characters of a JSON text in which the places of faults are looked for. */
const maxLocated = 100_000;

/** JSON is YAML too: its nodes know their places. Read again only when there is something to say, and once. */
function placesIn(text: string): Readable['place'] {
  let known: Readable['place'] | undefined;
  return (path) => {
    known ??= text.length > maxLocated || tooMuch(text) ? () => undefined : yamlPlaces(text);
    return known(path);
  };
}

function yamlPlaces(text: string): Readable['place'] {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  });
  return placesOf(document, lines);
}

function placesOf(document: Pick<Document, 'getIn'>, lines: LineCounter): Readable['place'] {
  return (path) => {
    const offset = offsetOf(document.getIn(path.map(keyOf), true) as Node | undefined);
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

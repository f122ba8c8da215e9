import { exactNumber } from './exact-number';
import { locateJsonError } from './locate-json-error';

/** Why a text is no JSON that is read here: `message` says what was found at the place, counted from 1. */
export type JsonProblem = {
  message: string;
  line?: number;
  column?: number;
  /** The text is JSON, and one object in it names a field twice. */
  twice?: true;
};

/** A problem as part of a sentence: `line 3, column 8: expected a value`. */
export function jsonProblemText({ message, line, column }: JsonProblem): string {
  return line === undefined ? message : `line ${line}, column ${column}: ${message}`;
}

export type ReadJson = { ok: true; value: unknown } | { ok: false; problem: JsonProblem };

/**
 * The one reader for JSON that came from outside. Numbers keep every digit, as text where a number cannot hold them
 * (see {@link exactNumber}); a name that stands twice in one object is refused, since nobody can know which was meant.
 * Common texts are read by the engine alone; the slower exact reading is for those that need it. Never throws.
 * Of what is no JSON, the place is looked for in the first `locateWithin` characters alone.
 */
export function readJson(text: string, locateWithin = Number.POSITIVE_INFINITY): ReadJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const place = text.length > locateWithin ? undefined : locateJsonError(text);
    return { ok: false, problem: place ?? { message: 'it cannot be read' } };
  }
  const { names, delicate } = scan(text);
  if (!delicate && names === countNames(value)) return { ok: true, value };
  return readExactly(text);
}

/** How many names of fields a JSON text writes, and whether it holds a number that may lose digits. */
function scan(text: string): { names: number; delicate: boolean } {
  let names = 0;
  let delicate = false;
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('"', at);
    const between = text.slice(at, open < 0 ? text.length : open);
    delicate ||= between.length > 3 && /[\d.]{16}|\d[eE]/.test(between);
    if (open < 0) break;
    at = endOfText(text, open);
    if (isName(text, at)) names += 1;
  }
  return { names, delicate };
}

function isName(text: string, from: number): boolean {
  let at = from;
  while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1;
  return text[at] === ':';
}

/** Index behind the quote that closes the text which opens at `open`. */
function endOfText(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); ; close = text.indexOf('"', close + 1)) {
    let slashes = 0;
    while (text[close - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return close + 1;
  }
}

function countNames(value: unknown): number {
  let count = 0;
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const inner = Object.values(next);
    if (!Array.isArray(next)) count += inner.length;
    for (const one of inner) if (typeof one === 'object' && one !== null) open.push(one);
  }
  return count;
}

type Holder = { list: unknown[] } | { fields: Record<string, unknown>; name?: string };

const token = /[ \t\r\n,:]*(?:([[{\]}])|(true|false|null)|(-?\d[\d.eE+-]*)|("))/y;

/** Reads a text that is JSON for certain, with its own stack, so that depth costs it nothing. */
function readExactly(text: string): ReadJson {
  const open: Holder[] = [];
  let result: unknown;
  const put = (value: unknown) => {
    const holder = open.at(-1);
    if (holder === undefined) result = value;
    else if ('list' in holder) holder.list.push(value);
    else setField(holder.fields, holder.name ?? '', value);
    if (holder && 'fields' in holder) delete holder.name;
  };
  for (token.lastIndex = 0; ; ) {
    const found = token.exec(text);
    if (!found) return { ok: true, value: result };
    const [, bracket, word, number] = found;
    if (bracket === '[' || bracket === '{') {
      const list: unknown[] = [];
      const fields: Record<string, unknown> = {};
      put(bracket === '[' ? list : fields);
      open.push(bracket === '[' ? { list } : { fields });
    } else if (bracket !== undefined) open.pop();
    else if (word !== undefined) put(word === 'null' ? null : word === 'true');
    else if (number !== undefined) put(exactNumber(number));
    else {
      const from = token.lastIndex - 1;
      token.lastIndex = endOfText(text, from);
      const written: string = JSON.parse(text.slice(from, token.lastIndex));
      const holder = open.at(-1);
      if (holder === undefined || 'list' in holder || holder.name !== undefined) put(written);
      else if (Object.hasOwn(holder.fields, written)) return twice(text, from, written);
      else holder.name = written;
    }
  }
}

function setField(fields: Record<string, unknown>, name: string, value: unknown): void {
  // An assignment of this name would set the object's prototype.
  if (name === '__proto__')
    Object.defineProperty(fields, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  else fields[name] = value;
}

function twice(text: string, at: number, name: string): ReadJson {
  const lines = text.slice(0, at).split('\n');
  const shown = JSON.stringify(name.slice(0, 60));
  return {
    ok: false,
    problem: {
      message: `the name ${shown} stands twice in one object`,
      twice: true,
      line: lines.length,
      column: (lines.at(-1)?.length ?? 0) + 1,
    },
  };
}

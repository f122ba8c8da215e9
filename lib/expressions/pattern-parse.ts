import { ExpressionError } from './expression-error';

export type Instruction =
  | { op: 'character'; fits(code: number): boolean }
  | { op: 'assert'; holds(text: string, index: number): boolean }
  | { op: 'split'; a: number; b: number }
  | { op: 'jump'; to: number }
  | { op: 'match' };

type Part =
  | { kind: 'character'; fits(code: number): boolean }
  | { kind: 'assert'; holds(text: string, index: number): boolean }
  | { kind: 'sequence'; parts: Part[] }
  | { kind: 'either'; parts: Part[] }
  | { kind: 'repeat'; part: Part; least: number; most: number };

type Reader = { pattern: string; at: number; depth: number };

const largest = 2_000;

/** Instructions for a pattern in RE2's subset: no back references, no look-around. */
export function compilePattern(pattern: string): Instruction[] {
  const reader: Reader = { pattern, at: 0, depth: 0 };
  const part = readEither(reader);
  if (reader.at < pattern.length) throw bad('has a ")" too many');
  const program: Instruction[] = [];
  emit(part, program);
  program.push({ op: 'match' });
  return program;
}

function bad(reason: string): ExpressionError {
  return new ExpressionError(`This pattern ${reason}.`);
}

function emit(part: Part, program: Instruction[]): void {
  if (program.length > largest) throw bad('is too large');
  switch (part.kind) {
    case 'character':
      program.push({ op: 'character', fits: part.fits });
      return;
    case 'assert':
      program.push({ op: 'assert', holds: part.holds });
      return;
    case 'sequence':
      for (const inner of part.parts) emit(inner, program);
      return;
    case 'either':
      emitEither(part.parts, program);
      return;
    case 'repeat':
      for (let count = 0; count < part.least; count++) emit(part.part, program);
      if (part.most === Number.POSITIVE_INFINITY) emitLoop(part.part, program);
      else
        for (let count = part.least; count < part.most; count++) emitOptional(part.part, program);
      return;
  }
}

function emitEither(parts: Part[], program: Instruction[]): void {
  const jumps: { op: 'jump'; to: number }[] = [];
  for (const [index, part] of parts.entries()) {
    const split = { op: 'split' as const, a: program.length + 1, b: 0 };
    if (index < parts.length - 1) program.push(split);
    emit(part, program);
    const jump = { op: 'jump' as const, to: 0 };
    jumps.push(jump);
    program.push(jump);
    split.b = program.length;
  }
  for (const jump of jumps) jump.to = program.length;
}

function emitLoop(part: Part, program: Instruction[]): void {
  const start = program.length;
  const split = { op: 'split' as const, a: start + 1, b: 0 };
  program.push(split);
  emit(part, program);
  program.push({ op: 'jump', to: start });
  split.b = program.length;
}

function emitOptional(part: Part, program: Instruction[]): void {
  const split = { op: 'split' as const, a: program.length + 1, b: 0 };
  program.push(split);
  emit(part, program);
  split.b = program.length;
}

function readEither(reader: Reader): Part {
  reader.depth += 1;
  if (reader.depth > 50) throw bad('is nested too deep');
  const parts = [readSequence(reader)];
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    parts.push(readSequence(reader));
  }
  reader.depth -= 1;
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'either', parts };
}

function readSequence(reader: Reader): Part {
  const parts: Part[] = [];
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    parts.push(readRepeat(reader, readAtom(reader)));
  }
  return { kind: 'sequence', parts };
}

function readRepeat(reader: Reader, part: Part): Part {
  const rest = reader.pattern.slice(reader.at);
  const found = /^(?:([*+?])|\{(\d{1,3})(,(\d{1,3})?)?\})\??/.exec(rest);
  if (!found) return part;
  reader.at += found[0].length;
  if (/^[*+]/.test(reader.pattern.slice(reader.at))) throw bad('repeats a repetition');
  if (found[1]) {
    return {
      kind: 'repeat',
      part,
      least: found[1] === '+' ? 1 : 0,
      most: found[1] === '?' ? 1 : Number.POSITIVE_INFINITY,
    };
  }
  const least = Number(found[2]);
  const most = found[3] ? (found[4] ? Number(found[4]) : Number.POSITIVE_INFINITY) : least;
  if (most < least || least > 200) throw bad('has a wrong repetition');
  return { kind: 'repeat', part, least, most };
}

const isWord = (code: number) =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  code === 95 ||
  (code >= 97 && code <= 122);
const isDigit = (code: number) => code >= 48 && code <= 57;
const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13) || code === 160;

function readAtom(reader: Reader): Part {
  const character = reader.pattern[reader.at] ?? '';
  reader.at += 1;
  switch (character) {
    case '(':
      return readGroup(reader);
    case '[':
      return { kind: 'character', fits: readClass(reader) };
    case '.':
      return { kind: 'character', fits: (code) => code !== 10 };
    case '^':
      return { kind: 'assert', holds: (_, index) => index === 0 };
    case '$':
      return { kind: 'assert', holds: (text, index) => index === text.length };
    case '*':
    case '+':
    case '?':
      throw bad(`has a "${character}" with nothing before it`);
    case '\\':
      return readEscape(reader);
    default: {
      const wanted = character.charCodeAt(0);
      return { kind: 'character', fits: (code) => code === wanted };
    }
  }
}

function readGroup(reader: Reader): Part {
  if (reader.pattern.startsWith('?:', reader.at)) reader.at += 2;
  else if (reader.pattern[reader.at] === '?')
    throw bad('uses look-around or a named group, which are not supported');
  const part = readEither(reader);
  if (reader.pattern[reader.at] !== ')') throw bad('has a "(" that is not closed');
  reader.at += 1;
  return part;
}

function readEscape(reader: Reader): Part {
  const letter = reader.pattern[reader.at] ?? '';
  if (letter === 'b' || letter === 'B') {
    reader.at += 1;
    return { kind: 'assert', holds: (text, index) => isBoundary(text, index) === (letter === 'b') };
  }
  return { kind: 'character', fits: readEscapedSet(reader).fits };
}

function isBoundary(text: string, index: number): boolean {
  return (
    (index > 0 && isWord(text.charCodeAt(index - 1))) !==
    (index < text.length && isWord(text.charCodeAt(index)))
  );
}

/** After a backslash: a set, or one character whose code is given too, so that ranges can use it. */
function readEscapedSet(reader: Reader): { fits(code: number): boolean; code?: number } {
  const letter = reader.pattern[reader.at];
  if (letter === undefined) throw bad('ends in a backslash');
  reader.at += 1;
  const sets: Record<string, (code: number) => boolean> = { d: isDigit, w: isWord, s: isSpace };
  const set = sets[letter.toLowerCase()];
  if (set) return { fits: letter === letter.toLowerCase() ? set : (code) => !set(code) };
  if (/[1-9]/.test(letter)) throw bad('uses a back reference, which is not supported');
  const named: Record<string, number> = { n: 10, r: 13, t: 9, f: 12, v: 11 };
  if (/[a-zA-Z0-9]/.test(letter) && named[letter] === undefined)
    throw bad(`uses "\\${letter}", which is not supported`);
  const wanted = named[letter] ?? letter.charCodeAt(0);
  return { fits: (code) => code === wanted, code: wanted };
}

function readClass(reader: Reader): (code: number) => boolean {
  const negated = reader.pattern[reader.at] === '^';
  if (negated) reader.at += 1;
  const sets: ((code: number) => boolean)[] = [];
  let first = true;
  while (first || reader.pattern[reader.at] !== ']') {
    if (reader.at >= reader.pattern.length) throw bad('has a "[" that is not closed');
    first = false;
    const low = readClassItem(reader);
    const ranged =
      low.code !== undefined &&
      reader.pattern[reader.at] === '-' &&
      (reader.pattern[reader.at + 1] ?? ']') !== ']';
    if (!ranged) {
      sets.push(low.fits);
      continue;
    }
    reader.at += 1;
    const high = readClassItem(reader);
    const [from, to] = [low.code ?? 0, high.code ?? -1];
    if (to < from) throw bad('has a wrong range in "[…]"');
    sets.push((code) => code >= from && code <= to);
  }
  reader.at += 1;
  return (code) => sets.some((fits) => fits(code)) !== negated;
}

function readClassItem(reader: Reader): { fits(code: number): boolean; code?: number } {
  const character = reader.pattern[reader.at] ?? '';
  reader.at += 1;
  if (character === '\\') return readEscapedSet(reader);
  const wanted = character.charCodeAt(0);
  return { fits: (code) => code === wanted, code: wanted };
}

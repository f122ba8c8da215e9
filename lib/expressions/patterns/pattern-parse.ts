import { ExpressionError } from '../values/expression-error';

export type Instruction =
  | { op: 'character'; fits(code: number): boolean; cost: number }
  | { op: 'assert'; holds(text: string, index: number): boolean }
  | { op: 'split'; a: number; b: number }
  | { op: 'jump'; to: number }
  | { op: 'match' };

type Part =
  | { kind: 'character'; fits(code: number): boolean; cost: number }
  | { kind: 'assert'; holds(text: string, index: number): boolean }
  | { kind: 'sequence'; parts: Part[] }
  | { kind: 'either'; parts: Part[] }
  | { kind: 'repeat'; part: Part; least: number; most: number };

/** What is emitted, and how often a part was looked at for it: a part that emits nothing may be repeated, too. */
export type Program = { instructions: Instruction[]; looks: number };

type Reader = { pattern: string; at: number; depth: number };

const largest = 2_000;
const longest = 2_000;
const maxLooks = 20_000;

/** The instructions of a pattern in RE2's subset: no back references, no look-around. */
export function compilePattern(pattern: string): Program {
  if (pattern.length > longest) throw bad(`is longer than ${longest} characters`);
  const reader: Reader = { pattern, at: 0, depth: 0 };
  const part = readEither(reader);
  if (reader.at < pattern.length) throw bad('has a ")" too many');
  const program: Program = { instructions: [], looks: 0 };
  emit(part, program);
  push(program, { op: 'match' });
  return program;
}

function bad(reason: string): ExpressionError {
  return new ExpressionError(`This pattern ${reason}.`);
}

function push({ instructions }: Program, instruction: Instruction): void {
  if (instructions.length >= largest) throw bad('is too large');
  instructions.push(instruction);
}

function emit(part: Part, program: Program): void {
  program.looks += 1;
  if (program.looks > maxLooks) throw bad('repeats too much');
  switch (part.kind) {
    case 'character':
      push(program, { op: 'character', fits: part.fits, cost: part.cost });
      return;
    case 'assert':
      push(program, { op: 'assert', holds: part.holds });
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

function emitEither(parts: Part[], program: Program): void {
  const { instructions } = program;
  const jumps: { op: 'jump'; to: number }[] = [];
  for (const [index, part] of parts.entries()) {
    const split = { op: 'split' as const, a: instructions.length + 1, b: 0 };
    if (index < parts.length - 1) push(program, split);
    emit(part, program);
    const jump = { op: 'jump' as const, to: 0 };
    jumps.push(jump);
    push(program, jump);
    split.b = instructions.length;
  }
  for (const jump of jumps) jump.to = instructions.length;
}

function emitLoop(part: Part, program: Program): void {
  const start = program.instructions.length;
  const split = { op: 'split' as const, a: start + 1, b: 0 };
  push(program, split);
  emit(part, program);
  push(program, { op: 'jump', to: start });
  split.b = program.instructions.length;
}

function emitOptional(part: Part, program: Program): void {
  const split = { op: 'split' as const, a: program.instructions.length + 1, b: 0 };
  push(program, split);
  emit(part, program);
  split.b = program.instructions.length;
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
  const rest = reader.pattern.slice(reader.at, reader.at + 12);
  const found = /^(?:([*+?])|\{(\d{1,3})(,(\d{1,3})?)?\})\??/.exec(rest);
  if (!found) return part;
  reader.at += found[0].length;
  if ('*+'.includes(reader.pattern[reader.at] ?? ' ')) throw bad('repeats a repetition');
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

/** Codes in ranges, in order and apart from each other. */
type Codes = readonly (readonly [from: number, to: number])[];

const lastCode = 0xffff;
const word: Codes = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const digit: Codes = [[48, 57]];
const space: Codes = [
  [9, 13],
  [32, 32],
  [160, 160],
];

const isWord = (code: number) => isIn(word, code);

function isIn(codes: Codes, code: number): boolean {
  let [low, high] = [0, codes.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = codes[middle] ?? [0, 0];
    if (code < from) high = middle - 1;
    else if (code > to) low = middle + 1;
    else return true;
  }
  return false;
}

function without(codes: Codes): Codes {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of codes) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= lastCode) rest.push([next, lastCode]);
  return rest;
}

function united(codes: Codes): Codes {
  const result: [number, number][] = [];
  for (const [from, to] of codes.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** One character out of a set; the more ranges the set has, the more one look costs. */
function oneOf(codes: Codes): Part {
  const cost = Math.ceil(Math.log2(codes.length + 1));
  return { kind: 'character', fits: (code) => isIn(codes, code), cost };
}

function readAtom(reader: Reader): Part {
  const character = reader.pattern[reader.at] ?? '';
  reader.at += 1;
  switch (character) {
    case '(':
      return readGroup(reader);
    case '[':
      return oneOf(readClass(reader));
    case '.':
      return { kind: 'character', fits: (code) => code !== 10, cost: 1 };
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
      return { kind: 'character', fits: (code) => code === wanted, cost: 1 };
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
  return oneOf(readEscapedSet(reader).codes);
}

function isBoundary(text: string, index: number): boolean {
  return (
    (index > 0 && isWord(text.charCodeAt(index - 1))) !==
    (index < text.length && isWord(text.charCodeAt(index)))
  );
}

/** What a character or a set may be; `code` where it is one character, so that ranges can use it. */
type Item = { codes: Codes; code?: number };

const only = (code: number): Item => ({ codes: [[code, code]], code });

/** After a backslash: a set, or one character. */
function readEscapedSet(reader: Reader): Item {
  const letter = reader.pattern[reader.at];
  if (letter === undefined) throw bad('ends in a backslash');
  reader.at += 1;
  const sets: Record<string, Codes> = { d: digit, w: word, s: space };
  const set = sets[letter.toLowerCase()];
  if (set) return { codes: letter === letter.toLowerCase() ? set : without(set) };
  if (/[1-9]/.test(letter)) throw bad('uses a back reference, which is not supported');
  const named: Record<string, number> = { n: 10, r: 13, t: 9, f: 12, v: 11 };
  if (/[a-zA-Z0-9]/.test(letter) && named[letter] === undefined)
    throw bad(`uses "\\${letter}", which is not supported`);
  return only(named[letter] ?? letter.charCodeAt(0));
}

function readClass(reader: Reader): Codes {
  const negated = reader.pattern[reader.at] === '^';
  if (negated) reader.at += 1;
  const codes: (readonly [number, number])[] = [];
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
      codes.push(...low.codes);
      continue;
    }
    reader.at += 1;
    const high = readClassItem(reader);
    const [from, to] = [low.code ?? 0, high.code ?? -1];
    if (to < from) throw bad('has a wrong range in "[…]"');
    codes.push([from, to]);
  }
  reader.at += 1;
  const together = united(codes);
  return negated ? without(together) : together;
}

function readClassItem(reader: Reader): Item {
  const character = reader.pattern[reader.at] ?? '';
  reader.at += 1;
  if (character === '\\') return readEscapedSet(reader);
  return only(character.charCodeAt(0));
}

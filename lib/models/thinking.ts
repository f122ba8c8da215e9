type Mark = Readonly<{ open: string; close: string }>;

/** How models mark what they think before they answer. */
const marks: readonly Mark[] = [
  { open: '<think>', close: '</think>' },
  { open: '<thinking>', close: '</thinking>' },
  { open: '<thought>', close: '</thought>' },
  { open: '<reasoning>', close: '</reasoning>' },
  { open: '<seed:think>', close: '</seed:think>' },
  { open: '[THINK]', close: '[/THINK]' },
  { open: '◁think▷', close: '◁/think▷' },
  { open: '<|begin_of_thought|>', close: '<|end_of_thought|>' },
  { open: '<|channel|>analysis<|message|>', close: '<|end|>' },
];
/** What stands before the answer itself where a model names its channels. */
const leads = ['<|start|>assistant<|channel|>final<|message|>', '<|channel|>final<|message|>'];
/** Ends of thoughts whose opening mark may have stood in the prompt. */
const closers = ['</think>', '</thinking>', '</seed:think>', '[/THINK]', '◁/think▷'];

const starters = [...leads, ...marks.map(({ open }) => open)];
const insiders = [...marks.map(({ open }) => open), ...closers];
const insidePattern = new RegExp(
  insiders.map((mark) => mark.replace(/[|[\]/]/g, '\\$&')).join('|'),
);
const longestMark = 48;

/** `all-thought`: all text before it was a thought. */
export type Part = { kind: 'text' | 'thought'; text: string } | { kind: 'all-thought' };

export type ThoughtSplitter = {
  /** The parts that are certain after this piece; what may still become a mark is held back. */
  push(piece: string): Part[];
  /** What was held back, at the end of the answer. */
  end(): Part[];
};

/**
 * Tells thoughts from the answer in a text that comes in pieces, cut anywhere. A mark opens a thought at the beginning
 * of the answer, after another thought, or at the beginning of a line outside fenced code; one that is never closed is
 * a thought only at the beginning. A first mark that closes, without any before it, ends a thought that the prompt had
 * opened.
 */
export function splitThoughts(): ThoughtSplitter {
  let buffer = '';
  /** `start`: nothing of the answer has come. */
  let state: 'start' | 'thought' | 'answer' = 'start';
  let mark: Mark | undefined;
  /** What was thought in the middle of the answer so far: it is none if nothing closes it. */
  let inside: string | undefined;
  let seen = false;
  const place = placeInText();

  const take = (count: number): string => {
    const taken = buffer.slice(0, count);
    buffer = buffer.slice(count);
    return taken;
  };
  const text = (given: string): Part[] => {
    place.pass(given);
    return given === '' ? [] : [{ kind: 'text', text: given }];
  };
  const thought = (given: string): Part[] =>
    given === '' ? [] : [{ kind: 'thought', text: given }];
  const open = (found: Mark, middle: boolean) => {
    take(found.open.length);
    mark = found;
    inside = middle ? '' : undefined;
    seen = true;
    state = 'thought';
  };

  const start = (final: boolean): Part[] | undefined => {
    const bare = buffer.trimStart();
    if (bare === '') return undefined;
    const found = marks.find((one) => bare.startsWith(one.open));
    const lead = leads.find((one) => bare.startsWith(one));
    if (found === undefined && lead === undefined) {
      if (!final && starters.some((one) => one.startsWith(bare))) return undefined;
      // Blank lines between a thought and the answer belong to neither.
      if (seen) buffer = bare;
      state = 'answer';
      return [];
    }
    buffer = bare;
    if (found !== undefined) open(found, false);
    else take(lead?.length ?? 0);
    return [];
  };
  const think = (final: boolean): Part[] | undefined => {
    const { close } = mark ?? { close: '' };
    const at = buffer.indexOf(close);
    const certain = at >= 0 ? at : buffer.length - (final ? 0 : overlap(buffer, [close]));
    if (at < 0 && certain === 0) return undefined;
    const given = take(certain);
    if (at < 0) {
      if (inside === undefined) return thought(given);
      inside += given;
      return [];
    }
    take(close.length);
    state = inside === undefined ? 'start' : 'answer';
    const whole = (inside ?? '') + given;
    inside = undefined;
    return thought(whole);
  };
  const answer = (final: boolean): Part[] | undefined => {
    if (buffer === '') return undefined;
    const found = insidePattern.exec(buffer);
    if (found === null) {
      const certain = buffer.length - (final ? 0 : overlap(buffer, insiders));
      return certain === 0 ? undefined : text(take(certain));
    }
    const given = text(take(found.index));
    const opens = marks.find((one) => one.open === found[0]);
    if (opens !== undefined && place.startsLine()) open(opens, true);
    else if (opens === undefined && !seen && !place.isCode()) {
      take(found[0].length);
      seen = true;
      state = 'start';
      given.push({ kind: 'all-thought' });
    } else given.push(...text(take(found[0].length)));
    return given;
  };

  const drain = (final: boolean): Part[] => {
    const parts: Part[] = [];
    const steps = { start, thought: think, answer };
    for (let next = steps[state](final); next !== undefined; next = steps[state](final)) {
      parts.push(...next);
    }
    return parts;
  };
  return {
    push(piece) {
      buffer += piece;
      return drain(false);
    },
    end() {
      const parts = drain(true);
      if (inside !== undefined) parts.push(...text((mark?.open ?? '') + inside));
      buffer = '';
      return parts;
    },
  };
}

/** Where the end of a text stands that comes in pieces: at the beginning of a line, inside code. */
function placeInText() {
  let blank = true;
  let ticks = 0;
  let fenced = false;
  let last = '';
  return {
    pass(text: string) {
      for (const char of text) {
        if (char === '\n') blank = true;
        ticks = char === '`' && (blank || ticks > 0) ? ticks + 1 : 0;
        if (ticks === 3) fenced = !fenced;
        if (char.trim() !== '') blank = false;
        last = char;
      }
    },
    startsLine: () => blank && !fenced,
    isCode: () => fenced || last === '`',
  };
}

/** How many characters at the end of a text may be the beginning of a mark. */
function overlap(text: string, all: readonly string[]): number {
  const tail = text.slice(-longestMark);
  for (let from = 0; from < tail.length; from += 1) {
    const end = tail.slice(from);
    if (all.some((mark) => mark.length > end.length && mark.startsWith(end))) return end.length;
  }
  return 0;
}

/** Characters of a result that are kept beside the part that the model gets: more is not to be had. */
export const mostKept = 2_000_000;

/** A result as a model reads it, and the whole of it where that is longer. */
export type KeptResult = { text: string; whole?: string };

/** Text as it is, all else as JSON. */
const written = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');

/** A part that ends between two characters: half of one is none. */
function part(text: string, from: number, to: number): string {
  const last = text.charCodeAt(to - 1);
  const halved = to < text.length && last >= 0xd8_00 && last <= 0xdb_ff;
  return text.slice(from, halved ? to - 1 : to);
}

/** A result as a model reads it; one that is too long is cut, and says so. */
export function resultText(value: unknown, most: number): string {
  const text = written(value);
  if (text.length <= most) return text;
  return `${part(text, 0, most)}\n[The result was cut here: ${most} of ${text.length} characters. Ask for less, or for another part.]`;
}

/** The same of a call of this reference: what was cut off is kept, and the model is told how to read on. */
export function keptResult(value: unknown, most: number, ref: string): KeptResult {
  const text = written(value);
  if (text.length <= most) return { text };
  const whole = part(text, 0, mostKept);
  return { text: readPart(whole, { ref, from: 0, length: most, of: text.length }), whole };
}

type Asked = { ref: string; from: number; length: number; of?: number };

/** A part of a kept result, with where it stands and how to read on. */
export function readPart(whole: string, { ref, from, length, of = whole.length }: Asked): string {
  const shown = part(whole, from, Math.min(whole.length, from + length));
  const to = from + shown.length;
  const lost = of > whole.length ? ` Only ${whole.length} of its ${of} characters were kept.` : '';
  const on =
    to < whole.length
      ? ` Read on with ${readMore}: {"result": "${ref}", "from": ${to}}.`
      : ' That is its end.';
  return `${shown}\n[Characters ${from} to ${to} of ${whole.length}.${on}${lost}]`;
}

/** The tool with which an agent reads on in a result that was too long for one turn. */
export const readMore = 'read_more';

/** What a call is called in such a note. */
export const refOf = ({ turn, position }: { turn: number; position: number }): string =>
  `${turn}.${position}`;

/** Whether a result, as a model got it, goes on. */
export const goesOn = (result: string): boolean =>
  /\n\[Characters \d+ to \d+ of \d+\. Read on with read_more: [^\]]+\]$/.test(result.slice(-300));

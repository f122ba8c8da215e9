/** At most this many characters of a text are compared: more would block the browser for seconds. */
const most = 40_000;
/** Characters that are shown before the first difference. */
const before = 400;

export type TextWindow = {
  a: string | undefined;
  b: string | undefined;
  /** Undefined when all is shown. */
  cut?: { from: number; shown: number; of: number };
};

/** Two texts, or of long ones the part that begins a little before they differ, at a line's start where one is near. */
export function windowOf(a: string | undefined, b: string | undefined): TextWindow {
  const of = Math.max(a?.length ?? 0, b?.length ?? 0);
  if (of <= most) return { a, b };
  const from = startOf(a ?? b ?? '', firstDifference(a, b) - before);
  const part = (text: string | undefined) => text?.slice(from, endOf(text, from + most));
  return { a: part(a), b: part(b), cut: { from, shown: Math.min(most, of - from), of } };
}

function firstDifference(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined || a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** Up to here the texts are the same, so this is a good place in both. */
function startOf(text: string, at: number): number {
  if (at <= 0) return 0;
  const line = text.lastIndexOf('\n', at) + 1;
  return endOf(text, at - line < before ? line : at);
}

/** Never inside a surrogate pair. */
const endOf = (text: string, at: number): number =>
  at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;

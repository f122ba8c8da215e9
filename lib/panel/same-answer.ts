/** Numbers this close, as a part of the larger, are the same answer. */
const tolerance = 0.005;
const maxClosed = 60;

/** A short answer without what does not change it: case, spaces, quotes, marks at its ends, an article before it. */
export function normalAnswer(answer: string): string {
  return (
    answer
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[*_`"'“”‘’„«»]/g, '')
      .replace(/\s+/g, ' ')
      .replaceAll('−', '-')
      // A sign and a decimal point are no marks.
      .replace(/^(?:[\s,;:!?()]|\.(?!\d)|-(?!\d))+|[\s.,;:!?()]+$/g, '')
      .replace(/^(?:the|a|an) /, '')
  );
}

/** Whether an answer is a word, a name or a number, and no text: such are compared as they are. */
export const isClosed = (answer: string): boolean =>
  normalAnswer(answer).length <= maxClosed && !answer.trim().includes('\n');

/** Whether two answers are the same by what is written: a longer text is the same as its equal only. */
export function sameAnswer(a: string, b: string): boolean {
  const [one, other] = [normalAnswer(a), normalAnswer(b)];
  if (one === other) return true;
  const [x, y] = [amountOf(one), amountOf(other)];
  if (x === undefined || y === undefined || x.unit !== y.unit) return false;
  return Math.abs(x.value - y.value) <= tolerance * Math.max(Math.abs(x.value), Math.abs(y.value));
}

/** A number with what stands around it: `$1,200.50`, `12 %`, `3.5 km`. Years and codes are compared as words. */
function amountOf(answer: string): { value: number; unit: string } | undefined {
  const found = /^(\D{0,12}?)(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d*\.?\d+)(\D{0,20})$/.exec(answer);
  const digits = found?.[2]?.replaceAll(',', '');
  if (found === null || digits === undefined) return undefined;
  const unit = `${found[1] ?? ''}${found[3] ?? ''}`.replace(/\s+/g, '');
  // A whole number without a unit may be a year, a code or a count: close is not the same.
  if (unit === '' && /^-?\d+$/.test(digits)) return undefined;
  return { value: Number(digits), unit };
}

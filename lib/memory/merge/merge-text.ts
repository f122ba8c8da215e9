import { diffText } from '@/lib/workflows/draft/merge-text';

/** Whole lines of a text that become others: `[from, to)` of the base, and what stands there then. */
type Hunk = { from: number; to: number; text: string };

/**
 * Joins two changes of a text, by lines: what one changed and the other left. Undefined where both changed the same line.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | undefined {
  const [own, other] = [hunksOf(base, mine), hunksOf(base, theirs)];
  const clash = own.some((one) => other.some((each) => touch(one, each) && !equal(one, each)));
  if (clash) return undefined;
  const all = [...own, ...other.filter((each) => !own.some((one) => equal(one, each)))];
  let text = '';
  let at = 0;
  for (const { from, to, text: next } of all.sort((one, each) => one.from - each.from)) {
    text += base.slice(at, from) + next;
    at = to;
  }
  return text + base.slice(at);
}

const touch = (one: Hunk, other: Hunk) => one.from <= other.to && other.from <= one.to;
const equal = (one: Hunk, other: Hunk) =>
  one.from === other.from && one.to === other.to && one.text === other.text;

function hunksOf(base: string, next: string): Hunk[] {
  const hunks: { from: number; to: number; nextFrom: number; nextTo: number }[] = [];
  let shift = 0;
  for (const { index, remove, insert } of diffText(base, next)) {
    const start = index - shift;
    const from = base.lastIndexOf('\n', start - 1) + 1;
    const end = base.indexOf('\n', start + remove);
    const to = end < 0 ? base.length : end;
    const found = {
      ...{ from, to },
      nextFrom: index - (start - from),
      nextTo: index + insert.length + (to - start - remove),
    };
    shift += insert.length - remove;
    const last = hunks.at(-1);
    if (last !== undefined && found.from <= last.to) {
      last.to = Math.max(last.to, found.to);
      last.nextTo = found.nextTo;
    } else hunks.push(found);
  }
  return hunks.map(({ from, to, nextFrom, nextTo }) => ({
    ...{ from, to, text: next.slice(nextFrom, nextTo) },
  }));
}

export type FindOptions = { matchCase: boolean; wholeWord: boolean };
/** Where a match is in a text, in UTF-16 units. */
export type Match = { from: number; to: number };

/** At most this many matches of one text are found. */
const maxMatches = 1_000;

const word = /[\p{L}\p{N}_]/u;

/** Whether a stretch of a text stands alone: no letter, digit or "_" touches it where it begins or ends with one. */
function standsAlone(text: string, { from, to }: Match): boolean {
  const before = from > 0 && word.test(text[from - 1] ?? '') && word.test(text[from] ?? '');
  const after = to < text.length && word.test(text[to - 1] ?? '') && word.test(text[to] ?? '');
  return !before && !after;
}

/** All places of a wanted text, from the start on, without overlaps. Nothing is found for an empty one. */
export function findMatches(text: string, wanted: string, options: FindOptions): Match[] {
  if (wanted === '') return [];
  const pattern = new RegExp(
    wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    options.matchCase ? 'gu' : 'giu',
  );
  const found: Match[] = [];
  for (const { index, 0: hit } of text.matchAll(pattern)) {
    const match = { from: index, to: index + hit.length };
    if (!options.wholeWord || standsAlone(text, match)) found.push(match);
    if (found.length >= maxMatches) break;
  }
  return found;
}

/** A match with a little of what stands around it, on one line. */
export function excerpt(text: string, { from, to }: Match) {
  const before = text.slice(Math.max(0, from - 24), from).replace(/\s+/g, ' ');
  const after = text.slice(to, to + 80).replace(/\s+/g, ' ');
  return {
    before: from > 24 ? `…${before}` : before.trimStart(),
    hit: text.slice(from, to).replace(/\s+/g, ' '),
    after,
  };
}

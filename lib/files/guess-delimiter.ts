import { readRecord } from './read-record';

/** Delimiters that a person can choose, by name. */
export const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type DelimiterName = keyof typeof delimiters;

/** In the order in which they win where two fit alike: commas stand in texts, tabs hardly do. */
const tried = ['\t', ';', '|', ','] as const;
const looksAt = 60;

/** A first line `sep=;` is a word to Excel about the delimiter, no row. */
export function declaredDelimiter(text: string): { delimiter: string; next: number } | undefined {
  const found = /^"?sep=(.)"?[ \t]*(?:\r\n|\n|\r|$)/i.exec(text);
  return found?.[1] ? { delimiter: found[1], next: found[0].length } : undefined;
}

/**
 * The delimiter by which most of the rows from `from` on have as many cells as the first of them, which names the
 * columns; among those that fit alike the one that makes the most columns.
 */
export function guessDelimiter(text: string, from: number): string {
  const scored = tried.map((delimiter) => ({ delimiter, ...score(text, from, delimiter) }));
  const split = scored.filter(({ columns }) => columns > 1);
  const fits = split.length > 0 ? split : scored.filter(({ most }) => most > 1);
  const [best] = fits.sort(
    (a, b) => Math.round((b.agree - a.agree) * 10) || b.columns - a.columns || b.most - a.most,
  );
  return best?.delimiter ?? ',';
}

function score(text: string, from: number, delimiter: string) {
  const counts: number[] = [];
  for (let at = from; at < text.length && counts.length < looksAt; ) {
    const row = readRecord(text, at, delimiter);
    if ('problem' in row) break;
    at = row.next;
    const filled = row.cells.findLastIndex((cell) => cell !== '') + 1;
    if (filled > 0) counts.push(filled > 1 ? Math.max(filled, row.cells.length) : row.cells.length);
  }
  const columns = counts[0] ?? 0;
  // A row may have one delimiter too many at its end.
  const agreeing = counts.filter((count) => count === columns || count === columns + 1).length;
  return { columns, most: Math.max(0, ...counts), agree: agreeing / Math.max(1, counts.length) };
}

import { rankOf } from '@/lib/search/rank';

/** A place in the documentation that can be found. */
export type ManualEntry = {
  title: string;
  /** The page it stands on; for a page itself its group. */
  where: string;
  href: string;
  /** What is read there. */
  text: string;
  /** Words by which people look for it that do not stand there. */
  words?: string;
};

export type ManualHit = ManualEntry & { excerpt: string };

/** Places that have all words of a search, the best first. A page comes before its own parts. */
export function searchManual(
  entries: readonly ManualEntry[],
  search: string,
  limit: number,
): ManualHit[] {
  if (search.trim() === '') return [];
  return entries
    .map((entry) => ({
      entry,
      rank: rankOf(search, {
        label: entry.title,
        words: `${entry.where} ${entry.text} ${entry.words ?? ''}`,
      }),
    }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, limit)
    .map(({ entry }) => ({ ...entry, excerpt: excerptOf(entry.text, search) }));
}

const before = 40;
const length = 160;

/** A stretch of a text around the first word that was looked for. */
export function excerptOf(text: string, search: string): string {
  const [word = ''] = search.trim().toLowerCase().split(/\s+/);
  const at = Math.max(0, text.toLowerCase().indexOf(word) - before);
  const from = at === 0 ? 0 : text.indexOf(' ', at) + 1;
  const part = text.slice(from, from + length);
  const end = from + length < text.length ? `${part.slice(0, part.lastIndexOf(' '))} …` : part;
  return from > 0 ? `… ${end}` : end;
}

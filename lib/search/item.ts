import { rankOf } from './rank';

type Item = {
  /** Tells it from the others. */
  id: string;
  label: string;
  words?: string;
  /** The server found it. */
  found?: boolean;
};

const mark = ' ⁄ ';
const foundMark = 'found-by-the-server';

/** What an item of the palette says to its filter. */
export const itemValue = ({ id, label, words = '', found }: Item) => ({
  value: `${label}${mark}${id}`,
  keywords: [words, ...(found ? [foundMark] : [])],
});

/** The filter: how well an item fits what was typed. */
export function rankItem(value: string, search: string, keywords: string[] = []): number {
  const [label = ''] = value.split(mark);
  const [words = ''] = keywords;
  return rankOf(search, { label, words, found: keywords.includes(foundMark) });
}

/** Characters of the words that are kept of an entry for search. */
const maxWords = 60_000;
const maxAsked = 12;

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const split = (text: string) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of a path and of a value, its field names too, in lower case and without accents. */
export function wordsOf(path: string, value: unknown): string {
  return split(`${path} ${textOf(value)}`)
    .join(' ')
    .slice(0, maxWords);
}

/** Words that stand in any question: where there are others, they say nothing of what is looked for. */
const small = new Set(
  'a an and any are as at be been by can do does did for from had has have how i in is it its me my of on or our that the their them they this to was we were what when where which who whose why will with you your'.split(
    ' ',
  ),
);

/** The words that somebody looks for, each once. */
export function askedWords(q: string): string[] {
  const all = [...new Set(split(q))];
  const telling = all.filter((word) => !small.has(word));
  return (telling.length > 0 ? telling : all).slice(0, maxAsked);
}

/** A value as people read it: names and values, one line each. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return value === null ? '' : String(value);
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${textOf(inner)}`)
    .join('\n');
}

/** Why an entry was found, for people. */
export type Why = {
  kind: 'words' | 'path' | 'similar' | 'meaning';
  words: string[];
  similarity?: number;
};

/** Which of the words stand in the path, which in the value, by their beginnings; else that it is similar alone. */
export function whyFound(asked: readonly string[], path: string, value: unknown): Why[] {
  const inPath = split(path);
  const inValue = split(textOf(value));
  const begins = (words: readonly string[]) =>
    asked.filter((word) => words.some((each) => each.startsWith(word)));
  const [path_, words] = [begins(inPath), begins(inValue)];
  const why: Why[] = [];
  if (words.length > 0) why.push({ kind: 'words', words });
  if (path_.length > 0) why.push({ kind: 'path', words: path_ });
  return why.length > 0 ? why : [{ kind: 'similar', words: [...asked] }];
}

/** The part of a value around the first word that was found, in one line. */
export function snippetOf(asked: readonly string[], value: unknown, characters = 200): string {
  const text = textOf(value).replace(/\s+/g, ' ').trim();
  const lower = text.toLowerCase();
  const places = asked.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  const from = Math.max(0, Math.min(...places, text.length) - characters / 4);
  const start = places.length === 0 ? 0 : Math.floor(from);
  const cut = text
    .slice(start, start + characters)
    .toWellFormed()
    .replaceAll('\ufffd', '');
  return `${start > 0 ? '…' : ''}${cut}${start + characters < text.length ? '…' : ''}`;
}

export type Match = {
  /** Lower is better: 0, the last name of a path begins so; 1, another word does; 2, it is inside a word. */
  rank: 0 | 1 | 2;
  /** Where in the label. */
  from: number;
};

/** Letters inside a word are looked for from here on: one or two of them are in almost everything. */
const insideFrom = 3;

/** Where words begin in names such as `steps.readSheet.output.order_id`. */
const beginnings = /(?<![A-Za-z0-9])[A-Za-z0-9]|(?<=[a-z0-9])[A-Z]/g;

/** How a typed word is found in a label: in one piece, never by letters that are scattered over it. */
export function matchOf(label: string, word: string): Match | undefined {
  if (word === '') return { rank: 0, from: 0 };
  const [lower, sought] = [label.toLowerCase(), word.toLowerCase()];
  const lastName = /[^."[\]]*(?:"\])?$/.exec(label)?.index ?? 0;
  let begins: number | undefined;
  for (const { index } of label.matchAll(beginnings)) {
    if (!lower.startsWith(sought, index)) continue;
    if (index === lastName) return { rank: 0, from: index };
    begins ??= index;
  }
  if (begins !== undefined) return { rank: 1, from: begins };
  const inside = word.length >= insideFrom ? lower.lastIndexOf(sought) : -1;
  return inside >= 0 ? { rank: 2, from: inside } : undefined;
}

/** What fits the typed word, the best first, else in the order given. */
export function matching<Item extends { label: string }>(
  items: readonly Item[],
  word: string,
): Item[] {
  if (word === '') return [...items];
  return items
    .flatMap((item) => {
      const match = matchOf(item.label, word);
      return match ? [{ item, rank: match.rank }] : [];
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

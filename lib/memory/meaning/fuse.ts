/** One list of what was found, the best first. */
export type Ranked = readonly string[];

/** Places further down count less, and the first few nearly the same (Cormack and others, 2009). */
const damping = 60;

/**
 * Lists of what was found in one order, the best first: by reciprocal ranks. A list that found nothing takes no part, so
 * that the other one stands as it is.
 */
export function fuse(lists: readonly Ranked[]): { key: string; score: number }[] {
  const scores = new Map<string, number>();
  for (const list of lists) {
    for (const [at, key] of [...new Set(list)].entries()) {
      scores.set(key, (scores.get(key) ?? 0) + 1 / (damping + at + 1));
    }
  }
  return [...scores]
    .map(([key, score]) => ({ key, score }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
}

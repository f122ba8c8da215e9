/** Names that were perhaps meant, the nearest first. */
export function nearNames(name: string, known: readonly string[], most = 3): string[] {
  const wanted = name.toLowerCase().slice(0, 64);
  const far = Math.max(2, Math.floor(wanted.length / 3));
  return known
    .map((one) => ({ one, off: contains(one, wanted) ? 1 : distance(wanted, one) }))
    .filter(({ off }) => off <= far)
    .sort((a, b) => a.off - b.off || (a.one < b.one ? -1 : 1))
    .slice(0, most)
    .map(({ one }) => one);
}

const contains = (one: string, wanted: string) =>
  wanted.length >= 4 && (one.includes(wanted) || wanted.includes(one));

/** How many letters differ (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

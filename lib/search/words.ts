/** Words of one search that count. */
const maxWords = 8;

/** What is looked for: patterns of SQL’s `ilike` that must all fit, and the whole for what begins with it. */
export type Wanted = { patterns: string[]; whole: string };

export function wantedOf(q: string): Wanted {
  const words = q.trim().split(/\s+/).slice(0, maxWords);
  return {
    patterns: words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
    whole: q.trim().toLowerCase(),
  };
}

/** The ids that begin with some hexadecimal digits, from the first to the last; undefined for other words. */
export function idsFrom(q: string): { first: string; last: string } | undefined {
  const given = q.trim().toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{4,32}$/.test(given)) return undefined;
  const id = (fill: string) =>
    given.padEnd(32, fill).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { first: id('0'), last: id('f') };
}

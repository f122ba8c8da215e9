const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** Days of the months at their longest. */
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Whether a cron expression of five fields names days that none of its months has, such as 30 February. Only days and
 * months written in numbers, ranges and names are looked at: for anything else (`L`, a day of the week) it may come.
 */
export function neverComes(cron: string): boolean {
  const [, , day = '', month = '', weekday = ''] = cron.trim().toLowerCase().split(/\s+/);
  if (weekday !== '*' && weekday !== '?') return false;
  const named = monthNames.reduce(
    (text, name, index) => text.replaceAll(name, String(index + 1)),
    month,
  );
  const days = numbersOf(day, 31);
  const months = numbersOf(named, 12);
  if (!days?.length || !months?.length) return false;
  const most = Math.max(...months.map((one) => longest[one - 1] ?? 31));
  return Math.min(...days) > most;
}

/** Numbers of a field from 1 to `last`; undefined for what is written otherwise. */
function numbersOf(field: string, last: number): number[] | undefined {
  const found: number[] = [];
  for (const part of field.split(',')) {
    const match = /^(?:(\*|\?)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,3}))?$/.exec(part);
    if (!match) return undefined;
    const [, any, from, to, step] = match;
    const start = any ? 1 : Number(from);
    const end = any ? last : Number(to ?? from);
    for (let value = start; value <= Math.min(end, last); value += Math.max(1, Number(step ?? 1)))
      found.push(value);
  }
  return found;
}

import { isoReading, msOf } from '@/lib/expressions/dates/clock-reading';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of UTC of the zones that feeds name; all others count as UTC. */
const zones: Readonly<Record<string, number>> = {
  ...{ EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 },
  ...{ WEST: 60, CET: 60, CEST: 120, EET: 120, EEST: 180, BST: 60, MSK: 180, JST: 540, IST: 330 },
};

const iso =
  /^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2})?)?)?$/i;
const mail =
  /^(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2})?(?:\s*\(.*\))?$/i;

/** A date of a feed (RFC 822 or ISO 8601, as carelessly as feeds write them) in UTC; null where it is none. */
export function feedDate(written: string | null | undefined): string | null {
  const text = (written ?? '').trim().slice(0, 80);
  const isoParts = iso.exec(text);
  if (isoParts) {
    const [, year, month, day = '1', ...clock] = isoParts;
    return momentOf(Number(year), Number(month), Number(day), clock);
  }
  const mailParts = mail.exec(text);
  if (!mailParts) return null;
  const [, day, name = '', year = '', ...clock] = mailParts;
  const month = months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  // Two digits mean this century up to 69, as in the mails that had them.
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
  return momentOf(full, month, Number(day), clock);
}

function momentOf(
  year: number,
  month: number,
  day: number,
  [hour = '0', minute = '0', second = '0', zone = 'Z']: readonly (string | undefined)[],
): string | null {
  // Some write midnight as the end of a day, and clocks may show a leap second.
  const late = hour === '24' ? 24 * 60 : 0;
  const clock = [late > 0 ? 0 : Number(hour), Number(minute), Math.min(Number(second), 59)];
  const ms = msOf([year, month, day, ...clock]);
  if (ms === undefined) return null;
  const moment = ms + (late - offsetOf(zone)) * 60_000;
  return `${isoReading(moment).slice(0, 19)}Z`;
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return zones[zone.toUpperCase()] ?? 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

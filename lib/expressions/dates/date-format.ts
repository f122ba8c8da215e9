import { ExpressionError } from '../values/expression-error';
import { isoReading, msOf, type Reading, readingOf } from './clock-reading';
import { instantOf, type Moment } from './moments';

const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const tokens =
  /'((?:[^']|'')*)'|(y{2,4}|M{1,4}|d{1,2}|E{3,4}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|SSS|a|xxx)|([a-zA-Z])|([\s\S])/g;

const zones = new Map<string, Intl.DateTimeFormat>();
const remembered = 50;

/** Minutes that a zone's clocks are ahead of UTC at an instant. */
function zoneOffset(zone: string, instant: number): number {
  const parts = formatterOf(zone).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = msOf([of('year'), of('month'), of('day'), of('hour'), of('minute'), of('second')]);
  return Math.round(((local ?? instant) - Math.floor(instant / 1_000) * 1_000) / 60_000);
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = zones.get(zone);
  if (known) return known;
  try {
    const number = 'numeric' as const;
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
      second: number,
    });
    if (zones.size >= remembered) zones.clear();
    zones.set(zone, made);
    return made;
  } catch {
    throw new ExpressionError(`"${zone.slice(0, 60)}" is not a time zone such as Europe/Berlin.`);
  }
}

/** The moment as the clocks of a zone show it. */
export function inZone(moment: Moment, zone: string): Moment {
  const instant = instantOf(moment);
  const offset = zoneOffset(zone, instant);
  return { ms: instant + offset * 60_000, form: moment.form, offset, suffix: suffixOf(offset) };
}

function suffixOf(offset: number): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

const pad = (value: number, length = 2) => String(value).padStart(length, '0');

/** A moment in a pattern such as `dd.MM.yyyy HH:mm`; words in it stand in `'…'`. Names are English. */
export function formatMoment(moment: Moment, pattern: string): string {
  const date = readingOf(moment.ms);
  return pattern.replace(
    tokens,
    (_, quoted?: string, token?: string, letter?: string, other = '') => {
      if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
      if (letter !== undefined) throw unknownLetter('formatDate', letter);
      return token === undefined ? other : part(token, date, moment);
    },
  );
}

function part(token: string, date: Reading, { offset = 0 }: Moment): string {
  const { hour } = date;
  const numbers: Record<string, number> = {
    d: date.day,
    H: hour,
    h: hour % 12 || 12,
    m: date.minute,
    s: date.second,
    M: date.month,
  };
  const month = months[date.month - 1] ?? '';
  const day = days[date.weekday % 7] ?? '';
  switch (token) {
    case 'yyyy':
      return pad(date.year, 4);
    case 'yy':
      return pad(date.year % 100);
    case 'MMMM':
      return month;
    case 'MMM':
      return month.slice(0, 3);
    case 'EEEE':
      return day;
    case 'EEE':
      return day.slice(0, 3);
    case 'SSS':
      return pad(date.milli, 3);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'xxx':
      return suffixOf(offset);
    case 'yyy':
      throw unknownLetter('formatDate', token);
    default:
      return pad(numbers[token[0] ?? ''] ?? 0, token.length);
  }
}

/** The date or time that a text holds in such a pattern, as ISO text. */
export function parseWritten(text: string, pattern: string): string {
  const names: string[] = [];
  const source = pattern.replace(
    tokens,
    (_, quoted?: string, token?: string, letter?: string, other = '') => {
      if (quoted !== undefined) return escaped(quoted.replaceAll("''", "'") || "'");
      if (letter !== undefined) throw unknownLetter('parseDate', letter);
      if (token === undefined) return escaped(other);
      names.push(token);
      return `(${shapeOf(token)})`;
    },
  );
  const found = new RegExp(`^${source}$`, 'i').exec(text.trim());
  const yearAt = names.findIndex((name) => name[0] === 'y');
  if (!found || yearAt < 0) throw misfit(text, pattern);
  const written = Number(found[yearAt + 1]);
  const year = names[yearAt] === 'yy' ? century(written) : written;
  const of = (letter: string, absent: number) => {
    const index = names.findIndex((name) => name[0] === letter);
    return index < 0 ? absent : Number(found[index + 1]);
  };
  const ms = msOf([year, monthOf(names, found), of('d', 1), of('H', 0), of('m', 0), of('s', 0)]);
  if (ms === undefined) throw misfit(text, pattern);
  const iso = isoReading(ms);
  return names.some((name) => name[0] === 'H') ? iso.slice(0, 19) : iso.slice(0, 10);
}

/** Years of two digits: 00 to 69 are 2000 to 2069, the others of the century before. */
const century = (year: number) => (year < 70 ? 2_000 : 1_900) + year;

function monthOf(names: readonly string[], found: readonly string[]): number {
  const index = names.findIndex((name) => name[0] === 'M');
  const text = index < 0 ? '1' : (found[index + 1] ?? '1');
  if (/^\d/.test(text)) return Number(text);
  return (
    months.findIndex((name) => name.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) +
    1
  );
}

function shapeOf(token: string): string {
  if (token === 'yyyy') return '\\d{4}';
  if (token === 'MMMM' || token === 'MMM') return '[a-z]{3,9}';
  if (/^(yy|MM|dd|HH|mm|ss)$/.test(token)) return '\\d{2}';
  if (/^[MdHms]$/.test(token)) return '\\d{1,2}';
  throw unknownLetter('parseDate', token);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function unknownLetter(name: string, letter: string): ExpressionError {
  return new ExpressionError(
    `${name}() does not know "${letter}" in a pattern: use yyyy, MM, dd, HH, mm, ss, and '…' around words.`,
  );
}

function misfit(text: string, pattern: string): ExpressionError {
  return new ExpressionError(
    `parseDate() got "${text.slice(0, 40)}", which is not a date written as ${pattern.slice(0, 40)}.`,
  );
}

import { ExpressionError } from '../values/expression-error';
import { isoReading, msOf } from './clock-reading';

/** A date or time as it was written: `ms` counts as if the clock's reading were UTC. */
export type Moment = {
  ms: number;
  /** What the text holds: a month, a date, or a time, with seconds and their fraction or without. */
  form: 'month' | 'date' | 'minutes' | 'seconds' | 'fraction';
  /** Minutes east of UTC; undefined where the text says none. */
  offset?: number;
  /** `Z` or `+02:00` as written. */
  suffix: string;
};

const pattern =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

/** Reads an ISO month, date or time. Throws for days and hours that no calendar has. */
export function readMoment(text: string): Moment {
  const found = pattern.exec(text.trim());
  if (!found) throw noDate(text);
  const [, year, month, day, hour, minute, second, fraction, suffix = ''] = found;
  const parts = [year, month, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0].map(Number);
  const whole = msOf(parts);
  if (whole === undefined) throw noDate(text);
  const ms = whole + Math.trunc(Number(fraction ?? 0) * 1_000);
  const time = fraction ? 'fraction' : second ? 'seconds' : 'minutes';
  const form = hour ? time : day ? 'date' : 'month';
  return { ms, form, suffix, ...(suffix ? { offset: offsetOf(suffix) } : {}) };
}

/** The same moment as text in the form that it came in. */
export function writeMoment({ ms, form, suffix }: Moment): string {
  if (!(ms >= -62_167_219_200_000 && ms < 253_402_300_800_000))
    throw new ExpressionError('This date leaves the years 0 to 9999.');
  const iso = isoReading(ms);
  if (form === 'month') return iso.slice(0, 7);
  if (form === 'date') return iso.slice(0, 10);
  const end = form === 'minutes' ? 16 : form === 'seconds' ? 19 : 23;
  return `${iso.slice(0, end)}${suffix}`;
}

/** Milliseconds since 1970 of a moment; without an offset it counts as UTC. */
export function instantOf({ ms, offset = 0 }: Moment): number {
  return ms - offset * 60_000;
}

function offsetOf(suffix: string): number {
  if (suffix === 'Z') return 0;
  const [hours, minutes] = [Number(suffix.slice(1, 3)), Number(suffix.slice(-2))];
  return (suffix[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function noDate(text: string): ExpressionError {
  return new ExpressionError(
    `"${text.slice(0, 40)}" is not a date such as 2026-03-14 or 2026-03-14T10:00:00Z.`,
  );
}

import { ExpressionError } from '../values/expression-error';

const pattern = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ].*)?$/;

/** Year, month and day as an ISO text writes them; a month alone has day 1. No time zone is applied. */
export function civilDate(text: string): { year: number; month: number; day: number } {
  const found = pattern.exec(text);
  const [year, month, day] = [Number(found?.[1]), Number(found?.[2]), Number(found?.[3] ?? 1)];
  if (!found || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
    throw new ExpressionError(`"${text.slice(0, 40)}" is not a date such as 2026-03-14.`);
  }
  return { year, month, day };
}

/** Moves a date (or a month, which stays a month) by months; the day is cut to the month's length. */
export function moveMonths(text: string, by: number): string {
  const { year, month, day } = civilDate(text);
  const months = year * 12 + month - 1 + by;
  const [newYear, newMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  if (newYear < 0 || newYear > 9999)
    throw new ExpressionError('addMonths() leaves the years 0 to 9999.');
  const start = `${String(newYear).padStart(4, '0')}-${String(newMonth).padStart(2, '0')}`;
  if (text.length === 7) return start;
  return `${start}-${String(Math.min(day, daysOf(newYear, newMonth))).padStart(2, '0')}`;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

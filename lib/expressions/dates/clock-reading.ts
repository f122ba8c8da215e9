import { isoOf, millisecondsOf } from '@/lib/runs/values/iso';

/** What a calendar and a clock show. Months and days count from 1; `weekday` is 1 for Monday to 7 for Sunday. */
export type Reading = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  milli: number;
  weekday: number;
};

const dayMs = 86_400_000;

/** Days of a month. */
export function monthLength(year: number, month: number): number {
  return [31, 30, 29, 28].find((day) => msOf([year, month, day]) !== undefined) ?? 31;
}

/** Milliseconds since 1970 of a reading; undefined for what no calendar and no clock has. Years 0 to 9999. */
export function msOf(parts: readonly number[]): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  return millisecondsOf(`${date}T${pad(hour)}:${pad(minute)}:${pad(second)}Z`);
}

/** What calendar and clock show at so many milliseconds since 1970. Years 0 to 9999. */
export function readingOf(ms: number): Reading {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, milli = 0] = isoOf(ms)
    .split(/\D/)
    .map(Number);
  const weekday = ((((Math.floor(ms / dayMs) + 3) % 7) + 7) % 7) + 1;
  return { year, month, day, hour, minute, second, milli, weekday };
}

const pad = (value: number, length = 2) => String(value).padStart(length, '0');

/** A reading as ISO text without a zone: `2026-03-14T10:00:00.000`. */
export function isoReading(ms: number): string {
  return isoOf(ms).slice(0, -1);
}

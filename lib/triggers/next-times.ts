import { Cron } from 'croner';
import { isoOf } from '@/lib/runs/values/iso';
import { neverComes } from './never-comes';

/** A cron expression of five fields and the IANA time zone that it is read in. */
export type Rhythm = { cron: string; timeZone: string };

/**
 * The next times strictly after a moment, oldest first; all in milliseconds since 1970. Fewer than `count`, or none,
 * where the calendar has no more (such as 30 February). Where clocks change, fixed times ("at 02:30") that do not
 * exist come at the first moment after the gap, and those that exist twice come once, the first time; intervals
 * ("every 30 minutes") go on through both. Throws for what {@link rhythmProblem} names.
 */
export function nextTimes({ cron, timeZone }: Rhythm, after: number, count: number): number[] {
  return parse(cron, timeZone)
    .nextRuns(count, isoOf(after))
    .map((date) => date.getTime());
}

/** The last time at or before a moment, in milliseconds since 1970; undefined when there is none. */
export function lastTime({ cron, timeZone }: Rhythm, at: number): number | undefined {
  return parse(cron, timeZone)
    .previousRuns(1, isoOf(at + 1))[0]
    ?.getTime();
}

/** Why this is no rhythm, in one sentence and with the field that is wrong; undefined when it is one. */
export function rhythmProblem({
  cron,
  timeZone,
}: Rhythm): { field: keyof Rhythm; message: string } | undefined {
  if (!isTimeZone(timeZone)) {
    return { field: 'timeZone', message: 'Enter a time zone, such as Europe/Berlin.' };
  }
  if (cron.trim().split(/\s+/).length !== 5) {
    return {
      field: 'cron',
      message: 'Use five fields: minute, hour, day of the month, month, day of the week.',
    };
  }
  try {
    parse(cron, timeZone);
  } catch {
    return { field: 'cron', message: 'One field is out of range. Try 0 9 * * 1-5.' };
  }
  if (!neverComes(cron)) return undefined;
  return { field: 'cron', message: 'This date never occurs: none of these months has that day.' };
}

/** Paused: it only counts here, and starts no timer. */
const parse = (cron: string, timezone: string) =>
  new Cron(cron, { timezone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true });

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return timeZone !== '';
  } catch {
    return false;
  }
}

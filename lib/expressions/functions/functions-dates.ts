import { monthLength, msOf, type Reading, readingOf } from '../dates/clock-reading';
import { formatMoment, inZone, parseWritten } from '../dates/date-format';
import { instantOf, type Moment, readMoment, writeMoment } from '../dates/moments';
import { type Budget, boundedText, spend } from '../values/budget';
import { ExpressionError } from '../values/expression-error';
import { type FunctionSpec, numberOf, textOf, wholeOf } from './function-spec';

const msOfUnit = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

function momentOf(name: string, value: unknown, budget: Budget): Moment {
  spend(budget, 20);
  return readMoment(textOf(name, value).slice(0, 60));
}

function moved(name: string, args: unknown[], unit: 'hours' | 'minutes', budget: Budget): string {
  const moment = momentOf(name, args[0], budget);
  const form = moment.form === 'date' || moment.form === 'month' ? 'minutes' : moment.form;
  const ms = moment.ms + numberOf(name, args[1]) * msOfUnit[unit];
  return writeMoment({ ...moment, form, ms: Math.round(ms) });
}

/** Whole months between two clock readings, towards zero. The last day of a shorter month completes the month. */
function monthsBetween(from: number, to: number): number {
  if (to < from) return -monthsBetween(to, from) + 0;
  const [start, end] = [readingOf(from), readingOf(to)];
  const months = (end.year - start.year) * 12 + end.month - start.month;
  const due = Math.min(start.day, monthLength(end.year, end.month));
  const timeOf = ({ hour, minute, second, milli }: Reading) =>
    ((hour * 60 + minute) * 60 + second) * 1_000 + milli;
  const complete = end.day > due || (end.day === due && timeOf(end) >= timeOf(start));
  return complete ? months : months - 1;
}

function difference(args: unknown[], budget: Budget): number {
  const from = momentOf('dateDiff', args[0], budget);
  const to = momentOf('dateDiff', args[1], budget);
  const unit = args.length > 2 ? textOf('dateDiff', args[2]) : 'days';
  const civil = from.offset === undefined || to.offset === undefined;
  const [start, end] = civil ? [from.ms, to.ms] : [instantOf(from), instantOf(to)];
  if (unit === 'months') return monthsBetween(start, end);
  if (unit === 'years') return Math.trunc(monthsBetween(start, end) / 12) + 0;
  if (!Object.hasOwn(msOfUnit, unit))
    throw new ExpressionError(
      `dateDiff() counts seconds, minutes, hours, days, weeks, months or years, not "${unit.slice(0, 40)}".`,
    );
  return Math.trunc((end - start) / msOfUnit[unit as keyof typeof msOfUnit]) + 0;
}

function isoWeek({ ms }: Moment): number {
  const thursday = ms + (4 - readingOf(ms).weekday) * msOfUnit.days;
  const newYear = msOf([readingOf(thursday).year]) ?? 0;
  return 1 + Math.floor((thursday - newYear) / msOfUnit.weeks);
}

export const momentFunctions: FunctionSpec[] = [
  {
    name: 'addDays',
    signature: 'addDays("2026-03-14", 30)',
    summary: 'Adds days to a date or time; the time of day is kept.',
    arity: [2, 2],
    call: (args, budget) => {
      const moment = momentOf('addDays', args[0], budget);
      const form = moment.form === 'month' ? 'date' : moment.form;
      const ms = moment.ms + wholeOf('addDays', args[1]) * msOfUnit.days;
      return writeMoment({ ...moment, form, ms });
    },
  },
  {
    name: 'addHours',
    signature: 'addHours("2026-03-14T10:00:00Z", 2)',
    summary: 'Adds hours to a time.',
    arity: [2, 2],
    call: (args, budget) => moved('addHours', args, 'hours', budget),
  },
  {
    name: 'addMinutes',
    signature: 'addMinutes("2026-03-14T10:00:00Z", 90)',
    summary: 'Adds minutes to a time.',
    arity: [2, 2],
    call: (args, budget) => moved('addMinutes', args, 'minutes', budget),
  },
  {
    name: 'dateDiff',
    signature: 'dateDiff(from, to, "days")',
    summary:
      'Whole seconds, minutes, hours, days (unless said), weeks, months or years between two dates or times.',
    arity: [2, 3],
    call: difference,
  },
  {
    name: 'weekday',
    signature: 'weekday("2026-03-14")',
    summary: 'Day of the week: 1 is Monday, 7 is Sunday.',
    arity: [1, 1],
    call: (args, budget) => readingOf(momentOf('weekday', args[0], budget).ms).weekday,
  },
  {
    name: 'isoWeek',
    signature: 'isoWeek("2026-03-14")',
    summary: 'ISO 8601 week number.',
    arity: [1, 1],
    call: (args, budget) => isoWeek(momentOf('isoWeek', args[0], budget)),
  },
  {
    name: 'formatDate',
    signature: 'formatDate(date, "dd.MM.yyyy HH:mm", "Europe/Berlin")',
    summary:
      'Formats a date or time with a pattern: yyyy, MM, MMM, dd, EEE, HH, hh, a, mm, ss, xxx; put words in quotes. Converts to the time zone, if given; a time without an offset counts as UTC.',
    arity: [2, 3],
    call: (args, budget) => {
      const moment = momentOf('formatDate', args[0], budget);
      const pattern = textOf('formatDate', args[1]);
      spend(budget, 400 + pattern.length * 4);
      const shown = args.length > 2 ? inZone(moment, textOf('formatDate', args[2])) : moment;
      return boundedText(formatMoment(shown, pattern));
    },
  },
  {
    name: 'parseDate',
    signature: 'parseDate("14.03.2026", "dd.MM.yyyy")',
    summary: 'Parses a text with a pattern and returns an ISO date or time.',
    arity: [2, 2],
    call: (args, budget) => {
      const [text, pattern] = [textOf('parseDate', args[0]), textOf('parseDate', args[1])];
      if (pattern.length > 100) throw new ExpressionError('parseDate() needs a shorter pattern.');
      spend(budget, 400);
      return parseWritten(text.slice(0, 200), pattern);
    },
  },
  {
    name: 'toUnix',
    signature: 'toUnix("2026-03-14T10:00:00Z")',
    summary: 'Seconds since 1970 of a date or time; without an offset it counts as UTC.',
    arity: [1, 1],
    call: (args, budget) => instantOf(momentOf('toUnix', args[0], budget)) / 1_000,
  },
  {
    name: 'fromUnix',
    signature: 'fromUnix(1773482400)',
    summary: 'The time of seconds since 1970, in UTC.',
    arity: [1, 1],
    call: (args) => {
      const ms = Math.round(numberOf('fromUnix', args[0]) * 1_000);
      return writeMoment({ ms, form: ms % 1_000 === 0 ? 'seconds' : 'fraction', suffix: 'Z' });
    },
  },
];

/** A schedule as people say it. Times are HH:MM on the clocks of its zone; days of the week count from Sunday, 0. */
export type PlainRhythm =
  | { every: 'minutes'; minutes: number }
  | { every: 'hour'; minute: number }
  | { every: 'day' | 'weekday'; time: string }
  | { every: 'week'; days: readonly number[]; time: string }
  | { every: 'month'; day: number | 'L'; time: string };

/** Intervals that fit into an hour, so that the gap between two is always the same. */
export const minuteSteps = [5, 10, 15, 20, 30] as const;

/** The cron expression of five fields that means the same. */
export function cronOf(rhythm: PlainRhythm): string {
  switch (rhythm.every) {
    case 'minutes':
      return `*/${rhythm.minutes} * * * *`;
    case 'hour':
      return `${rhythm.minute} * * * *`;
    case 'day':
      return `${fieldsOf(rhythm.time)} * * *`;
    case 'weekday':
      return `${fieldsOf(rhythm.time)} * * 1-5`;
    case 'week':
      return `${fieldsOf(rhythm.time)} * * ${[...rhythm.days].sort((a, b) => a - b).join(',')}`;
    case 'month':
      return `${fieldsOf(rhythm.time)} ${rhythm.day} * *`;
  }
}

/** A cron expression as people would say it; undefined for what only the expression says. */
export function plainRhythm(cron: string): PlainRhythm | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = cron
    .trim()
    .split(/\s+/);
  if (rest.length > 0 || weekday === '' || month !== '*') return undefined;
  if (day === '*' && weekday === '*' && hour === '*') return withinHour(minute);
  const time = timeOf(minute, hour);
  if (time === undefined) return undefined;
  if (day !== '*') return weekday === '*' ? monthly(day, time) : undefined;
  if (weekday === '*') return { every: 'day', time };
  if (weekday === '1-5' || weekday === '1,2,3,4,5') return { every: 'weekday', time };
  if (!/^[0-7](,[0-7])*$/.test(weekday)) return undefined;
  const days = [...new Set(weekday.split(',').map((one) => Number(one) % 7))];
  return { every: 'week', days: days.sort((a, b) => a - b), time };
}

function withinHour(minute: string): PlainRhythm | undefined {
  const minutes = minuteSteps.find((one) => minute === `*/${one}`);
  if (minutes !== undefined) return { every: 'minutes', minutes };
  const at = numberIn(minute, 59);
  return at === undefined ? undefined : { every: 'hour', minute: at };
}

function monthly(day: string, time: string): PlainRhythm | undefined {
  const date = day === 'L' ? day : numberIn(day, 31);
  return date === undefined || date === 0 ? undefined : { every: 'month', day: date, time };
}

function timeOf(minute: string, hour: string): string | undefined {
  const [minutes, hours] = [numberIn(minute, 59), numberIn(hour, 23)];
  if (minutes === undefined || hours === undefined) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

function fieldsOf(time: string): string {
  const [hours = '', minutes = ''] = time.split(':');
  return `${Number(minutes)} ${Number(hours)}`;
}

function numberIn(text: string, most: number): number | undefined {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value <= most ? value : undefined;
}

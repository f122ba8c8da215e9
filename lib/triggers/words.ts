const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A cron expression in words, such as "every weekday at 09:00"; undefined for what has no short name. */
export function cronWords(cron: string): string | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = cron
    .trim()
    .split(/\s+/);
  if (rest.length > 0 || weekday === '') return undefined;
  const time = timeWords(minute, hour);
  const dates = dayWords(day, weekday);
  const within = month === '*' ? '' : monthWords(month);
  if (time === undefined || dates === undefined || within === undefined) return undefined;
  // "Every 15 minutes every day" says nothing more than "every 15 minutes".
  if (time.often) {
    const on = dates === 'every day' ? '' : `, ${dates}`;
    return `${time.words}${on}${within}`;
  }
  return `${dates}${within} ${time.words}`;
}

function timeWords(minute: string, hour: string): { words: string; often: boolean } | undefined {
  const minutes = numbers(minute, 0, 59);
  const hours = numbers(hour, 0, 23);
  const step = stepOf(minute);
  if (step !== undefined || minute === '*') {
    const words = step === undefined || step === 1 ? 'every minute' : `every ${step} minutes`;
    const range = /^(\d+)-(\d+)$/.exec(hour);
    if (hour === '*') return { words, often: true };
    if (range)
      return {
        words: `${words} from ${clock(range[1], 0)} to ${clock(range[2], 59)}`,
        often: true,
      };
    return undefined;
  }
  if (minutes === undefined) return undefined;
  const hourStep = stepOf(hour);
  if ((hour === '*' || hourStep !== undefined) && minutes.length === 1) {
    const every =
      hourStep === undefined || hourStep === 1 ? 'every hour' : `every ${hourStep} hours`;
    const [at = 0] = minutes;
    return { words: at === 0 ? every : `${every} at ${at} past`, often: true };
  }
  if (hours === undefined || hours.length * minutes.length > 6) return undefined;
  const times = hours.flatMap((one) => minutes.map((at) => clock(one, at)));
  return { words: `at ${list(times)}`, often: false };
}

function dayWords(day: string, weekday: string): string | undefined {
  if (day === '*' && weekday === '*') return 'every day';
  const byDate = day === '*' ? undefined : dateWords(day);
  const byWeekday = weekday === '*' ? undefined : weekdayWords(weekday);
  if (day !== '*' && byDate === undefined) return undefined;
  if (weekday !== '*' && byWeekday === undefined) return undefined;
  // Cron reads the two as "or".
  return [byDate, byWeekday].filter((part) => part !== undefined).join(' and ');
}

function dateWords(day: string): string | undefined {
  if (day === 'L') return 'the last day of the month';
  const dates = numbers(day, 1, 31);
  if (dates === undefined || dates.length > 6) return undefined;
  return `the ${list(dates.map(ordinal))} of the month`;
}

function weekdayWords(weekday: string): string | undefined {
  const named = days.reduce(
    (text, name, index) => text.replace(new RegExp(name.slice(0, 3), 'gi'), String(index)),
    weekday,
  );
  const found = numbers(named, 0, 7);
  if (found === undefined) return undefined;
  const set = [...new Set(found.map((one) => one % 7))].sort(
    (a, b) => ((a + 6) % 7) - ((b + 6) % 7),
  );
  const key = set.join();
  if (key === '1,2,3,4,5') return 'every weekday';
  if (key === '6,0') return 'every Saturday and Sunday';
  if (set.length === 7) return 'every day';
  return `every ${list(set.map((one) => days[one] ?? ''))}`;
}

function monthWords(month: string): string | undefined {
  const named = months.reduce(
    (text, name, index) => text.replace(new RegExp(name.slice(0, 3), 'gi'), String(index + 1)),
    month,
  );
  const found = numbers(named, 1, 12);
  return found && ` in ${list(found.map((one) => months[one - 1] ?? ''))}`;
}

/** The numbers of a list with ranges; undefined for anything else, steps too. */
function numbers(field: string, least: number, most: number): number[] | undefined {
  const found: number[] = [];
  for (const part of field.split(',')) {
    const [, from = '', , to = from] = /^(\d{1,2})(-(\d{1,2}))?$/.exec(part) ?? [];
    if (from === '' || Number(from) < least || Number(to) > most) return undefined;
    for (let one = Number(from); one <= Number(to); one += 1) found.push(one);
  }
  return found;
}

function stepOf(field: string): number | undefined {
  const step = /^\*\/(\d{1,2})$/.exec(field)?.[1];
  return step === undefined ? undefined : Number(step);
}

const clock = (hour: number | string | undefined, minute: number) =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

function list(parts: string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

function ordinal(day: number): string {
  const ending =
    day % 100 > 10 && day % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

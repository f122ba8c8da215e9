const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const dayPattern = days.map((day) => `${day}s?`).join('|');
const countWords: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
};
const units: Readonly<Record<string, string>> = { minute: 'minute', hour: 'hour' };

export type ReadSchedule = {
  cron: string;
  /** Where it stands in the text. */
  start: number;
  end: number;
  /** No time of day was named. */
  timeMissing: boolean;
};

const rhythm = new RegExp(
  [
    String.raw`\b(?:every|each|on)\s+(?<weekday>(?:${dayPattern})(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:${dayPattern}))*)\b`,
    String.raw`\b(?:every|each)\s+(?<working>weekday|working day|business day|workday)s?\b`,
    String.raw`\b(?:every|each)\s+(?<count>\d{1,2}|two|three|four|five|six|ten|twelve|fifteen|twenty|thirty)\s+(?<unit>minute|hour)s?\b`,
    String.raw`\b(?<one>hourly|every (?:minute|hour))\b`,
    String.raw`\b(?:every|each)\s+(?<part>morning|noon|afternoon|evening|night)\b`,
    String.raw`\b(?<daily>daily|nightly|every day|each day|once a day)\b`,
    String.raw`\b(?<weekly>weekly|every week|each week|once a week)\b`,
    String.raw`\b(?:on\s+)?(?:the\s+)?(?<date>first|1st|last|\d{1,2}(?:st|nd|rd|th))\s+(?:day\s+)?of\s+(?:every|each|the)\s+month\b`,
    String.raw`\b(?<monthly>monthly|every month|each month|once a month)\b`,
    String.raw`\b(?<quarterly>quarterly|every quarter|each quarter)\b`,
  ].join('|'),
  'i',
);
const clock =
  /\bat\s+(?<hour>\d{1,2})(?:[:.h](?<minute>\d{2}))?\s*(?<half>am|pm|a\.m\.|p\.m\.)?(?!\d|%)/i;
const named = /\bat\s+(?<name>noon|midday|midnight)\b/i;
const partHours: Readonly<Record<string, number>> = {
  morning: 8,
  noon: 12,
  afternoon: 15,
  evening: 18,
  night: 22,
};

/** The rhythm that a text names, such as "every Monday at 9"; undefined where it names none. */
export function readSchedule(text: string): ReadSchedule | undefined {
  const found = rhythm.exec(text);
  if (found?.groups === undefined) return undefined;
  const { groups, index } = found;
  const end = index + found[0].length;
  const often = oftenCron(groups);
  if (often !== undefined) return { cron: often, start: index, end, timeMissing: false };
  const time = timeNear(text, end);
  const behind = /^\s+(morning|noon|afternoon|evening|night)\b/i.exec(text.slice(end))?.[1];
  const part = partHours[(groups.part ?? behind)?.toLowerCase() ?? ''];
  const hour = time?.hour ?? part ?? (/nightly/i.test(groups.daily ?? '') ? 2 : 9);
  const cron = `${time?.minute ?? 0} ${hour} ${datesOf(groups)}`;
  return {
    cron,
    start: index,
    end: time && time.start <= end + 3 ? time.end : end,
    timeMissing: time === undefined,
  };
}

type Groups = Record<string, string | undefined>;

function oftenCron({ count, unit, one }: Groups): string | undefined {
  if (one !== undefined) return /minute/i.test(one) ? '* * * * *' : '0 * * * *';
  if (count === undefined) return undefined;
  const every = Math.max(1, countWords[count.toLowerCase()] ?? Number(count));
  return units[unit?.toLowerCase() ?? ''] === 'minute'
    ? `*/${Math.min(every, 59)} * * * *`
    : `0 */${Math.min(every, 23)} * * *`;
}

function datesOf(groups: Groups): string {
  const { weekday, working, weekly, date, monthly, quarterly } = groups;
  if (weekday !== undefined) {
    const named = days.flatMap((day, at) => (weekday.toLowerCase().includes(day) ? [at] : []));
    return `* * ${named.join(',')}`;
  }
  if (working !== undefined) return '* * 1-5';
  if (weekly !== undefined) return '* * 1';
  if (date !== undefined) return `${dateOf(date.toLowerCase())} * *`;
  if (monthly !== undefined) return '1 * *';
  if (quarterly !== undefined) return '1 1,4,7,10 *';
  return '* * *';
}

function dateOf(date: string): string {
  if (date === 'last') return 'L';
  const number = date === 'first' ? 1 : Number.parseInt(date, 10);
  return String(Math.min(Math.max(number, 1), 31));
}

type Time = { hour: number; minute: number; start: number; end: number };

/** A time of day anywhere in the text; one behind the rhythm counts first. */
function timeNear(text: string, from: number): Time | undefined {
  return timeIn(text, from) ?? timeIn(text, 0);
}

function timeIn(text: string, from: number): Time | undefined {
  const rest = text.slice(from);
  const word = named.exec(rest);
  if (word) {
    const hour = /midnight/i.test(word[0]) ? 0 : 12;
    return { hour, minute: 0, start: from + word.index, end: from + word.index + word[0].length };
  }
  const found = clock.exec(rest);
  if (found?.groups === undefined) return undefined;
  const half = found.groups.half?.toLowerCase().replaceAll('.', '');
  const given = Number(found.groups.hour);
  const hour = half === 'pm' && given < 12 ? given + 12 : half === 'am' && given === 12 ? 0 : given;
  const minute = Number(found.groups.minute ?? 0);
  if (hour > 23 || minute > 59) return undefined;
  const start = from + found.index;
  return { hour, minute, start, end: start + found[0].length };
}

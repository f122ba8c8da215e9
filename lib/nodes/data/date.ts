import { z } from 'zod';
import { writeMoment } from '@/lib/expressions/dates/moments';
import { defineNode, type NodeContext } from '../node-type/define-node';

const expression = (meta: object) =>
  z
    .string()
    .max(20_000)
    .default('')
    .meta({ widget: 'expression', ...meta });

const configSchema = z
  .strictObject({
    date: expression({
      title: 'Date',
      description: 'A date or time, such as input.due. Empty: now.',
    }),
    operation: z
      .enum(['format', 'parse', 'add', 'difference'])
      .default('format')
      .meta({
        title: 'Do',
        help: 'Write a date in another form, read one, add or take away time, or count the time between two.',
        labels: {
          format: 'Write it in a format or time zone',
          parse: 'Read it from a format',
          add: 'Add or subtract time',
          difference: 'Count the time until another date',
        },
      }),
    pattern: z
      .string()
      .max(100)
      .default('dd.MM.yyyy')
      .meta({
        title: 'Format',
        description: 'Such as dd.MM.yyyy HH:mm or EEE, d MMM yyyy; put words in quotes.',
        when: { field: 'operation', is: ['format', 'parse'] },
      }),
    zone: z
      .string()
      .max(60)
      .default('')
      .meta({
        title: 'Time zone',
        description: 'Such as Europe/Berlin. Empty: as it is written.',
        when: { field: 'operation', is: 'format' },
      }),
    amount: z
      .int()
      .min(-1_000_000)
      .max(1_000_000)
      .default(1)
      .meta({
        title: 'How much',
        description: 'A negative number goes back.',
        when: { field: 'operation', is: 'add' },
      }),
    other: expression({
      title: 'Other date',
      description: 'Empty: now.',
      when: { field: 'operation', is: 'difference' },
    }),
    unit: z
      .enum(['minutes', 'hours', 'days', 'weeks', 'months', 'years'])
      .default('days')
      .meta({
        title: 'Unit',
        help: 'What the number counts, such as days or hours.',
        when: { field: 'operation', is: ['add', 'difference'] },
      }),
  })
  .check(({ value, issues }) => {
    if (value.operation !== 'parse' || value.date.trim() !== '') return;
    const message = 'Choose the text to read.';
    issues.push({ code: 'custom', input: value, path: ['date'], message });
  });

type Config = z.infer<typeof configSchema>;

export default defineNode({
  type: 'date',
  kind: 'task',
  title: 'Date',
  summary: 'Formats, reads, moves or compares dates and times.',
  group: 'Data',
  icon: 'calendar-days',
  aliases: [
    'time',
    'today',
    'now',
    'timezone',
    'time zone',
    'calendar',
    'format date',
    'add days',
    'age',
    'deadline',
  ],
  config: configSchema,
  subtitle: (config) => config.operation,
  sample: { value: '14.03.2026' },
  async run(context, config) {
    const now = writeMoment({ ms: context.now(), form: 'fraction', suffix: 'Z' });
    const date = await dateOf(context, config.date, now);
    const other = await dateOf(context, config.other, now);
    const { pattern, zone, amount, unit } = config;
    const names = { date, other, pattern, zone, amount, unit };
    return { value: await context.evaluate(formulaOf(config), names) };
  },
});

/** The same functions as expressions have. */
function formulaOf({ operation, zone, unit }: Config): string {
  switch (operation) {
    case 'format':
      return zone.trim() === '' ? 'formatDate(date, pattern)' : 'formatDate(date, pattern, zone)';
    case 'parse':
      return 'parseDate(date, pattern)';
    case 'difference':
      return 'dateDiff(date, other, unit)';
    case 'add':
      return additions[unit];
  }
}

/** Months leave the time of day as it is written. */
const additions: Record<Config['unit'], string> = {
  minutes: 'addMinutes(date, amount)',
  hours: 'addHours(date, amount)',
  days: 'addDays(date, amount)',
  weeks: 'addDays(date, amount * 7)',
  months: 'addMonths(date, amount) + date.substring(10)',
  years: 'addMonths(date, amount * 12) + date.substring(10)',
};

async function dateOf(
  context: Pick<NodeContext, 'evaluate'>,
  expression: string,
  now: string,
): Promise<unknown> {
  return expression.trim() === '' ? now : context.evaluate(expression);
}

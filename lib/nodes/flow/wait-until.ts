import { z } from 'zod';
import { millisecondsOf } from '@/lib/runs/values/iso';
import { defineNode, StepError, suspend } from '../node-type/define-node';
import { longestWait } from '../node-type/durations';

export default defineNode({
  type: 'wait-until',
  kind: 'task',
  title: 'Wait until',
  summary: 'Waits until a date and time. Continues immediately if it is in the past.',
  group: 'Flow',
  icon: 'calendar-clock',
  aliases: ['wait', 'date', 'schedule', 'time', 'later', 'deadline', 'until', 'sleep until'],
  config: z.strictObject({
    at: z
      .string({ error: 'Enter a date and time.' })
      .min(1, 'Enter a date and time.')
      .max(2_000)
      .meta({
        title: 'Until',
        description: 'A date and time with a time zone, such as 2027-01-31T09:00:00+01:00.',
        widget: 'template',
      }),
  }),
  subtitle: (config) => config.at,
  sample: { until: '2027-01-31T08:00:00.000Z' },
  async run(context, config) {
    const text = (await context.render(config.at)).trim();
    const until = millisecondsOf(text);
    if (until === undefined) {
      throw new StepError(
        'invalid_date',
        `"${text.slice(0, 60)}" is not a date and time with a time zone, such as 2027-01-31T09:00:00Z.`,
      );
    }
    const now = context.now();
    if (until - now > longestWait) {
      throw new StepError('invalid_date', 'A step can wait for at most a year.');
    }
    const output = { until: text };
    if (context.scope.run.mode === 'rehearsal' && until > now) {
      context.note?.(`Rehearsed: a live run would wait until ${text}.`);
      return output;
    }
    return until <= now ? output : suspend({ kind: 'timer', until, end: { ok: true, output } });
  },
});

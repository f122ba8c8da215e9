import { z } from 'zod';
import { millisecondsOf } from '@/lib/runs/iso';
import { defineNode, StepError, suspend } from './define-node';
import { longestWait } from './durations';

export default defineNode({
  type: 'wait-until',
  kind: 'task',
  title: 'Wait until',
  summary: 'Waits for a moment in time. Goes on at once when it has passed.',
  group: 'Flow',
  icon: 'calendar-clock',
  config: z.strictObject({
    at: z.string({ error: 'Say until when.' }).min(1, 'Say until when.').max(2_000).meta({
      title: 'Until',
      description: 'A date and time with its zone, such as 2027-01-31T09:00:00+01:00.',
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
        `"${text.slice(0, 60)}" is no date and time with a zone, such as 2027-01-31T09:00:00Z.`,
      );
    }
    const now = context.now();
    if (until - now > longestWait) {
      throw new StepError('invalid_date', 'A step can wait for a year at most.');
    }
    const output = { until: text };
    if (context.scope.run.mode === 'rehearsal' && until > now) {
      context.note?.(`Rehearsed: a live run would wait until ${text}.`);
      return output;
    }
    return until <= now ? output : suspend({ kind: 'timer', until, end: { ok: true, output } });
  },
});

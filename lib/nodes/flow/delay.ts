import { z } from 'zod';
import { defineNode, StepError, suspend } from '../node-type/define-node';
import { longestWait, unitMs, units } from '../node-type/durations';

export default defineNode({
  type: 'delay',
  kind: 'task',
  title: 'Delay',
  summary: 'Pauses the run for a while; safe across restarts.',
  group: 'Flow',
  icon: 'timer',
  aliases: ['wait', 'sleep', 'pause', 'timer', 'later', 'timeout'],
  config: z.strictObject({
    amount: z
      .number({ error: 'Enter a duration.' })
      .positive('Enter a duration.')
      .max(100_000)
      .default(5)
      .meta({ title: 'Wait for', help: 'How long the run pauses, in the unit below.' }),
    unit: z
      .enum(units)
      .default('minutes')
      .meta({ title: 'Unit', help: 'What the number counts, from seconds to days.' }),
  }),
  subtitle: (config) => `${config.amount} ${config.unit}`,
  sample: { waitedMs: 300_000 },
  async run(context, config) {
    const waitedMs = Math.round(config.amount * unitMs[config.unit]);
    if (waitedMs > longestWait) {
      throw new StepError('invalid_config', 'A step can wait for at most a year.');
    }
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.(`Rehearsed: a live run would wait for ${config.amount} ${config.unit} here.`);
      return { waitedMs: 0 };
    }
    const end = { ok: true as const, output: { waitedMs } };
    return suspend({ kind: 'timer', until: context.now() + waitedMs, end });
  },
});

import { z } from 'zod';
import { runLimits } from '@/lib/runs/limits';
import { type ChildOutcome, defineNode, StepError, suspend } from '../node-type/define-node';
import { holds } from './condition';

const memoSchema = z.object({ round: z.int() });

export default defineNode({
  type: 'loop',
  kind: 'task',
  title: 'Loop',
  summary: 'Repeats the steps inside it while or until a condition is true.',
  group: 'Flow',
  icon: 'refresh-cw',
  aliases: ['repeat', 'while', 'until', 'iterate', 'again', 'cycle', 'retry until', 'do while'],
  contains: ['last', 'round'],
  config: z.strictObject({
    mode: z.enum(['until', 'while']).default('until').meta({
      title: 'Repeat',
      description: 'Until: checks after each iteration. While: checks before.',
    }),
    condition: z
      .string({ error: 'Enter a condition.' })
      .min(1, 'Enter a condition.')
      .max(20_000)
      .meta({
        title: 'Condition',
        description:
          '“last” is the result of the previous iteration, “round” the number of iterations so far. Example: last.good == true.',
        widget: 'expression',
        condition: true,
        names: ['last', 'round'],
      }),
    start: z.string().max(20_000).default('').meta({
      title: 'Initial value',
      description: 'Initial value of “last”. Empty: null.',
      widget: 'expression',
    }),
    most: z.int().min(1).max(runLimits.items).default(10).meta({
      title: 'Max. iterations',
      description: 'The loop never repeats more often than this.',
      merge: 'max',
    }),
    onMost: z.enum(['fail', 'continue']).default('fail').meta({
      title: 'At the maximum',
      description: 'Fail: the step fails. Continue: use the last iteration’s result.',
    }),
  }),
  subtitle: (config) => `${config.mode} ${config.condition}`,
  sample: { last: 'The last iteration’s result.', rounds: 3 },
  async run(context, config) {
    const rounds = context.memo === undefined ? 0 : memoSchema.parse(context.memo).round;
    const last =
      rounds > 0
        ? await context.hydrate(resultOf(await context.children(rounds), rounds))
        : config.start.trim() === ''
          ? null
          : await context.evaluate(config.start);
    const output = { last, rounds };
    const looks = config.mode === 'while' || rounds > 0;
    const over = looks && (await holds(context, config.condition, { last, round: rounds }));
    const times = `${rounds} ${rounds === 1 ? 'iteration' : 'iterations'}`;
    if (looks && over === (config.mode === 'until')) {
      context.note?.(`${times}; then ${config.condition} was ${over}.`);
      return output;
    }
    if (rounds >= config.most) {
      const message = `Still not done after ${times}: ${config.condition} is ${over}.`;
      if (config.onMost === 'fail') throw new StepError('too_many_rounds', message);
      context.note?.(message);
      return output;
    }
    const round = rounds + 1;
    return suspend({
      kind: 'children',
      memo: { round },
      children: {
        of: { kind: 'body' },
        inputs: [{ last, round }],
        concurrency: 1,
        failFast: true,
        round,
      },
    });
  },
});

/** What a round gave. Throws `StepError` `round_failed` when it did not end well. */
function resultOf([outcome]: ChildOutcome[], round: number): unknown {
  if (outcome?.ok) return outcome.output;
  const message = `Iteration ${round} failed: ${outcome?.error.message ?? 'its result is missing.'}`;
  throw new StepError('round_failed', message);
}

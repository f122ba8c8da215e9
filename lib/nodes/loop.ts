import { z } from 'zod';
import { runLimits } from '@/lib/runs/limits';
import { holds } from './condition';
import { type ChildOutcome, defineNode, StepError, suspend } from './define-node';

const memoSchema = z.object({ round: z.int() });

export default defineNode({
  type: 'loop',
  kind: 'task',
  title: 'Repeat',
  summary: 'Runs the steps inside it again and again, while or until a condition holds.',
  group: 'Flow',
  icon: 'refresh-cw',
  contains: ['last', 'round'],
  config: z.strictObject({
    mode: z.enum(['until', 'while']).default('until').meta({
      title: 'Repeats',
      description: 'Until: looks after each round. While: looks before each round.',
    }),
    condition: z
      .string({ error: 'Write a condition.' })
      .min(1, 'Write a condition.')
      .max(20_000)
      .meta({
        title: 'Condition',
        description:
          '“last” is what the round before gave, “round” how many there were. Such as last.good == true.',
        widget: 'expression',
        names: ['last', 'round'],
      }),
    start: z.string().max(20_000).default('').meta({
      title: 'First value',
      description: 'What “last” is in the first round. Empty: nothing.',
      widget: 'expression',
    }),
    most: z.int().min(1).max(runLimits.items).default(10).meta({
      title: 'Most rounds',
      description: 'It never runs more often than this.',
      merge: 'max',
    }),
    onMost: z.enum(['fail', 'continue']).default('fail').meta({
      title: 'When that is not enough',
      description: 'Fail: the step fails. Continue: it goes on with what the last round gave.',
    }),
  }),
  subtitle: (config) => `${config.mode} ${config.condition}`,
  sample: { last: 'What the last round gave.', rounds: 3 },
  async run(context, config) {
    const rounds = context.memo === undefined ? 0 : memoSchema.parse(context.memo).round;
    const last =
      rounds > 0
        ? await context.whole(resultOf(await context.children(rounds), rounds))
        : config.start.trim() === ''
          ? null
          : await context.evaluate(config.start);
    const output = { last, rounds };
    const looks = config.mode === 'while' || rounds > 0;
    const over = looks && (await holds(context, config.condition, { last, round: rounds }));
    const times = `${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;
    if (looks && over === (config.mode === 'until')) {
      context.note?.(`${times}; then ${config.condition} was ${over}.`);
      return output;
    }
    if (rounds >= config.most) {
      const message = `After ${times} it is not over: ${config.condition} is ${over}.`;
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
  const message = `Round ${round} failed: ${outcome?.error.message ?? 'it is gone.'}`;
  throw new StepError('round_failed', message);
}

import { z } from 'zod';
import { strategyNames } from '@/lib/memory/strategy-names';
import { defineNode, StepError } from '../node-type/define-node';
import { memorySettings, pathSetting, sampleEntry, spaceNamed } from './memory-settings';

export default defineNode({
  type: 'remember',
  kind: 'task',
  title: 'Remember',
  summary: 'Keeps a value in memory under a path, for later runs, agents and people.',
  group: 'Data',
  outward: 'This changes the memory.',
  icon: 'brain',
  aliases: [
    ...['memory', 'remember', 'store', 'save', 'key value', 'set', 'state', 'note'],
    ...['write memory', 'compare and set', 'long term memory', 'knowledge'],
  ],
  config: z.strictObject({
    ...memorySettings,
    path: pathSetting('Where it is kept, such as customers/{{ input.customer }}.'),
    source: z
      .enum(['text', 'value'])
      .default('text')
      .meta({
        title: 'What',
        help: 'A text with inserted values, or a value of any kind from an expression.',
        labels: { text: 'A text', value: 'A value' },
      }),
    text: z
      .string()
      .max(20_000)
      .default('')
      .meta({
        title: 'Text',
        help: 'What is kept; {{ }} inserts earlier values.',
        widget: 'template',
        when: { field: 'source', is: 'text' },
      }),
    value: z
      .string()
      .max(20_000)
      .default('')
      .meta({
        title: 'Value',
        description: 'Such as steps.agent.output or {"plan": input.plan}.',
        widget: 'expression',
        when: { field: 'source', is: 'value' },
      }),
    strategy: z
      .enum(strategyNames)
      .default('last')
      .meta({
        title: 'If it was changed',
        help: 'What happens when something else is there than expected.',
        labels: {
          last: 'Write over it',
          first: 'Leave what is there',
          version: 'Fail the step',
          merge: 'Merge both',
          manual: 'Ask somebody',
        },
      }),
    expect: z
      .string()
      .max(2_000)
      .default('')
      .meta({
        title: 'Expected version',
        description:
          'The version that was read, such as steps.recall.output.version. Empty: that nothing is there yet.',
        widget: 'expression',
        when: { field: 'strategy', is: ['version', 'merge', 'manual'] },
      }),
    lock: z.string().max(2_000).default('').meta({
      title: 'Only under lock',
      description: 'The token of a lock, such as steps.lock.output.token: fails once it is over.',
      widget: 'expression',
    }),
    expiresInHours: z.number().positive().max(87_600).optional().meta({
      title: 'Forget after',
      description: 'In hours. Empty: it stays.',
    }),
  }),
  subtitle: (config) => config.path,
  sample: { outcome: 'written', ...sampleEntry },
  async run(context, config) {
    const path = (await context.render(config.path)).trim();
    const space = await spaceNamed(context, config);
    const value: unknown =
      config.source === 'text'
        ? await context.render(config.text)
        : await evaluated(context, config.value);
    const expect = await expected(context, config);
    if (context.scope.run.mode === 'rehearsal') {
      context.note?.(`Rehearsed: nothing was kept at “${path}”.`);
      return { path, value, version: 1, outcome: 'written', rehearsed: true };
    }
    const token = await tokenOf(context, config.lock);
    const { expiresInHours, strategy } = config;
    const answer = await context.service('memory', {
      ...{ do: 'put', space, path, value, strategy },
      ...(expect === undefined ? {} : { expect }),
      ...(token === undefined ? {} : { token }),
      ...(expiresInHours === undefined
        ? {}
        : { expiresInSeconds: Math.max(1, Math.round(expiresInHours * 3_600)) }),
    });
    if (answer.before)
      context.note?.('An earlier attempt had done this already; nothing was written again.');
    if (answer.outcome === 'kept') context.note?.('Something was there already, and it stays.');
    if (answer.outcome === 'conflict') {
      context.note?.('Somebody has to decide between two values: see Memory.');
    }
    const { entry, outcome } = answer;
    return { path, outcome, value: entry?.value ?? null, version: entry?.version ?? 0 };
  },
});

type Asking = { evaluate(expression: string): Promise<unknown> };

async function evaluated(context: Asking, expression: string): Promise<unknown> {
  if (expression.trim() === '') throw new StepError('invalid_value', 'Enter the value to keep.');
  return context.evaluate(expression);
}

/** The version that the writer has read; 0 says that there was nothing. */
async function expected(
  context: Asking,
  { expect, strategy }: { expect: string; strategy: string },
): Promise<number | 'absent' | undefined> {
  if (strategy === 'last' || strategy === 'first' || expect.trim() === '') return undefined;
  const version = Number(await context.evaluate(expect));
  if (Number.isSafeInteger(version) && version >= 0) return version === 0 ? 'absent' : version;
  throw new StepError('invalid_value', '“Expected version” is no version of an entry.');
}

async function tokenOf(context: Asking, expression: string): Promise<number | undefined> {
  if (expression.trim() === '') return undefined;
  const token = Number(await context.evaluate(expression));
  if (Number.isSafeInteger(token) && token > 0) return token;
  throw new StepError('invalid_value', '“Only under lock” is no token of a lock.');
}

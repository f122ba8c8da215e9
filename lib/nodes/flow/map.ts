import { z } from 'zod';
import { runLimits } from '@/lib/runs/limits';
import { defineNode, StepError, suspend } from '../node-type/define-node';

export default defineNode({
  type: 'map',
  kind: 'task',
  title: 'For each',
  summary: 'Runs the steps inside it for each item of a list, several in parallel.',
  group: 'Flow',
  icon: 'repeat',
  aliases: [
    'foreach',
    'for',
    'loop',
    'iterate',
    'each',
    'map',
    'batch',
    'parallel',
    'split in batches',
    'items',
    'list',
  ],
  contains: ['item', 'index'],
  config: z.strictObject({
    items: z.string({ error: 'Choose a list.' }).min(1, 'Choose a list.').max(20_000).meta({
      title: 'Items',
      description: 'A list, or a number of iterations. Steps inside can use “item” and “index”.',
      widget: 'expression',
    }),
    concurrency: z.int().min(1).max(runLimits.concurrency).default(5).meta({
      title: 'Parallel items',
      description: 'How many items run at once.',
    }),
    onFailure: z
      .enum(['stop', 'collect'])
      .default('stop')
      .meta({
        title: 'When an item fails',
        description:
          'Stop: the step fails, the other items are cancelled. Continue: the item’s result is empty, the error is listed.',
        labels: { stop: 'Stop', collect: 'Continue' },
      }),
  }),
  subtitle: (config) => config.items,
  sample: { results: ['The first result.'], count: 1, failed: 0, errors: [] },
  async run(context, config) {
    const items =
      context.memo === undefined ? itemsOf(await context.evaluate(config.items)) : undefined;
    if (items && items.length > 0) {
      return suspend({
        kind: 'children',
        memo: { started: items.length },
        children: {
          of: { kind: 'body' },
          inputs: items.map((item, index) => ({ item, index })),
          concurrency: config.concurrency,
          failFast: config.onFailure === 'stop',
          round: 0,
        },
      });
    }
    const outcomes = items ? [] : await context.children(0);
    const errors = outcomes.flatMap((one) => (one.ok ? [] : [{ index: one.index, ...one.error }]));
    const [first] = errors.filter(({ code }) => code !== 'cancelled');
    if (config.onFailure === 'stop' && first) {
      throw new StepError('item_failed', `Item ${first.index + 1} failed: ${first.message}`);
    }
    context.note?.(`${outcomes.length} ${outcomes.length === 1 ? 'item' : 'items'}.`);
    return {
      results: outcomes.map((one) => (one.ok ? one.output : null)),
      count: outcomes.length,
      failed: errors.length,
      errors,
    };
  },
});

function itemsOf(value: unknown): unknown[] {
  const items =
    typeof value === 'number' && Number.isInteger(value) && value >= 0
      ? Array.from({ length: Math.min(value, runLimits.items + 1) }, (_, index) => index)
      : value;
  if (!Array.isArray(items)) {
    throw new StepError('invalid_config', 'Items must be a list or a number.');
  }
  if (items.length > runLimits.items) {
    const message = `There are ${items.length} items; at most ${runLimits.items} are allowed.`;
    throw new StepError('too_many_items', message);
  }
  return items;
}

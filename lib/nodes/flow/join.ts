import { z } from 'zod';
import { defineNode } from '../node-type/define-node';

export default defineNode({
  type: 'join',
  kind: 'task',
  title: 'Join',
  summary: 'Waits for all, any or some incoming branches.',
  group: 'Flow',
  icon: 'git-merge',
  aliases: [
    'merge',
    'wait for all',
    'combine',
    'parallel',
    'sync',
    'together',
    'gather',
    'fan in',
    'synchronise',
  ],
  config: z.strictObject({
    wait: z.enum(['all', 'any', 'count']).default('all').meta({
      title: 'Waits for',
      description:
        'All: every branch must finish, otherwise the step is skipped. Any: the first one is enough. A failed branch only counts if its step is set to continue.',
    }),
    count: z
      .int()
      .min(1)
      .max(100)
      .default(2)
      .meta({
        title: 'How many',
        help: 'So many branches must arrive before the run goes on.',
        when: { field: 'wait', is: 'count' },
      }),
    cancelRest: z
      .boolean()
      .default(false)
      .meta({
        title: 'Cancel other branches',
        description: 'Cancels branches that only lead here and are not finished.',
        when: { field: 'wait', is: ['any', 'count'] },
      }),
  }),
  join: ({ wait, count, cancelRest }) => ({
    need: wait === 'all' ? 'all' : wait === 'any' ? 1 : count,
    ...(cancelRest && wait !== 'all' ? { cancelRest } : {}),
  }),
  subtitle: ({ wait, count }) =>
    wait === 'all' ? 'all branches' : wait === 'any' ? 'the first branch' : `${count} branches`,
  sample: {
    count: 1,
    arrived: [{ step: 'search', output: 'What it found.' }],
    outputs: { search: 'What it found.' },
  },
  async run({ arrived, scope, note }) {
    const found = arrived.map((step) => ({ step, output: scope.steps[step]?.output ?? null }));
    note?.(found.length === 0 ? 'No branch led here.' : `Finished: ${arrived.join(', ')}.`);
    return {
      count: found.length,
      arrived: found,
      outputs: Object.fromEntries(found.map(({ step, output }) => [step, output])),
    };
  },
});

import { z } from 'zod';
import { defineNode } from './define-node';

export default defineNode({
  type: 'join',
  kind: 'task',
  title: 'Join',
  summary: 'Goes on when all, one or some of the ways into it have arrived.',
  group: 'Flow',
  icon: 'git-merge',
  config: z.strictObject({
    wait: z.enum(['all', 'any', 'count']).default('all').meta({
      title: 'Waits for',
      description:
        'All: every way must arrive, else it is skipped. Any: the first one. A branch that failed has not arrived unless it goes on all the same.',
    }),
    count: z
      .int()
      .min(1)
      .max(100)
      .default(2)
      .meta({ title: 'How many', when: { field: 'wait', is: 'count' } }),
    cancelRest: z
      .boolean()
      .default(false)
      .meta({
        title: 'Cancel the rest',
        description: 'Ends what only leads here and has not arrived.',
        when: { field: 'wait', is: ['any', 'count'] },
      }),
  }),
  join: ({ wait, count, cancelRest }) => ({
    need: wait === 'all' ? 'all' : wait === 'any' ? 1 : count,
    ...(cancelRest && wait !== 'all' ? { cancelRest } : {}),
  }),
  subtitle: ({ wait, count }) =>
    wait === 'all' ? 'all ways' : wait === 'any' ? 'the first way' : `${count} ways`,
  sample: {
    count: 1,
    arrived: [{ step: 'search', output: 'What it found.' }],
    outputs: { search: 'What it found.' },
  },
  async run({ arrived, scope, note }) {
    const found = arrived.map((step) => ({ step, output: scope.steps[step]?.output ?? null }));
    note?.(found.length === 0 ? 'Nothing led here.' : `Arrived: ${arrived.join(', ')}.`);
    return {
      count: found.length,
      arrived: found,
      outputs: Object.fromEntries(found.map(({ step, output }) => [step, output])),
    };
  },
});

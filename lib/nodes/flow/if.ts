import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { holds } from './condition';

export default defineNode({
  type: 'if',
  kind: 'switch',
  title: 'If',
  summary: 'Takes Then if the condition is true, otherwise Else.',
  group: 'Flow',
  icon: 'git-branch',
  aliases: [
    'condition',
    'branch',
    'else',
    'decision',
    'check',
    'compare',
    'yes no',
    'gateway',
    'filter',
  ],
  config: z.strictObject({
    condition: z
      .string({ error: 'Enter a condition.' })
      .min(1, 'Enter a condition.')
      .max(20_000)
      .meta({
        title: 'Condition',
        description: 'An expression that is true or false, such as input.amount > 100.',
        widget: 'expression',
        condition: true,
      }),
  }),
  ports: [
    { id: 'then', label: 'Then' },
    { id: 'else', label: 'Else' },
  ],
  subtitle: (config) => config.condition,
  sample: { holds: true },
  async choose(context, config) {
    const yes = await holds(context, config.condition);
    return {
      ports: [yes ? 'then' : 'else'],
      output: { holds: yes },
      reason: `${config.condition} is ${yes}.`,
    };
  },
});

import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { operateOn, rowExpression, rowsSetting, sampleRows } from './rows-setting';

export default defineNode({
  type: 'filter',
  kind: 'task',
  title: 'Filter',
  summary: 'Keeps the rows for which a condition is true.',
  group: 'Data',
  icon: 'filter',
  aliases: [
    'where',
    'keep',
    'remove rows',
    'condition',
    'select rows',
    'exclude',
    'search',
    'only',
  ],
  config: z.strictObject({
    rows: rowsSetting(),
    condition: rowExpression({
      title: 'Condition',
      description: 'True or false for each row, such as row.amount > 100.',
      condition: true,
    }).min(1, 'Enter a condition.'),
    keep: z
      .enum(['matching', 'others'])
      .default('matching')
      .meta({
        title: 'Keep',
        help: 'The rows for which the condition is true, or the others.',
        labels: { matching: 'Rows that match', others: 'Rows that do not match' },
      }),
    onProblem: z
      .enum(['fail', 'drop'])
      .default('fail')
      .meta({
        title: 'When a row cannot be checked',
        description: 'For example because a field is missing.',
        labels: { fail: 'Fail the step', drop: 'Leave the row out' },
        advanced: true,
      }),
  }),
  subtitle: (config) => config.condition,
  sample: { ...sampleRows, removed: 2 },
  run: (context, { rows, ...settings }) =>
    operateOn(context, { operation: 'filter', lists: { rows }, settings }),
});

import { z } from 'zod';
import { maxRows } from '@/lib/tables/limits';
import { defineNode } from '../node-type/define-node';
import { operateOn, rowsSetting, sampleRows } from './rows-setting';

export default defineNode({
  type: 'limit',
  kind: 'task',
  title: 'Limit',
  summary: 'Keeps some rows from the start or the end of a list.',
  group: 'Data',
  icon: 'scissors',
  aliases: ['slice', 'top', 'first', 'last', 'take', 'skip', 'head', 'tail', 'page', 'cut'],
  config: z.strictObject({
    rows: rowsSetting(),
    count: z
      .int()
      .min(0)
      .max(maxRows)
      .default(10)
      .meta({ title: 'How many', help: 'At most so many rows are kept.' }),
    from: z
      .enum(['start', 'end'])
      .default('start')
      .meta({
        title: 'From',
        help: 'Keep the first rows or the last ones.',
        labels: { start: 'The start', end: 'The end' },
      }),
    skip: z.int().min(0).max(maxRows).default(0).meta({
      title: 'Skip first',
      description: 'So many rows are left out before, counted from the same side.',
    }),
  }),
  subtitle: (config) => `${config.count} from the ${config.from}`,
  sample: sampleRows,
  run: (context, { rows, ...settings }) =>
    operateOn(context, { operation: 'slice', lists: { rows }, settings }),
});

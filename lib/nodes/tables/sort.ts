import { z } from 'zod';
import { orderings } from '@/lib/tables/order';
import { defineNode } from '../node-type/define-node';
import { fieldName, operateOn, rowId, rowsSetting, sampleRows } from './rows-setting';

const keySchema = z.strictObject({
  id: rowId,
  field: fieldName({
    title: 'Field',
    columns: 'rows',
    description: 'Empty: the items themselves, where they have no fields.',
  }).default(''),
  direction: z
    .enum(['ascending', 'descending'])
    .default('ascending')
    .meta({
      title: 'Order',
      help: 'From small to large and A to Z, or the other way round.',
      labels: {
        ascending: 'Ascending: A to Z, 1 to 9, oldest first',
        descending: 'Descending: Z to A, 9 to 1, newest first',
      },
    }),
  as: z
    .enum(orderings)
    .default('auto')
    .meta({
      title: 'Compare as',
      description: 'Automatic: numbers or dates if all values are, otherwise texts.',
      labels: { auto: 'Automatic', number: 'Numbers', text: 'Texts', date: 'Dates' },
      advanced: true,
    }),
});

export default defineNode({
  type: 'sort',
  kind: 'task',
  title: 'Sort',
  summary: 'Puts rows in order by one or more fields. Empty values come last.',
  group: 'Data',
  icon: 'arrow-down-up',
  aliases: ['order', 'order by', 'arrange', 'rank', 'ascending', 'descending', 'top'],
  config: z.strictObject({
    rows: rowsSetting(),
    keys: z.array(keySchema).min(1, 'Add a field.').max(20).meta({
      title: 'Sort by',
      description: 'The first field counts most; rows that are equal keep their order.',
      widget: 'rows',
    }),
  }),
  subtitle: (config) => config.keys.map(({ field }) => field || 'items').join(', '),
  sample: sampleRows,
  run: (context, { rows, keys }) =>
    operateOn(context, {
      operation: 'sort',
      lists: { rows },
      settings: { keys: keys.map(({ field, direction, as }) => ({ field, direction, as })) },
    }),
});

import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { fieldName, operateOn, requiredField, rowsSetting } from './rows-setting';

export default defineNode({
  type: 'split-out',
  kind: 'task',
  title: 'Split out',
  summary: 'Makes a row of each item of a list that stands in a field.',
  group: 'Data',
  icon: 'rows-3',
  aliases: ['explode', 'unnest', 'flatten', 'unwind', 'list to rows', 'expand', 'unpack'],
  config: z.strictObject({
    rows: rowsSetting(),
    field: requiredField({
      title: 'Field with the list',
      help: 'The field of each row that holds a list, such as items.',
    }),
    as: fieldName({
      title: 'Field for the item',
      description: 'Empty: the item takes the place of the list.',
    }).default(''),
    spread: z.boolean().default(false).meta({
      title: 'Put the item’s fields into the row',
      description: 'For lists of objects. A field of the same name is replaced.',
    }),
    empty: z
      .enum(['drop', 'keep'])
      .default('drop')
      .meta({
        title: 'Rows with an empty list',
        help: 'Leave them out, or keep one row without an item.',
        labels: { drop: 'Leave out', keep: 'Keep, with an empty field' },
      }),
  }),
  subtitle: (config) => config.field,
  sample: { rows: [{ order: 7, item: 'Tea' }], rowCount: 1 },
  run: (context, { rows, field, as, spread, empty }) =>
    operateOn(context, {
      operation: 'splitOut',
      lists: { rows },
      settings: { field, as: as || field, spread, empty },
    }),
});

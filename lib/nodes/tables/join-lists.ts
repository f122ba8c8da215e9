import { z } from 'zod';
import { comparisons } from '@/lib/tables/keys';
import { defineNode } from '../node-type/define-node';
import { fieldName, operateOn, requiredField, rowId, rowsSetting } from './rows-setting';

const keySchema = z.strictObject({
  id: rowId,
  left: requiredField({
    title: 'Field of the rows',
    columns: 'rows',
    help: 'The field of the first list that is compared, such as customer_id.',
  }),
  right: fieldName({
    title: 'Field of the other rows',
    columns: 'others',
    description: 'Empty: the same name.',
  }).default(''),
});

export default defineNode({
  type: 'join-lists',
  kind: 'task',
  title: 'Join two lists',
  summary: 'Puts rows of two lists side by side where a field is the same.',
  group: 'Data',
  icon: 'combine',
  aliases: [
    'vlookup',
    'lookup',
    'combine',
    'merge',
    'xlookup',
    'match',
    'enrich',
    'inner join',
    'left join',
  ],
  config: z.strictObject({
    rows: rowsSetting(),
    others: rowsSetting('Other rows', ' Their fields are added to the rows.'),
    keys: z.array(keySchema).min(1, 'Add a field.').max(10).meta({
      title: 'Match where the same',
      description: 'Empty values match nothing.',
      widget: 'rows',
    }),
    keep: z
      .enum(['matching', 'left', 'all'])
      .default('left')
      .meta({
        title: 'Keep',
        help: 'Which rows stay: those with a match, all of the first list, or all of both.',
        labels: {
          matching: 'Only rows that match (inner join)',
          left: 'All rows, others only where they match (left join)',
          all: 'All rows of both lists (full join)',
        },
      }),
    matches: z
      .enum(['all', 'first'])
      .default('all')
      .meta({
        title: 'If several others match',
        help: 'Take the first match, or make a row for each of them.',
        labels: { all: 'One row for each of them', first: 'Take the first' },
      }),
    compare: z
      .enum(comparisons)
      .default('text')
      .meta({
        title: 'Compare',
        help: 'When two values are the same: exactly, as texts, or without case and spaces.',
        labels: {
          exact: 'Exactly',
          text: 'As text: 12 and “12” are the same',
          loose: 'As text, without case and spaces around it',
        },
      }),
    clash: z
      .enum(['suffix', 'left', 'right'])
      .default('suffix')
      .meta({
        title: 'Fields of the same name',
        help: 'What happens when both rows have a field of the same name.',
        labels: {
          suffix: 'Keep both: the other one gets an ending',
          left: 'Keep that of the rows',
          right: 'Take that of the other rows',
        },
        advanced: true,
      }),
    suffix: z
      .string()
      .min(1)
      .max(40)
      .default('_2')
      .meta({
        title: 'Ending',
        help: 'Added to the names of fields from the other rows.',
        when: { field: 'clash', is: 'suffix' },
        advanced: true,
      }),
  }),
  subtitle: (config) => config.keys.map(({ left }) => left).join(', '),
  sample: { rows: [{ customer: 'Ada', amount: 120, city: 'Oslo' }], rowCount: 1, matched: 1 },
  run: (context, { rows, others, keys, ...settings }) =>
    operateOn(context, {
      operation: 'join',
      lists: { rows, others },
      settings: {
        ...settings,
        keys: keys.map(({ left, right }) => ({ left, right: right || left })),
      },
    }),
});

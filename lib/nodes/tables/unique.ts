import { z } from 'zod';
import { comparisons } from '@/lib/tables/keys';
import { defineNode } from '../node-type/define-node';
import { operateOn, requiredField, rowId, rowsSetting, sampleRows } from './rows-setting';

export default defineNode({
  type: 'unique',
  kind: 'task',
  title: 'Unique',
  summary: 'Removes rows that are the same, in some fields or in all.',
  group: 'Data',
  icon: 'copy-minus',
  aliases: ['dedupe', 'duplicates', 'remove duplicates', 'distinct', 'deduplicate'],
  config: z.strictObject({
    rows: rowsSetting(),
    fields: z
      .array(
        z.strictObject({
          id: rowId,
          field: requiredField({
            title: 'Field',
            columns: 'rows',
            help: 'A field that counts when two rows are compared.',
          }),
        }),
      )
      .max(20)
      .default([])
      .meta({
        title: 'Fields that count',
        description: 'None: all fields.',
        widget: 'rows',
      }),
    keep: z
      .enum(['first', 'last'])
      .default('first')
      .meta({
        title: 'Keep',
        help: 'The first of equal rows, or the last one.',
        labels: { first: 'The first row', last: 'The last row' },
      }),
    compare: z
      .enum(comparisons)
      .default('exact')
      .meta({
        title: 'Compare',
        help: 'When two values are the same: exactly, as texts, or without case and spaces.',
        labels: {
          exact: 'Exactly',
          text: 'As text: 12 and “12” are the same',
          loose: 'As text, without case and spaces around it',
        },
      }),
  }),
  subtitle: (config) => config.fields.map(({ field }) => field).join(', ') || 'all fields',
  sample: { ...sampleRows, removed: 1 },
  run: (context, { rows, fields, keep, compare }) =>
    operateOn(context, {
      operation: 'unique',
      lists: { rows },
      settings: { fields: fields.map(({ field }) => field), keep, compare },
    }),
});

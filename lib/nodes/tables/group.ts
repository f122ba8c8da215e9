import { z } from 'zod';
import { type GroupSettings, summaries } from '@/lib/tables/operations/group';
import { defineNode } from '../node-type/define-node';
import { fieldName, operateOn, requiredField, rowId, rowsSetting } from './rows-setting';

const keySchema = z.strictObject({
  id: rowId,
  field: requiredField({
    title: 'Field',
    columns: 'rows',
    help: 'A field whose values make the groups, such as region.',
  }),
});

const summarySchema = z.strictObject({
  id: rowId,
  summary: z
    .enum(summaries)
    .default('count')
    .meta({
      title: 'Compute',
      help: 'What is worked out for each group: a count, sum, average and more.',
      labels: {
        count: 'Count',
        sum: 'Sum',
        average: 'Average',
        min: 'Smallest',
        max: 'Largest',
        first: 'First value',
        last: 'Last value',
        list: 'List of values',
        unique: 'Count of different values',
      },
    }),
  field: fieldName({
    title: 'Of field',
    columns: 'rows',
    description: 'Empty values are left out. Count without a field counts rows.',
  }).default(''),
  name: fieldName({
    title: 'Name of the result',
    description: 'Empty: named after both, such as sum_amount.',
  }).default(''),
});

type SummaryRow = z.infer<typeof summarySchema>;

const nameOf = ({ summary, field, name }: Pick<SummaryRow, 'summary' | 'field' | 'name'>) =>
  name || (field === '' ? summary : `${summary}_${field}`);

function namesOf(config: { keys: { field: string }[]; summaries: SummaryRow[] }): string[] {
  return [...config.keys.map(({ field }) => field), ...config.summaries.map(nameOf)];
}

export default defineNode({
  type: 'group',
  kind: 'task',
  title: 'Group and summarise',
  summary: 'Makes one row for each group, with counts, sums, averages and more.',
  group: 'Data',
  icon: 'group',
  aliases: [
    'pivot',
    'summarise',
    'summarize',
    'aggregate',
    'count',
    'sum',
    'average',
    'total',
    'group by',
    'statistics',
    'report',
    'subtotal',
    'min',
    'max',
  ],
  config: z
    .strictObject({
      rows: rowsSetting(),
      keys: z.array(keySchema).max(10).default([]).meta({
        title: 'Group by',
        description: 'Rows with the same values are one group. None: all rows are one group.',
        widget: 'rows',
      }),
      summaries: z.array(summarySchema).max(50).default([]).meta({
        title: 'Summaries',
        description: 'Sums are exact, to the last digit.',
        widget: 'rows',
      }),
    })
    .check(({ value, issues }) => {
      const issue = (path: (string | number)[], message: string) =>
        issues.push({ code: 'custom', input: value, path, message });
      if (value.keys.length + value.summaries.length === 0)
        issue(['keys'], 'Add a field to group by, or a summary.');
      for (const [index, { summary, field }] of value.summaries.entries())
        if (summary !== 'count' && field === '')
          issue(['summaries', index, 'field'], 'Enter the name of a field.');
      const names = namesOf(value);
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) issue(['summaries'], `Two results are named “${twice}”.`);
    }),
  subtitle: (config) => namesOf(config).join(', '),
  sample: { rows: [{ customer: 'Ada', sum_amount: 120 }], rowCount: 1 },
  run: (context, { rows, ...config }) => {
    const settings: GroupSettings = {
      keys: config.keys.map(({ field }) => field),
      summaries: config.summaries.map(({ summary, field, name }) => ({
        summary,
        field,
        name: nameOf({ summary, field, name }),
      })),
    };
    return operateOn(context, { operation: 'group', lists: { rows }, settings });
  },
});

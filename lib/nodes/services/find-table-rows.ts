import { z } from 'zod';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode } from '../node-type/define-node';
import { sampleWritten, selectionOf, selectionSettings, tableSetting } from './table-settings';

export default defineNode({
  type: 'find-table-rows',
  kind: 'task',
  title: 'Find table rows',
  summary: 'Reads rows of a table of the workspace, filtered and sorted.',
  group: 'Data',
  icon: 'search',
  aliases: [
    'select',
    'query',
    'lookup',
    'get rows',
    'read table',
    'database',
    'data table',
    'search',
  ],
  config: z.strictObject({
    table: tableSetting(),
    ...selectionSettings,
    sort: z
      .array(
        z.strictObject({
          id: elementIdSchema,
          column: z.string().min(1, 'Enter the name of a column.').max(60).meta({
            title: 'Column',
            help: 'The column by which rows are sorted.',
            columns: 'table',
          }),
          order: z
            .enum(['up', 'down'])
            .default('up')
            .meta({
              title: 'Order',
              help: 'From small to large, or the other way round.',
              labels: { up: 'Smallest first', down: 'Largest first' },
            }),
        }),
      )
      .max(5)
      .default([])
      .meta({ title: 'Sort by', help: 'The first column counts most.', widget: 'rows' }),
    limit: z.int().min(1).max(5_000).default(100).meta({ title: 'At most', description: 'Rows.' }),
  }),
  subtitle: (config) => config.table,
  sample: { rows: sampleWritten.rows, rowCount: 1 },
  async run(context, { table, sort, limit, ...config }) {
    const select = await selectionOf(context, config);
    const by = sort.map(({ column, order }) => ({ column, descending: order === 'down' }));
    const call = { do: 'find' as const, table, select, sort: by, limit };
    const { rows, rowCount } = await context.service('table', call);
    return { rows, rowCount };
  },
});

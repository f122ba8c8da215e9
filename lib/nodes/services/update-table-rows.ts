import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { rowsOf, rowsSettings, sampleWritten, tableSetting, writeTable } from './table-settings';

export default defineNode({
  type: 'update-table-rows',
  kind: 'task',
  title: 'Update table rows',
  summary: 'Changes rows of a table that are found by one column, and adds those that are missing.',
  group: 'Data',
  outward: 'This changes the table.',
  icon: 'table-properties',
  aliases: [
    'upsert',
    'change',
    'edit row',
    'set',
    'save',
    'database',
    'data table',
    'merge',
    'state',
  ],
  config: z.strictObject({
    table: tableSetting(),
    key: z
      .string({ error: 'Enter the name of a column.' })
      .min(1, 'Enter the name of a column.')
      .max(60)
      .meta({
        title: 'Find rows by',
        description: 'The column whose value says which row is meant, such as email.',
        placeholder: 'email',
      }),
    missing: z
      .enum(['add', 'skip'])
      .default('add')
      .meta({
        title: 'Rows that are not there',
        help: 'What happens with a row for which the table has none yet.',
        labels: { add: 'Add them', skip: 'Leave out' },
      }),
    ...rowsSettings,
  }),
  subtitle: (config) => config.table,
  sample: { ...sampleWritten, added: 0, updated: 1 },
  async run(context, { table, key, missing, extra, ...config }) {
    const rows = await rowsOf(context, config);
    const many = rows.length === 1 ? '1 row was' : `${rows.length} rows were`;
    return writeTable(
      context,
      { do: 'update', table, key, rows, extra, add: missing === 'add' },
      `${many} not written to “${table}”.`,
    );
  },
});

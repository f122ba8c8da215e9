import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { rowsOf, rowsSettings, sampleWritten, tableSetting, writeTable } from './table-settings';

export default defineNode({
  type: 'add-table-rows',
  kind: 'task',
  title: 'Add table rows',
  summary: 'Adds one row or a list of rows to a table of the workspace.',
  group: 'Data',
  outward: 'This changes the table.',
  icon: 'table',
  aliases: [
    ...['insert', 'append', 'save', 'store', 'database', 'data table', 'remember', 'state'],
    ...['google sheets', 'airtable', 'create record'],
  ],
  config: z.strictObject({ table: tableSetting(), ...rowsSettings }),
  subtitle: (config) => config.table,
  sample: sampleWritten,
  async run(context, { table, extra, ...config }) {
    const rows = await rowsOf(context, config);
    const many = rows.length === 1 ? '1 row was' : `${rows.length} rows were`;
    return writeTable(
      context,
      { do: 'add', table, rows, extra },
      `${many} not added to “${table}”.`,
    );
  },
});

import { z } from 'zod';
import { defineNode, StepError } from '../node-type/define-node';
import {
  sampleWritten,
  selectionOf,
  selectionSettings,
  tableSetting,
  writeTable,
} from './table-settings';

export default defineNode({
  type: 'delete-table-rows',
  kind: 'task',
  title: 'Delete table rows',
  summary: 'Deletes the rows of a table that match conditions.',
  group: 'Data',
  outward: 'This changes the table.',
  icon: 'copy-minus',
  aliases: ['remove', 'clear', 'delete row', 'database', 'data table'],
  config: z.strictObject({
    table: tableSetting(),
    ...selectionSettings,
    all: z.boolean().default(false).meta({
      title: 'Without conditions, delete all rows',
      description: 'Off: a step without conditions fails.',
      advanced: true,
    }),
  }),
  subtitle: (config) => config.table,
  sample: { ...sampleWritten, added: 0, deleted: 1 },
  async run(context, { table, all, ...config }) {
    if (config.conditions.length === 0 && !all) {
      throw new StepError(
        'no_conditions',
        'Add a condition: without one, all rows would be deleted.',
      );
    }
    const select = await selectionOf(context, config);
    return writeTable(
      context,
      { do: 'delete', table, select },
      `no rows of “${table}” were deleted.`,
    );
  },
});

import { z } from 'zod';
import { defineNode } from '../node-type/define-node';
import { operateOn, requiredField, rowId, rowsSetting } from './rows-setting';

export default defineNode({
  type: 'write-data',
  kind: 'task',
  title: 'Write data',
  summary: 'Writes rows as CSV, JSON, a Markdown table or an HTML table.',
  group: 'Data',
  icon: 'file-output',
  aliases: [
    'csv',
    'export',
    'to csv',
    'to json',
    'html table',
    'markdown table',
    'stringify',
    'format',
    'excel',
    'serialize',
  ],
  config: z.strictObject({
    rows: rowsSetting(),
    format: z
      .enum(['csv', 'json', 'jsonl', 'markdown', 'html'])
      .default('csv')
      .meta({
        title: 'Format',
        description: 'Spreadsheet programs open CSV.',
        labels: {
          csv: 'CSV',
          json: 'JSON',
          jsonl: 'JSON lines',
          markdown: 'Markdown table',
          html: 'HTML table',
        },
      }),
    fields: z
      .array(
        z.strictObject({
          id: rowId,
          field: requiredField({
            title: 'Field',
            help: 'The name of the field, as it stands in the rows.',
          }),
        }),
      )
      .max(200)
      .default([])
      .meta({
        title: 'Fields',
        description: 'Only these, in this order. None: all fields.',
        widget: 'rows',
      }),
    delimiter: z
      .enum(['comma', 'semicolon', 'tab', 'pipe'])
      .default('comma')
      .meta({
        title: 'Delimiter',
        description: 'Excel in much of Europe expects semicolons.',
        when: { field: 'format', is: 'csv' },
      }),
    heading: z
      .boolean()
      .default(true)
      .meta({
        title: 'Header row',
        help: 'Whether the first line holds the names of the fields.',
        when: { field: 'format', is: 'csv' },
      }),
    protect: z
      .boolean()
      .default(true)
      .meta({
        title: 'Protect from formulas',
        description:
          'Texts that a spreadsheet would run as a formula (=, +, −, @) get an apostrophe in front.',
        when: { field: 'format', is: 'csv' },
        advanced: true,
      }),
    indent: z
      .boolean()
      .default(false)
      .meta({
        title: 'Indent',
        help: 'Spreads JSON over several lines, for people.',
        when: { field: 'format', is: 'json' },
      }),
  }),
  subtitle: (config) => config.format,
  sample: { text: 'customer,amount\r\nAda,120\r\n', rowCount: 1, mediaType: 'text/csv' },
  run: (context, { rows, fields, ...settings }) =>
    operateOn(context, {
      operation: 'write',
      lists: { rows },
      settings: { ...settings, fields: fields.map(({ field }) => field) },
    }),
});

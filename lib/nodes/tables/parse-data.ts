import { z } from 'zod';
import { maxHeadingRow, readSettings } from '@/lib/files/read-settings';
import { defineNode } from '../node-type/define-node';
import { operateOn, rowsSetting, sampleRows } from './rows-setting';

const isTable = { field: 'format', is: ['csv', 'markdown', 'html'] };

export default defineNode({
  type: 'parse-data',
  kind: 'task',
  title: 'Parse data',
  summary: 'Reads JSON, CSV, a Markdown table or an HTML table out of a text.',
  group: 'Data',
  icon: 'braces',
  aliases: [
    'json',
    'parse',
    'read json',
    'csv',
    'html',
    'table',
    'scrape',
    'xml',
    'decode',
    'deserialize',
  ],
  config: z.strictObject({
    text: rowsSetting().min(1, 'Choose a text.').meta({
      title: 'Text',
      description: 'A text from an earlier step, such as steps.http.output.body.',
      widget: 'expression',
      prefill: 'text',
    }),
    format: z
      .enum(['json', 'jsonl', 'csv', 'markdown', 'html'])
      .default('json')
      .meta({
        title: 'Format',
        help: 'What the text holds.',
        labels: {
          json: 'JSON',
          jsonl: 'JSON lines',
          csv: 'Table (CSV, TSV)',
          markdown: 'Markdown table',
          html: 'HTML table',
        },
      }),
    delimiter: readSettings.delimiter.default('auto').meta({
      title: 'Delimiter',
      description: 'The character between two cells.',
      when: { field: 'format', is: 'csv' },
    }),
    headingRow: z
      .int()
      .min(0)
      .max(maxHeadingRow)
      .default(1)
      .meta({
        title: 'Header row',
        description: 'The row with the column names; rows above it are skipped. 0: no header.',
        when: { field: 'format', is: 'csv' },
      }),
    table: z
      .int()
      .min(1)
      .max(1_000)
      .default(1)
      .meta({
        title: 'Which table',
        description: 'Counted from the top of the page.',
        when: { field: 'format', is: 'html' },
      }),
    numbers: readSettings.numbers.default('plain').meta({
      title: 'Numbers',
      description: 'Codes such as 007 and ids of more than 15 digits stay text.',
      labels: {
        plain: '1234.5',
        point: '1,234.5',
        comma: '1.234,5',
        text: 'Off: all cells are text',
      },
      when: isTable,
    }),
  }),
  subtitle: (config) => config.format,
  sample: { ...sampleRows, columns: ['customer', 'amount'] },
  run: (context, { text, ...settings }) =>
    operateOn(context, { operation: 'parse', lists: { text }, settings }),
});

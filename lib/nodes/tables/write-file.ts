import { z } from 'zod';
import { sizeProblem } from '@/lib/files/file-limits';
import { fileTypes } from '@/lib/files/file-types';
import { outputName } from '@/lib/files/output-name';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, type NodeContext, StepError } from '../node-type/define-node';
import { requiredField } from './rows-setting';

const endings = { text: 'txt', markdown: 'md', json: 'json', csv: 'csv', xlsx: 'xlsx' } as const;
const isText = { field: 'format', is: ['text', 'markdown'] };
const isTable = { field: 'format', is: ['csv', 'xlsx'] };

const configSchema = z
  .strictObject({
    name: z.string({ error: 'Enter a name.' }).min(1, 'Enter a name.').max(2_000).meta({
      title: 'Name',
      description:
        'Such as orders {{ run.startedAt.substring(0, 10) }}. The ending follows the format.',
      placeholder: 'report',
      widget: 'template',
    }),
    format: z
      .enum(['text', 'markdown', 'json', 'csv', 'xlsx'])
      .default('text')
      .meta({
        title: 'Format',
        help: 'What kind of file it becomes.',
        labels: {
          text: 'Text',
          markdown: 'Markdown',
          json: 'JSON',
          csv: 'Table (CSV)',
          xlsx: 'Workbook (Excel)',
        },
      }),
    content: z.string().max(100_000).default('').meta({
      title: 'Content',
      description: 'What stands in the file.',
      widget: 'prompt',
      when: isText,
    }),
    rows: z
      .string()
      .max(20_000)
      .default('')
      .meta({
        title: 'Rows',
        description:
          'A list from an earlier step, such as steps.read_file.output.rows; for JSON any value.',
        widget: 'expression',
        prefill: 'rows',
        when: { field: 'format', is: ['json', 'csv', 'xlsx'] },
      }),
    fields: z
      .array(
        z.strictObject({
          id: elementIdSchema,
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
        when: isTable,
      }),
    heading: z.boolean().default(true).meta({
      title: 'Header row',
      help: 'Whether the first row holds the names of the fields.',
      when: isTable,
    }),
    sheet: z
      .string()
      .max(200)
      .default('')
      .meta({
        title: 'Sheet',
        help: 'The name of the workbook’s sheet. Empty: Sheet1.',
        widget: 'template',
        when: { field: 'format', is: 'xlsx' },
        advanced: true,
      }),
    dates: z
      .boolean()
      .default(true)
      .meta({
        title: 'Dates as dates',
        description: 'Texts such as 2026-05-01 become dates that Excel calculates with.',
        when: { field: 'format', is: 'xlsx' },
        advanced: true,
      }),
    delimiter: z
      .enum(['comma', 'semicolon', 'tab', 'pipe'])
      .default('comma')
      .meta({
        title: 'Delimiter',
        description: 'Excel in much of Europe expects semicolons.',
        when: { field: 'format', is: 'csv' },
        advanced: true,
      }),
    mark: z
      .boolean()
      .default(true)
      .meta({
        title: 'Mark as UTF-8',
        description: 'Excel needs the mark at the beginning to show letters such as ä and é.',
        when: { field: 'format', is: 'csv' },
        advanced: true,
      }),
    protect: z.boolean().default(true).meta({
      title: 'Protect from formulas',
      description: 'Texts that a spreadsheet would run as a formula (=, +, −, @) stay texts.',
      when: isTable,
      advanced: true,
    }),
    indent: z
      .boolean()
      .default(true)
      .meta({
        title: 'Indent',
        help: 'Spreads JSON over several lines, for people.',
        when: { field: 'format', is: 'json' },
        advanced: true,
      }),
  })
  .check(({ value, issues }) => {
    const needed = value.format !== 'text' && value.format !== 'markdown';
    if (!needed || value.rows.trim() !== '') return;
    issues.push({ code: 'custom', input: value, path: ['rows'], message: 'Choose a list.' });
  });
type Config = z.infer<typeof configSchema>;

export default defineNode({
  type: 'write-file',
  kind: 'task',
  title: 'Write file',
  summary: 'Makes a file of a text or of rows: text, Markdown, JSON, CSV or Excel.',
  group: 'Data',
  icon: 'file-plus',
  aliases: [
    ...['file', 'save', 'save file', 'create file', 'export', 'excel', 'xlsx', 'csv', 'download'],
    ...['spreadsheet', 'workbook', 'attachment', 'report', 'convert to file', 'generate file'],
  ],
  config: configSchema,
  subtitle: (config) => config.name,
  sample: {
    id: '7b0b5f0e-6c1f-4c0a-9a56-0f3f6f0f2c11',
    name: 'report.csv',
    mediaType: 'text/csv',
    size: 1_024,
  },
  async run(context, config) {
    const name = outputName(await context.render(config.name), endings[config.format]);
    const made = await contentOf(context, config);
    const tooLarge = sizeProblem(name, made.bytes.byteLength);
    if (tooLarge !== undefined) throw new StepError('file_too_large', tooLarge);
    const mediaType = fileTypes[endings[config.format]]?.mediaType ?? 'text/plain';
    const saved = await context.saveFile({ name, mediaType, bytes: made.bytes }, 'file');
    return made.rowCount === undefined ? saved : { ...saved, rowCount: made.rowCount };
  },
});

type Made = { bytes: Uint8Array; rowCount?: number };

async function contentOf(context: NodeContext, config: Config): Promise<Made> {
  const { format, rows, heading, protect, delimiter, indent, dates } = config;
  const fields = config.fields.map(({ field }) => field);
  const lists = { rows };
  switch (format) {
    case 'text':
    case 'markdown':
      return { bytes: encoded(await context.render(config.content)) };
    case 'xlsx': {
      const sheet = await context.render(config.sheet);
      const settings = { fields, heading, protect, dates, sheet };
      const { output, note } = await context.table({ operation: 'workbook', lists, settings });
      if (note !== undefined) context.note?.(note);
      const { bytes } = output;
      if (!(bytes instanceof Uint8Array)) throw new Error('the workbook has no bytes');
      return { bytes, rowCount: Number(output.rowCount) };
    }
    case 'json':
    case 'csv': {
      const settings = { format, delimiter, heading, protect, indent, fields };
      const { output } = await context.table({ operation: 'write', lists, settings });
      const mark = format === 'csv' && config.mark ? '\ufeff' : '';
      const bytes = encoded(`${mark}${String(output.text)}`);
      return { bytes, rowCount: Number(output.rowCount) };
    }
  }
}

const encoded = (text: string) => new TextEncoder().encode(text);

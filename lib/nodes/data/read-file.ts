import { z } from 'zod';
import { encodingLabels } from '@/lib/files/encodings';
import { sizeProblem } from '@/lib/files/file-limits';
import { maxHeadingRow, readSettings } from '@/lib/files/read-settings';
import { defineNode, StepError } from '../node-type/define-node';

const isTable = { field: 'format', is: ['auto', 'csv'] };

export default defineNode({
  type: 'read-file',
  kind: 'task',
  title: 'Read file',
  summary: 'Reads a table (Excel, CSV), a document (PDF, Word, PowerPoint), JSON or text.',
  group: 'Data',
  icon: 'file-text',
  aliases: [
    'file',
    'csv',
    'excel',
    'spreadsheet',
    'xlsx',
    'pdf',
    'word',
    'docx',
    'powerpoint',
    'slides',
    'contract',
    'tsv',
    'import',
    'upload',
    'open',
    'document',
    'load',
    'table',
    'json file',
  ],
  config: z.strictObject({
    file: z.string({ error: 'Choose a file.' }).min(1, 'Choose a file.').max(2_000).meta({
      title: 'File',
      description: 'Choose a file, or take it from the run’s input.',
      widget: 'file',
    }),
    format: readSettings.format.default('auto').meta({
      title: 'Format',
      description: 'Auto: detected from the file’s name and type.',
      labels: {
        csv: 'Table (CSV, TSV)',
        json: 'JSON',
        jsonl: 'JSON lines',
        workbook: 'Workbook (Excel)',
        document: 'Document (PDF, Word and others)',
      },
    }),
    sheet: z
      .string()
      .max(200)
      .default('')
      .meta({
        title: 'Sheet',
        description: 'The name of a workbook’s sheet. Empty: the first that holds anything.',
        widget: 'template',
        when: { field: 'format', is: ['auto', 'workbook'] },
      }),
    encoding: readSettings.encoding.default('auto').meta({
      title: 'Encoding',
      description: 'Auto: detected from the file’s content.',
      labels: encodingLabels,
      advanced: true,
    }),
    delimiter: readSettings.delimiter.default('auto').meta({
      title: 'Delimiter',
      description: 'The character between two cells.',
      when: isTable,
      advanced: true,
    }),
    headingRow: z.int().min(0).max(maxHeadingRow).default(1).meta({
      title: 'Header row',
      description: 'The row with the column names; rows above it are skipped. 0: no header.',
      when: isTable,
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
  subtitle: (config) => config.file,
  sample: {
    name: 'sales.csv',
    format: 'csv',
    columns: ['month', 'units'],
    rows: [{ month: '2026-01', units: 3 }],
    rowCount: 1,
  },
  async run(context, config) {
    const reference = (await context.render(config.file)).trim();
    const file = await context.file(reference);
    const tooLarge = sizeProblem(file.name, file.bytes.byteLength);
    if (tooLarge !== undefined) throw new StepError('file_too_large', tooLarge);
    const sheet = await context.render(config.sheet);
    const read = await context.read(file, { ...config, sheet });
    if (!read.ok) throw new StepError(read.code, `"${file.name}": ${read.problem}`);
    if (read.encoding !== undefined && read.encoding !== 'utf-8')
      context.note?.(`Read as ${encodingLabels[read.encoding]}.`);
    return { name: file.name, format: read.format, ...read.content };
  },
});

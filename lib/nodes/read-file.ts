import { z } from 'zod';
import { decodeText } from '@/lib/files/decode-text';
import { formatOf } from '@/lib/files/format-of';
import { parseCsv } from '@/lib/files/parse-csv';
import { parseJsonFile } from '@/lib/files/parse-json-file';
import { defineNode, StepError } from './define-node';

const largest = 8 * 1_048_576;

export default defineNode({
  type: 'read-file',
  kind: 'task',
  title: 'Read file',
  summary: 'Reads a CSV, JSON or text file.',
  group: 'Data',
  icon: 'file-text',
  config: z.strictObject({
    file: z.string({ error: 'Choose a file.' }).min(1, 'Choose a file.').max(2_000).meta({
      title: 'File',
      description: 'A file of the workspace, sample:sales.csv, or {{ input.file }}.',
      widget: 'file',
    }),
    format: z.enum(['auto', 'csv', 'json', 'text']).default('auto').meta({
      title: 'Format',
      description: 'Auto goes by the file’s name and type.',
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
    const reference = context.render(config.file).trim();
    const file = await context.file(reference);
    if (file.bytes.byteLength > largest) {
      throw new StepError('file_too_large', `"${file.name}" is larger than 8 MB.`);
    }
    const format = config.format === 'auto' ? formatOf(file) : config.format;
    const text = decodeText(file.bytes);
    if (text === undefined)
      throw new StepError('file_not_text', `"${file.name}" is not a UTF-8 text file.`);
    if (format === 'text') return { name: file.name, format, text };
    const read = format === 'csv' ? parseCsv(text) : parseJsonFile(text);
    if (!read.ok) throw new StepError('file_unreadable', `"${file.name}": ${read.problem}`);
    return { name: file.name, format, ...read.content };
  },
});

import { decodeText } from './decode-text';
import type { Encoding } from './encodings';
import type { FileFormat } from './file-types';
import { formatOf } from './format-of';
import { parseCsv, type Table, type TableSettings } from './parse-csv';
import { type JsonContent, parseJsonFile, parseJsonLines } from './parse-json-file';

export type ReadSettings = TableSettings & {
  format?: FileFormat | 'auto';
  encoding?: Encoding | 'auto';
  /** Of a workbook; the first that holds anything where none is named. */
  sheet?: string;
};
export type ReadContent =
  | Table
  | (Table & { sheet: string; sheets: string[] })
  | JsonContent
  | { text: string }
  | { text: string; pages: string[] };
export type ReadFile =
  | {
      ok: true;
      format: FileFormat;
      /** Absent of documents, which are no text. */
      encoding?: Encoding;
      delimiter?: string;
      content: ReadContent;
    }
  | { ok: false; code: 'file_not_text' | 'file_unreadable'; problem: string };

const pictureWords =
  'It is a picture, which holds no text to read. Give it to an Agent or a Model call under “Files”: models that see look at it.';

/** What a step reads out of a file's bytes, and what a preview shows: one reading for both. Never throws. */
export function readTextFile(
  file: { name: string; mediaType: string; bytes: Uint8Array },
  settings: ReadSettings = {},
): ReadFile {
  const { format: wanted = 'auto', encoding = 'auto' } = settings;
  const format = wanted === 'auto' ? formatOf(file) : wanted;
  if (formatOf(file) === 'picture' || format === 'picture') {
    return { ok: false, code: 'file_not_text', problem: pictureWords };
  }
  if (format === 'workbook' || format === 'document') {
    const problem = `It is read as text here, and it is ${format === 'workbook' ? 'a workbook' : 'a document'}.`;
    return { ok: false, code: 'file_not_text', problem };
  }
  const decoded = decodeText(file.bytes, encoding);
  if (!decoded.ok) return { ok: false, code: 'file_not_text', problem: decoded.problem };
  const { text } = decoded;
  const common = { ok: true as const, format, encoding: decoded.encoding };
  if (format === 'text') return { ...common, content: { text } };
  if (format === 'csv') {
    const table = parseCsv(text, settings);
    if (!table.ok) return { ok: false, code: 'file_unreadable', problem: table.problem };
    return { ...common, delimiter: table.delimiter, content: table.content };
  }
  const read = format === 'json' ? parseJsonFile(text) : parseJsonLines(text);
  if (!read.ok) return { ok: false, code: 'file_unreadable', problem: read.problem };
  return { ...common, content: read.content };
}

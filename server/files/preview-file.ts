import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Cell } from '@/lib/files/cell-values';
import type { previewFile as contract } from '@/lib/files/contract';
import { isDocument } from '@/lib/files/file-types';
import type { Row } from '@/lib/files/parse-csv';
import {
  type ReadContent,
  type ReadFile,
  type ReadSettings,
  readTextFile,
} from '@/lib/files/read-text-file';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { readWorkspaceFile } from '@/server/runs/worker/resources';
import type { Services } from '@/server/services';
import { readFile } from './read-file';

const maxBytes = 1_048_576;
const maxRows = 20;
const maxColumns = 40;
const maxCharacters = 200;
const maxText = 2_000;

/**
 * What the Read file step reads from a file with these settings: the same reading, of its first megabyte. Throws
 * `not_found` where there is no such file.
 */
export async function previewFile(
  services: Pick<Services, 'pool' | 'computation' | 'documents'>,
  actor: Pick<Actor, 'workspaceId'>,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { file: reference, ...settings } = query;
  const file = await readWorkspaceFile(services.pool, actor.workspaceId, reference).catch(
    (error: unknown) => {
      if (StepError.isInstance(error)) throw new AppError('not_found', error.message);
      throw error;
    },
  );
  if (isDocument(file.name)) {
    const read = await readFile(services, file, settings, actor.workspaceId);
    return { name: file.name, ...shown(read, settings, false) };
  }
  const cut = file.bytes.byteLength > maxBytes;
  const bytes = cut ? wholeLines(file.bytes.subarray(0, maxBytes)) : file.bytes;
  const how = { ...settings, ...(cut ? { most: maxRows } : {}) };
  return { name: file.name, ...shown(readTextFile({ ...file, bytes }, how), settings, cut) };
}

/** Up to the last line end, so that neither a character nor, mostly, a row is cut through. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(10) + 1;
  const wide = bytes[0] === 0xff || bytes[end] === 0;
  return end < bytes.length / 2 ? bytes : bytes.subarray(0, end + (wide && end % 2 === 1 ? 1 : 0));
}

function shown(
  read: ReadFile,
  settings: ReadSettings,
  cut: boolean,
): Omit<ResultOf<typeof contract>, 'name'> {
  const nothing = {
    ...{ delimiter: null, columns: [], rows: [], rowCount: null, text: null },
    ...{ sheets: null, pages: null },
  };
  if (!read.ok) {
    return { ...nothing, format: settings.format ?? 'auto', encoding: null, problem: read.problem };
  }
  return {
    ...nothing,
    format: read.format,
    encoding: read.encoding ?? null,
    delimiter: read.delimiter ?? null,
    ...contentOf(read.content, cut),
    problem: null,
  };
}

function contentOf(content: ReadContent, cut: boolean) {
  if ('text' in content) {
    const text = content.text.slice(0, maxText);
    return 'pages' in content ? { text, pages: content.pages.length } : { text };
  }
  const rowCount = cut || content.rowCount === undefined ? null : content.rowCount;
  if (!('columns' in content)) {
    return { rowCount, text: JSON.stringify(content.value, null, 2).slice(0, maxText) };
  }
  const columns = content.columns.slice(0, maxColumns);
  const rows = content.rows.slice(0, maxRows).map((row) => columns.map((name) => short(row, name)));
  return { columns, rows, rowCount, ...('sheets' in content ? { sheets: content.sheets } : {}) };
}

function short(row: Row, name: string): Cell {
  const value = row[name] ?? null;
  if (typeof value !== 'string' || value.length <= maxCharacters) return value;
  return `${value.slice(0, maxCharacters)}…`;
}

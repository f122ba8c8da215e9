import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { connectionUseSchema } from '@/lib/connections/contract';
import { fileNameSchema } from '@/lib/names/schema';
import { documentLimits } from './documents/schema';
import { fileKindNames } from './file-kinds';
import { maxHeadingRow, readSettings } from './read-settings';

const tag = 'Files';
export const fileSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  createdAt: z.iso.datetime(),
});
export type FileInfo = z.infer<typeof fileSchema>;
export const fileEntrySchema = fileSchema.extend({
  /** Who uploaded it; null where a run or a request from outside brought it. */
  createdBy: z.string().nullable(),
  /** When it is deleted by itself, as the runs that it belongs to; null: never. */
  keptUntil: z.iso.datetime().nullable(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

export const listFiles = defineRoute({
  id: 'files.list',
  method: 'GET',
  path: '/files',
  summary: 'Files of the workspace, newest first.',
  tag,
  permission: 'files.read',
  query: pageQuery.extend({
    /** Words of the name. */
    q: z.string().max(200).optional(),
    kind: z.enum(fileKindNames).optional(),
    /** Uploaded by people, or received and written by runs and triggers. */
    from: z.enum(['people', 'runs']).optional(),
  }),
  result: pageOf(fileEntrySchema),
});
export const getFileUses = defineRoute({
  id: 'files.uses',
  method: 'GET',
  path: '/files/{id}/uses',
  summary: 'Workflows whose steps name a file, in drafts and live versions.',
  tag,
  permission: 'files.read',
  params: z.strictObject({ id: z.uuid() }),
  result: z.strictObject({ items: z.array(connectionUseSchema) }),
});
/** The body is the file's bytes; its name is in the query. */
export const uploadFile = defineRoute({
  id: 'files.upload',
  method: 'POST',
  path: '/files',
  summary:
    'Upload a text file (CSV, TSV, JSON, Markdown and others, in its own encoding) of at most 8 MiB, or a workbook or document (XLSX, PDF, DOCX, PPTX, OpenDocument, RTF, EPUB, EML) of at most 50 MiB, or a picture (PNG, JPEG, WebP) of at most 3.75 MiB and 8,000 pixels a side.',
  tag,
  permission: 'files.write',
  query: z.strictObject({ name: fileNameSchema }),
  body: z.unknown(),
  accepts: [
    'text/csv',
    'application/json',
    'text/plain',
    'text/markdown',
    'application/octet-stream',
    'image/png',
    'image/jpeg',
    'image/webp',
  ],
  maxBytes: documentLimits.bytes,
  result: fileSchema,
  status: 201,
});
export const deleteFile = defineRoute({
  id: 'files.delete',
  method: 'DELETE',
  path: '/files/{id}',
  summary: 'Delete a file.',
  tag,
  permission: 'files.write',
  params: z.strictObject({ id: z.uuid() }),
  result: z.strictObject({ id: z.uuid() }),
});
const cell = z.union([z.string(), z.number(), z.null()]);
/** What the read-file step would read, as far as a person needs to see it. */
export const previewFile = defineRoute({
  id: 'files.preview',
  method: 'GET',
  path: '/files/preview',
  summary:
    'Preview what the Read file step reads with these settings: the first rows, or the problem.',
  tag,
  permission: 'files.read',
  query: z.strictObject({
    /** A file by its id or name, or `sample:sales.csv`. */
    file: z.string().min(1).max(300),
    format: readSettings.format.default('auto'),
    encoding: readSettings.encoding.default('auto'),
    delimiter: readSettings.delimiter.default('auto'),
    headingRow: z.coerce.number().int().min(0).max(maxHeadingRow).default(1),
    numbers: readSettings.numbers.default('plain'),
    sheet: z.string().max(200).optional(),
  }),
  result: z.strictObject({
    name: z.string(),
    format: z.string(),
    encoding: z.string().nullable(),
    /** The character between cells; null where the file is no table. */
    delimiter: z.string().nullable(),
    /** Names of a workbook's sheets; null of other files. */
    sheets: z.array(z.string()).nullable(),
    /** How many pages a document has; null of other files. */
    pages: z.int().nullable(),
    columns: z.array(z.string()),
    /** The first rows of a table; long cells are cut. */
    rows: z.array(z.array(cell)),
    /** Null where only the beginning of a large file was looked at. */
    rowCount: z.int().nullable(),
    /** The beginning of a text or of JSON. */
    text: z.string().nullable(),
    /** Why it cannot be read as set, with line and column where there is one. */
    problem: z.string().nullable(),
  }),
});
export type FilePreview = z.infer<typeof previewFile.result>;
export const getFileText = defineRoute({
  id: 'files.text',
  method: 'GET',
  path: '/files/{id}/text',
  summary: 'The text of a file as an agent sees it: documents and tables as Markdown.',
  tag,
  permission: 'files.read',
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({
    /** A sheet of a workbook; without it the first that holds anything. */
    sheet: z.string().max(200).optional(),
    offset: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(200_000).default(50_000),
  }),
  result: z.strictObject({
    id: z.uuid(),
    name: z.string(),
    format: z.string(),
    /** Of the whole text. */
    characters: z.int(),
    text: z.string(),
    /** Where the next piece begins; null at the end. */
    nextOffset: z.int().nullable(),
    pages: z.int().nullable(),
    sheets: z.array(z.string()).nullable(),
  }),
});
/** The bytes as they are; pictures may be shown by browsers, all else is saved. */
export const getFileContent = defineRoute({
  id: 'files.content',
  method: 'GET',
  path: '/files/{id}/content',
  summary: 'Download a file.',
  tag,
  permission: 'files.read',
  params: z.strictObject({ id: z.uuid() }),
  result: z.unknown(),
});
export const fileContracts = [
  listFiles,
  uploadFile,
  previewFile,
  getFileText,
  getFileContent,
  getFileUses,
  deleteFile,
];

import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';

const tag = 'Files';
export const fileSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  createdAt: z.iso.datetime(),
});
export type FileInfo = z.infer<typeof fileSchema>;

export const listFiles = defineRoute({
  id: 'files.list',
  method: 'GET',
  path: '/files',
  summary: 'Files of the workspace, newest first.',
  tag,
  permission: 'files.read',
  query: pageQuery,
  result: pageOf(fileSchema),
});
/** The body is the file's bytes; its name is in the query. */
export const uploadFile = defineRoute({
  id: 'files.upload',
  method: 'POST',
  path: '/files',
  summary:
    'Upload a table (CSV, TSV), JSON or text file of at most 8 MiB, in the encoding that it has.',
  tag,
  permission: 'files.write',
  query: z.strictObject({ name: z.string().min(1).max(200) }),
  body: z.unknown(),
  accepts: [
    'text/csv',
    'application/json',
    'text/plain',
    'text/markdown',
    'application/octet-stream',
  ],
  maxBytes: 8 * 1_048_576,
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
export const fileContracts = [listFiles, uploadFile, deleteFile];

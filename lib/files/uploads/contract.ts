import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { fileNameSchema } from '@/lib/names/schema';
import { fileSchema } from '../contract';
import { documentLimits } from '../documents/schema';
import { chunkBytes } from './limits';

const tag = 'Files';
const params = z.strictObject({ id: z.uuid() });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Write the SHA-256 as 64 hexadecimal digits.');

export const uploadSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  size: z.int(),
  /** Bytes that are stored: the next chunk begins there. */
  received: z.int(),
  /** Who goes on with it: chunks that name an earlier claim are refused. */
  claim: z.int(),
  /** When it is deleted, unless more of it comes. */
  expiresAt: z.iso.datetime(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const createUpload = defineRoute({
  id: 'uploads.create',
  method: 'POST',
  path: '/uploads',
  summary:
    'Begin an upload in chunks, which goes on where it stopped. Name, size and room are checked before any byte is sent.',
  tag,
  permission: 'files.write',
  body: z.strictObject({
    /** Yours to choose: the same id again gives the same upload, and the file will have it. */
    id: z.uuid().optional(),
    name: fileNameSchema,
    size: z.int().min(1).max(documentLimits.bytes),
  }),
  result: uploadSchema,
  status: 201,
});
export const getUpload = defineRoute({
  id: 'uploads.get',
  method: 'GET',
  path: '/uploads/{id}',
  summary: 'How far an upload of yours has come.',
  tag,
  permission: 'files.read',
  params,
  result: uploadSchema,
});
export const claimUpload = defineRoute({
  id: 'uploads.claim',
  method: 'POST',
  path: '/uploads/{id}/claim',
  summary:
    'Go on with an upload, in place of whoever sent its chunks so far: their next chunk is refused.',
  tag,
  permission: 'files.write',
  params,
  result: uploadSchema,
});
/** The body is bytes of the file. */
export const sendChunk = defineRoute({
  id: 'uploads.send-chunk',
  method: 'PUT',
  path: '/uploads/{id}/chunks',
  summary:
    'Send the next bytes of an upload, at most 1 MiB. At another offset than that of the bytes stored it answers `conflict` with `details.received`.',
  tag,
  permission: 'files.write',
  params,
  query: z.strictObject({
    /** Where in the file the bytes begin. */
    offset: z.coerce.number().int().min(0),
    claim: z.coerce.number().int().min(1),
    /** Of these bytes: what arrives otherwise is refused. */
    sha256: sha256.optional(),
  }),
  body: z.unknown(),
  accepts: ['application/octet-stream'],
  maxBytes: chunkBytes,
  result: uploadSchema,
});
export const finishUpload = defineRoute({
  id: 'uploads.finish',
  method: 'POST',
  path: '/uploads/{id}/finish',
  summary: 'Make a file of an upload whose bytes are all there. A repeat gives the same file.',
  tag,
  permission: 'files.write',
  params,
  body: z.strictObject({
    /** Of the whole file. */
    sha256: sha256.optional(),
  }),
  result: fileSchema,
});
export const cancelUpload = defineRoute({
  id: 'uploads.cancel',
  method: 'DELETE',
  path: '/uploads/{id}',
  summary: 'Cancel an upload and delete what came of it.',
  tag,
  permission: 'files.write',
  params,
  result: z.strictObject({ id: z.uuid() }),
});
export const uploadContracts = [
  ...[createUpload, getUpload, claimUpload],
  ...[sendChunk, finishUpload, cancelUpload],
];

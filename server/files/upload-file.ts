import { createHash } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { uploadFile as contract } from '@/lib/files/contract';
import type { Actor } from '@/lib/people/schema';
import type { BytesBody } from '@/server/http/read-body';
import type { Services } from '@/server/services';
import { insertFile } from './store';

const mediaTypes: Record<string, string> = {
  csv: 'text/csv',
  json: 'application/json',
  md: 'text/markdown',
  txt: 'text/plain',
};

/**
 * Stores a file of the workspace. Its type is told by the name's ending and must hold: UTF-8 text without NUL bytes.
 * Throws `invalid_input` for an empty file or bytes that are no text, `unsupported_media_type` for other endings.
 */
export async function uploadFile(
  services: Services,
  actor: Actor,
  { query, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const bytes = (body as BytesBody | undefined)?.bytes;
  if (!bytes?.byteLength) throw new AppError('invalid_input', 'The file is empty.');
  const mediaType = mediaTypes[query.name.split('.').at(-1)?.toLowerCase() ?? ''];
  if (mediaType === undefined) {
    throw new AppError(
      'unsupported_media_type',
      `"${query.name}" is not a .csv, .json, .md or .txt file: others are not read yet.`,
    );
  }
  if (!isText(bytes)) {
    throw new AppError('invalid_input', `"${query.name}" is not UTF-8 text. Save it as UTF-8.`);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return insertFile(services.prisma, actor, { name: query.name, mediaType, sha256, bytes });
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

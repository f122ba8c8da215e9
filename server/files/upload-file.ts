import { createHash } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { uploadFile as contract } from '@/lib/files/contract';
import { readPicture } from '@/lib/files/pictures/picture-facts';
import type { Actor } from '@/lib/people/schema';
import { createPlaces } from '@/server/http/places';
import type { BytesBody } from '@/server/http/read-body';
import type { Services } from '@/server/services';
import { knownType, refuseLarge, refuseMisnamed } from './file-checks';
import { insertFile } from './store';

const inTurn = createPlaces();

/**
 * Stores a file of the workspace as it is. Its type is told by the name's ending; its encoding is looked at when it is
 * read. Throws `invalid_input` for an empty file, one that is not what its name says, and NUL characters in a text,
 * `unsupported_media_type` for other endings, `too_large` when the files of the workspace would be, `unavailable` when
 * too many are uploaded at this moment. Few are in memory at once; the bodies of those that wait are not read.
 */
export async function uploadFile(
  services: Services,
  actor: Actor,
  { query }: InputOf<typeof contract>,
  read: () => Promise<unknown>,
): Promise<ResultOf<typeof contract>> {
  const type = knownType(query.name);
  return inTurn(actor.userId, async () => {
    const sent = (await read()) as BytesBody | undefined;
    if (!sent?.bytes.byteLength) throw new AppError('invalid_input', 'The file is empty.');
    const { bytes } = sent;
    refuseLarge(query.name, bytes.byteLength);
    refuseMisnamed(query.name, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const mediaType = readPicture(bytes)?.mediaType ?? type.mediaType;
    const file = { name: query.name, mediaType, sha256, bytes };
    return insertFile(services, actor, file);
  });
}

import type { PoolClient } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { fileTypeOf, isDocument } from '@/lib/files/file-types';
import { readPicture } from '@/lib/files/pictures/picture-facts';
import type { finishUpload as contract, Upload } from '@/lib/files/uploads/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { createPlaces } from '@/server/http/places';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { knownType, refuseMisnamed } from '../file-checks';
import { findFile } from '../store';
import { noUpload } from './get-upload';
import { beginningOf, holdsNul, holdUpload, moveToFile } from './upload-store';

/** The database makes a file of its chunks in its memory: as few at once as it can bear. */
const inTurn = createPlaces({ atOnce: 2, perSender: 1, waiting: 100, patienceMs: 60_000 });

/** Enough to tell what a document is. */
const headBytes = 1_024;

/**
 * Makes the file, with its trail, in one commit; whoever asks again gets the same file. Throws `conflict` with `received`
 * while bytes are missing, `invalid_input` for bytes that are not those of the name or of the hash, `not_found`.
 */
export async function finishUpload(
  { pool }: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return inTurn(actor.userId, () =>
    transaction(pool, async (client) => {
      const upload = await holdUpload(client, actor, params.id);
      if (upload === undefined) {
        const made = await findFile(client, actor, params.id);
        if (made === undefined) throw noUpload();
        return made;
      }
      const { id, name, size, received } = upload;
      if (received < size) {
        const message = `${received} of ${size} bytes have come.`;
        throw new AppError('conflict', message, { reason: 'offset', received });
      }
      const mediaType = await check(client, upload);
      const made = await moveToFile(client, id, mediaType);
      if (made === undefined)
        throw new Error('the bytes of an upload are not those that were counted');
      const { sha256, ...file } = made;
      if (body.sha256 !== undefined && body.sha256 !== sha256) {
        throw new AppError('invalid_input', 'The bytes that came are not those of the hash.', {
          reason: 'hash',
        });
      }
      await insertAudit(client, actor, 'file.uploaded', { type: 'file', id }, { name, size });
      return file;
    }),
  );
}

/** What an upload is. Only pictures and texts with NUL characters, which are small, are read as a whole. */
async function check(client: PoolClient, { id, name }: Upload): Promise<string> {
  const type = knownType(name);
  const picture = fileTypeOf(name)?.format === 'picture';
  const whole = picture || (!isDocument(name) && (await holdsNul(client, id)));
  const bytes = await beginningOf(client, id, whole ? undefined : headBytes);
  refuseMisnamed(name, bytes);
  return readPicture(bytes)?.mediaType ?? type.mediaType;
}

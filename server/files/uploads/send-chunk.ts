import { createHash } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { sendChunk as contract } from '@/lib/files/uploads/contract';
import { maxChunks } from '@/lib/files/uploads/limits';
import type { Actor } from '@/lib/people/schema';
import { at } from '@/lib/values/unknown';
import { createPlaces } from '@/server/http/places';
import type { Services } from '@/server/services';
import { noUpload } from './get-upload';
import { appendChunk, findUpload } from './upload-store';

/** A chunk is small, so more of them fit than whole files. */
const inTurn = createPlaces({ atOnce: 32, perSender: 8, waiting: 200 });

/**
 * Stores the next bytes of an upload. Of two senders at one place, one gets in. Throws `conflict` with `received` for
 * another place, and with `claimed` where somebody else goes on with it; `invalid_input` for bytes that are not those of
 * the hash; and for a chunk that is too small, of which a file would have too many; `too_large` for more than
 * the file was said to have.
 */
export async function sendChunk(
  services: Services,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
  read: () => Promise<unknown>,
): Promise<ResultOf<typeof contract>> {
  const { offset, claim } = query;
  // Before anything of the body is read.
  const early = await whyNot(services, actor, params.id, { offset, claim });
  if (early !== undefined) throw early;
  return inTurn(actor.userId, async () => {
    const bytes = at(await read(), 'bytes');
    if (!(bytes instanceof Uint8Array) || bytes.byteLength === 0) {
      throw new AppError('invalid_input', 'The chunk is empty.');
    }
    if (query.sha256 !== undefined && hashOf(bytes) !== query.sha256) {
      throw new AppError('invalid_input', 'The bytes are not those of the hash. Send them again.', {
        reason: 'hash',
      });
    }
    const stored = await appendChunk(services.pool, actor, params.id, { offset, claim, bytes });
    if (stored !== undefined) return stored;
    const more = bytes.byteLength;
    const late = await whyNot(services, actor, params.id, { offset, claim, more });
    throw late ?? new AppError('conflict', 'The chunk was not stored. Send it again.');
  });
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function whyNot(
  { pool }: Services,
  actor: Actor,
  id: string,
  { offset, claim, more }: { offset: number; claim: number; more?: number },
): Promise<AppError | undefined> {
  const now = await findUpload(pool, actor, id);
  if (now === undefined) return noUpload();
  if (now.claim !== claim) {
    const message = 'This upload goes on in another tab or on another device.';
    return new AppError('conflict', message, { reason: 'claimed' });
  }
  if (now.received === offset) {
    if (offset + (more ?? 1) > now.size)
      return new AppError('too_large', `The file was said to have ${now.size} bytes.`);
    if (more === undefined) return undefined;
    const least = Math.ceil(now.size / maxChunks);
    if (more >= least || offset + more === now.size) return undefined;
    const message = `A chunk of this file has at least ${least} bytes, except the last.`;
    return new AppError('invalid_input', message, { reason: 'small', least });
  }
  const message = `${now.received} bytes of this upload are stored: send those from there on.`;
  return new AppError('conflict', message, { reason: 'offset', received: now.received });
}

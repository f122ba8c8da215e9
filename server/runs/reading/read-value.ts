import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { readRunValue as contract } from '@/lib/runs/contract';
import { readBlobText } from '@/server/runs/blobs/blobs';
import type { Services } from '@/server/services';
import { findRun } from './find-run';

/** The JSON of a large value of a run, as it is stored. Throws `not_found`. */
export async function readRunValue(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params: { id, hash } }: InputOf<typeof contract>,
): Promise<Response> {
  const { parent } = await findRun({ pool }, actor, id);
  const text = await readBlobText(pool, parent?.rootId ?? id, hash);
  if (text === undefined) throw new AppError('not_found', 'This value does not exist in the run.');
  return new Response(text, {
    headers: {
      'Content-Type': 'application/json',
      'X-Content-Type-Options': 'nosniff',
      // What a hash names never changes.
      'Cache-Control': 'private, max-age=31536000, immutable',
    },
  });
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { getUpload as contract } from '@/lib/files/uploads/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findUpload } from './upload-store';

/** An upload of the actor that is not finished. Throws `not_found`. */
export async function getUpload(
  { pool }: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const found = await findUpload(pool, actor, params.id);
  if (found === undefined) throw noUpload();
  return found;
}

/** Also of one of somebody else. */
export const noUpload = () =>
  new AppError('not_found', 'This upload does not exist: it was finished, cancelled or too old.');

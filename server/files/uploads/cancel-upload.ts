import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { cancelUpload as contract } from '@/lib/files/uploads/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { noUpload } from './get-upload';
import { removeUpload } from './upload-store';

/** Deletes an upload with its bytes; a file that it became stays. Throws `not_found`. */
export async function cancelUpload(
  { pool }: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  if (!(await removeUpload(pool, actor, params.id))) throw noUpload();
  return { id: params.id };
}

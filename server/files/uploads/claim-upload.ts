import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { claimUpload as contract } from '@/lib/files/uploads/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { noUpload } from './get-upload';
import { takeUpload } from './upload-store';

/** Goes on with an upload: whoever held it before is refused from now on. Throws `not_found`. */
export async function claimUpload(
  { pool }: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const taken = await takeUpload(pool, actor, params.id);
  if (taken === undefined) throw noUpload();
  return taken;
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { createUpload as contract } from '@/lib/files/uploads/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { knownType, refuseLarge } from '../file-checks';
import { insertUpload } from './upload-store';

/**
 * Begins an upload: what can be refused is refused before bytes are sent. Throws `unsupported_media_type`, `too_large`,
 * and `conflict` where too many are not finished.
 */
export async function createUpload(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  knownType(body.name);
  refuseLarge(body.name, body.size);
  return insertUpload(services, actor, body);
}

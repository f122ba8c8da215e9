import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { getService as contract } from '@/lib/services/contract';
import type { Services } from '@/server/services';
import { requireAnyService } from './view';

/** One service. Throws `not_found`. */
export function getService(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return requireAnyService(services, actor, params.id);
}

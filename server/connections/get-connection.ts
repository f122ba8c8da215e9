import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { getConnection as contract } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireConnection, viewConnection } from './view';

/** One connection. Throws `not_found`. */
export async function getConnection(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return viewConnection(await requireConnection(services, actor, params.id));
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { getConnectionUses as contract } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { usesOf } from './uses';
import { requireConnection } from './view';

/** Where a connection is named. Throws `not_found`. */
export async function getConnectionUses(
  services: Pick<Services, 'pool' | 'drafts'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await requireConnection(services, actor, params.id);
  return { items: await usesOf(services, actor, row) };
}

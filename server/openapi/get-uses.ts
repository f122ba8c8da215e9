import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { getServiceUses as contract } from '@/lib/services/contract';
import type { Services } from '@/server/services';
import { usesOf } from './uses';
import { requireAnyService } from './view';

/** Where a service is called. Throws `not_found`. */
export async function getServiceUses(
  services: Pick<Services, 'pool' | 'drafts'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { ref } = await requireAnyService(services, actor, params.id);
  return { items: await usesOf(services, actor, ref) };
}

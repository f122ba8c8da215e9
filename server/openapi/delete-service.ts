import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { deleteService as contract } from '@/lib/services/contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { holdService, removeService } from './store';
import { refuseWhileUsed } from './uses';
import { noService, requireService } from './view';

/**
 * Deletes a service. Steps that name it fail from then on, so that it needs `force` while there are any: `conflict` with its
 * uses otherwise. Throws `not_found`.
 */
export async function deleteService(
  services: Pick<Services, 'pool' | 'bus' | 'drafts'>,
  actor: Actor,
  { params: { id }, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const row = await requireService(services, actor, id);
  if (query.force === undefined) await refuseWhileUsed(services, actor, row, 'Delete');
  await transaction(services.pool, async (client) => {
    const held = await holdService(client, workspaceId, id);
    if (held === undefined) throw noService();
    await removeService(client, workspaceId, id);
    await insertAudit(
      client,
      actor,
      'service.deleted',
      { type: 'service', id },
      { name: held.name },
    );
  });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return { id };
}

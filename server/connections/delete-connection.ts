import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { deleteConnection as contract } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { holdConnection, removeConnection } from './store';
import { refuseWhileUsed } from './uses';
import { noConnection, requireConnection } from './view';

/**
 * Deletes a connection with its secret. Steps that name it fail from then on, so that it needs `force` while there are
 * any: `conflict` with its uses otherwise. Throws `not_found`.
 */
export async function deleteConnection(
  services: Pick<Services, 'pool' | 'bus' | 'drafts'>,
  actor: Actor,
  { params: { id }, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const row = await requireConnection(services, actor, id);
  if (query.force === undefined) await refuseWhileUsed(services, actor, row, 'Delete');
  await transaction(services.pool, async (client) => {
    const held = await holdConnection(client, workspaceId, id);
    if (held === undefined) throw noConnection();
    await removeConnection(client, workspaceId, id);
    const detail = { name: held.name, kind: held.kind };
    await insertAudit(client, actor, 'connection.deleted', { type: 'connection', id }, detail);
  });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'connection', id });
  return { id };
}

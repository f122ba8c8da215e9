import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { deleteTable as contract } from '@/lib/data-tables/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { findTable, removeTable } from './store';
import { refuseWhileUsed } from './uses';
import { noTable, requireTable } from './view';

/** Deletes a table with its rows; while steps name it only with `force`. Throws `not_found`, `conflict`. */
export async function deleteTable(
  services: Pick<Services, 'pool' | 'bus' | 'drafts'>,
  actor: Actor,
  { params: { id }, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const table = await requireTable(services, actor, id);
  if (query.force === undefined) await refuseWhileUsed(services, actor, table, 'Delete');
  await transaction(services.pool, async (client) => {
    const held = await findTable(client, workspaceId, { id }, true);
    if (held === undefined) throw noTable();
    await removeTable(client, workspaceId, id);
    const detail = { name: held.name, rows: held.rowCount };
    await insertAudit(client, actor, 'table.deleted', { type: 'table', id }, detail);
  });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'table', id });
  return { id };
}

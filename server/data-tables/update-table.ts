import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { type updateTable as contract, tableRead } from '@/lib/data-tables/contract';
import type { Actor } from '@/lib/people/schema';
import { requireUnchanged } from '@/server/db/require-unchanged';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { newColumns } from './columns';
import { findTable, isTaken, updateTableRecord } from './store';
import { refuseWhileUsed } from './uses';
import { nameTaken, noTable, requireTable, viewTable } from './view';

/** Renames a table or changes its columns. Throws `not_found`, `conflict`, `invalid_input`. */
export async function updateTable(
  services: Pick<Services, 'pool' | 'bus' | 'drafts'>,
  actor: Actor,
  { params: { id }, query, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const before = await requireTable(services, actor, id);
  const renamed = body.name !== undefined && body.name !== before.name;
  if (renamed && query.force === undefined) {
    await refuseWhileUsed(services, actor, before, 'Rename');
  }
  try {
    await transaction(services.pool, async (client) => {
      const held = await findTable(client, workspaceId, { id }, true);
      if (held === undefined) throw noTable();
      requireUnchanged(tableRead, body.was, held, `The table ${held.name}`);
      const { name = held.name } = body;
      const columns = body.columns ? newColumns(body.columns, held.columns) : held.columns;
      const dropped = held.columns.filter((old) => !columns.some((column) => column.id === old.id));
      await updateTableRecord(
        client,
        { ...held, name, columns },
        dropped.map((column) => column.id),
      );
      const detail = { name, ...(body.columns ? { columns: columns.map((one) => one.name) } : {}) };
      await insertAudit(client, actor, 'table.changed', { type: 'table', id }, detail);
    });
  } catch (error) {
    throw isTaken(error) && body.name !== undefined ? nameTaken(body.name) : error;
  }
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'table', id });
  return viewTable(await requireTable(services, actor, id));
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { deleteTableRow as contract } from '@/lib/data-tables/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { findTable, removeRows } from './store';
import { noRow, noTable } from './view';

/** Throws `not_found`. */
export async function deleteTableRow(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId }: Actor,
  { params: { id, rowId } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await transaction(pool, async (client) => {
    const table = await findTable(client, workspaceId, { id }, true);
    if (table === undefined) throw noTable();
    if ((await removeRows(client, table, [rowId])) === 0) throw noRow();
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'table', id });
  return { id: rowId };
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { addTableRows as contract } from '@/lib/data-tables/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { checkedRows, roomProblem } from './checked-rows';
import { findTable, insertRows } from './store';
import { noTable, viewRow } from './view';

/** Adds rows, all or none. Throws `not_found`, `invalid_input`, `conflict` where there is no room. */
export async function addTableRows(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId }: Actor,
  { params: { id }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const items = await transaction(pool, async (client) => {
    const table = await findTable(client, workspaceId, { id }, true);
    if (table === undefined) throw noTable();
    const checked = checkedRows(table, body.rows);
    if (!checked.ok) throw new AppError('invalid_input', `rows: ${checked.problem}`);
    const full = roomProblem(table, checked.rows.length);
    if (full !== undefined) throw new AppError('conflict', full);
    const rows = await insertRows(client, table, checked.rows);
    return rows.map((row) => viewRow(table.columns, row));
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'table', id });
  return { items };
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { updateTableRow as contract } from '@/lib/data-tables/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { checkedRows } from './checked-rows';
import { changeRows, findTable } from './store';
import { noRow, noTable, viewRow } from './view';

/** Changes values of a row. Throws `not_found`, `invalid_input`. */
export async function updateTableRow(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId }: Actor,
  { params: { id, rowId }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await transaction(pool, async (client) => {
    const table = await findTable(client, workspaceId, { id }, true);
    if (table === undefined) throw noTable();
    const checked = checkedRows(table, [body.values]);
    if (!checked.ok) throw new AppError('invalid_input', `values: ${checked.problem}`);
    const changes = checked.rows.map((cells) => ({ id: rowId, cells }));
    const [changed] = await changeRows(client, table, changes);
    if (changed === undefined) throw noRow();
    return viewRow(table.columns, changed);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'table', id });
  return row;
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { deleteBudget as contract } from '@/lib/spending/contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';

/** Deletes a budget with its windows and charges. The calls stay. */
export async function deleteBudget(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'delete from budget where id = $1 and workspace_id = $2',
      [id, workspaceId],
    );
    if (rowCount === 0) throw new AppError('not_found', 'This budget does not exist.');
    await client.query('delete from budget_charge where budget_id = $1', [id]);
    await insertAudit(client, actor, 'budget.deleted', { type: 'budget', id });
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'budget', id });
  return { id };
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { updateBudget as contract } from '@/lib/spending/contract';
import { picoOf } from '@/lib/spending/pico';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { openPeriods } from './open-period';
import { requireBudget } from './require-budget';

/** Changes a budget. Calls from now on obey it; with another window what was spent in that one counts. */
export async function updateBudget(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update budget set cap_pico = coalesce($3, cap_pico), resets = coalesce($4, resets),
         soft_at = coalesce($5, soft_at), on_breach = coalesce($6, on_breach), time_zone = coalesce($7, time_zone),
         updated_at = now()
       where id = $1 and workspace_id = $2`,
      [
        id,
        workspaceId,
        body.capUsd === undefined ? null : picoOf(body.capUsd),
        body.window ?? null,
        body.softAt ?? null,
        body.onBreach ?? null,
        body.timeZone ?? null,
      ],
    );
    if (rowCount === 0) throw new AppError('not_found', 'This budget does not exist.');
    await openPeriods(client, id);
    await insertAudit(client, actor, 'budget.changed', { type: 'budget', id }, body);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'budget', id });
  return requireBudget(pool, workspaceId, id);
}

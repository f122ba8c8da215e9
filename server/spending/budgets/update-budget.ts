import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import { budgetRead, type updateBudget as contract } from '@/lib/spending/contract';
import { picoOf } from '@/lib/spending/pico';
import { requireUnchanged } from '@/server/db/require-unchanged';
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
  const { was, ...change } = body;
  await transaction(pool, async (client) => {
    await client.query('select from budget where id = $1 and workspace_id = $2 for update', [
      id,
      workspaceId,
    ]);
    const now = await requireBudget(client, workspaceId, id);
    requireUnchanged(budgetRead, was, now, `The budget of ${now.scopeName ?? 'the workspace'}`);
    await client.query(
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
    await openPeriods(client, id);
    await insertAudit(client, actor, 'budget.changed', { type: 'budget', id }, change);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'budget', id });
  return requireBudget(pool, workspaceId, id);
}

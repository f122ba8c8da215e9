import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { createBudget as contract } from '@/lib/spending/contract';
import { picoOf } from '@/lib/spending/pico';
import { maxBudgets } from '@/lib/spending/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { findSubject } from './find-subject';
import { openPeriods } from './open-period';
import { requireBudget } from './require-budget';

/**
 * Makes a budget. What its subject spent since the window began counts. Throws `invalid_input` for a subject that is not
 * here, and `conflict` where there are too many.
 */
export async function createBudget(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId, userId } = actor;
  const { scope, scopeId, window, capUsd, softAt, onBreach, timeZone } = body;
  const subject = await findSubject(pool, workspaceId, scope, scopeId);
  const id = randomUUID();
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `with locked as (select pg_advisory_xact_lock(hashtext('budgets ' || $1::text)))
       select count(b.id)::int as count from locked left join budget b on b.workspace_id = $1`,
      [workspaceId],
    );
    if ((rows[0]?.count ?? 0) >= maxBudgets) {
      throw new AppError('conflict', `A workspace may have ${maxBudgets} budgets.`);
    }
    await client.query(
      `insert into budget (id, workspace_id, scope, scope_id, resets, time_zone, cap_pico, soft_at, on_breach, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, workspaceId, scope, subject, window, timeZone, picoOf(capUsd), softAt, onBreach, userId],
    );
    await openPeriods(client, id);
    const detail = { scope, scopeId: subject, window, capUsd, onBreach };
    await insertAudit(client, actor, 'budget.created', { type: 'budget', id }, detail);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'budget', id });
  return requireBudget(pool, workspaceId, id);
}

import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { getBudget as contract } from '@/lib/spending/contract';
import { usdOf } from '@/lib/spending/pico';
import type { Services } from '@/server/services';
import { requireBudget } from './require-budget';
import { nameOf, windowStart } from './store';

type Row = {
  subject: string;
  name: string | null;
  starts_at: Date;
  spent_pico: string;
  held_pico: string;
  cap_pico: string;
};

/** A budget with the subjects that have used most of it in this window. */
export async function getBudget(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const budget = await requireBudget(pool, workspaceId, params.id);
  const { rows } = await pool.query<Row>(
    `select p.subject, ${nameOf('b.scope', 'p.subject')} as name, p.starts_at, p.spent_pico, p.held_pico,
       b.cap_pico + p.extra_pico as cap_pico
     from budget b join budget_period p on p.budget_id = b.id and p.starts_at = ${windowStart}
     where b.id = $1 and b.workspace_id = $2
     order by p.spent_pico + p.held_pico desc, p.subject limit 50`,
    [params.id, workspaceId],
  );
  const subjects = rows.map((row) => ({
    subject: row.subject,
    subjectName: budget.scope === 'workspace' ? budget.scopeName : (row.name ?? 'No longer there'),
    startsAt: row.starts_at.toISOString(),
    spentUsd: usdOf(BigInt(row.spent_pico)),
    heldUsd: usdOf(BigInt(row.held_pico)),
    capUsd: usdOf(BigInt(row.cap_pico)),
  }));
  return { ...budget, subjects };
}

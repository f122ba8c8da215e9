import type { Pool } from 'pg';
import { numberOf, sumUsd } from '@/lib/spending/pico';
import type { Delegation } from '@/lib/tools/delegated';
import type { TaskOpening } from '@/lib/tools/task';

type Step = { runId: string; stepId: string };

/** Whose tasks led to a step, and what is left of its budget. */
export async function delegationOf(pool: Pool, { runId, stepId }: Step): Promise<Delegation> {
  const { rows } = await pool.query<{ opening: TaskOpening }>(
    `with recursive up as (
       select r.id, $2::text as step, r.parent_run_id, r.parent_step_id, 0 as level from run r where r.id = $1
       union all
       select p.id, up.parent_step_id, p.parent_run_id, p.parent_step_id, level + 1
       from up join run p on p.id = up.parent_run_id
     )
     select t.data as opening from up join agent_turn t on t.run_id = up.id and t.step_id = up.step and t.turn = 0
     order by up.level`,
    [runId, stepId],
  );
  const chain = rows.map(({ opening }) => opening.agent.handle);
  const budgetUsd = rows[0]?.opening.limits.budgetUsd;
  if (budgetUsd === undefined) return { chain, leftUsd: undefined };
  const { own, below } = await spentBy(pool, { runId, stepId });
  return { chain, leftUsd: sumUsd(budgetUsd, -own, -below) };
}

/** What the turns of a step have cost, and the runs that it began. */
export async function spentBy(
  pool: Pool,
  { runId, stepId }: Step,
): Promise<{ own: number; below: number }> {
  const { rows } = await pool.query<{ own: string; below: string }>(
    `select (select coalesce(sum(cost_pico), 0) from agent_turn where run_id = $1 and step_id = $2) as own,
       (select coalesce(sum(cost_pico), 0) from run where parent_run_id = $1 and parent_step_id = $2) as below`,
    [runId, stepId],
  );
  const { own, below } = rows[0] ?? { own: '0', below: '0' };
  return { own: numberOf(BigInt(own)), below: numberOf(BigInt(below)) };
}

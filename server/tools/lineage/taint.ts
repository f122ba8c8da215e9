import type { Pool } from 'pg';
import type { Taint } from '@/lib/tools/policy';
import { planTaint } from '@/lib/tools/step-taint';
import { at } from '@/lib/values/unknown';
import { mailOfRun } from '@/server/messages/mail-of-run';
import type { CallerPlace } from '../place';
import { starterOf } from '../rights';
import { taintOf } from '../store';

/** What a step has seen: by its own calls, from the steps before it, and from whatever began its run. */
export async function taintFor(
  pool: Pool,
  { runId, stepId, taint }: Pick<CallerPlace, 'runId' | 'stepId' | 'taint'>,
): Promise<Taint> {
  const own = await taintOf(pool, runId, stepId);
  const above = await taintAbove(pool, runId);
  const { trigger } = await starterOf(pool, runId);
  const stranger = ['webhook', 'form', 'mail'].includes(trigger ?? '');
  const sender = trigger === 'message' ? (await mailOfRun(pool, runId))?.sender : undefined;
  const carried = sender?.kind === 'run' ? sender : undefined;
  return {
    outside: own.outside || taint.outside || above.outside || stranger || carried?.outside === true,
    private: own.private || taint.private || above.private || carried?.private === true,
  };
}

/** What the steps had seen that began a run, and those beside them: what they gave it may carry it on. */
async function taintAbove(pool: Pool, runId: string): Promise<Taint> {
  const { rows } = await pool.query<Taint & { plan: unknown; step: string }>(
    `with recursive up as (
       select parent_run_id as id, parent_step_id as step from run where id = $1 and parent_run_id is not null
       union all
       select r.parent_run_id, r.parent_step_id from up join run r on r.id = up.id where r.parent_run_id is not null
     )
     select up.step, r.definition as plan,
       exists (select from tool_call c where c.run_id = up.id and c.step_id = up.step and c.outside) as outside,
       exists (select from tool_call c where c.run_id = up.id and c.step_id = up.step and c.private) as private
     from up join run r on r.id = up.id`,
    [runId],
  );
  const seen = rows.map((row) => ({ row, beside: planTaint(row.plan, row.step) }));
  return {
    outside: seen.some(({ row, beside }) => row.outside || beside.outside),
    private: seen.some(({ row, beside }) => row.private || beside.private),
  };
}

/** What the runs have seen that a call was, and those below them. */
export async function taintOfRound(
  pool: Pool,
  { runId, stepId, round }: { runId: string; stepId: string; round: number },
  output: unknown,
): Promise<Taint> {
  const { rows } = await pool.query<Taint>(
    `with recursive down as (
       select id from run where parent_run_id = $1 and parent_step_id = $2 and parent_round = $3
       union all select r.id from down join run r on r.parent_run_id = down.id
     )
     select coalesce(bool_or(c.outside), false) as outside, coalesce(bool_or(c.private), false) as private
     from down join tool_call c on c.run_id = down.id`,
    [runId, stepId, round],
  );
  const { outside = false, private: hidden = false } = rows[0] ?? {};
  return { outside: outside || at(output, 'outside') === true, private: hidden };
}

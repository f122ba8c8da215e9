import type { Pool } from 'pg';
import type { Pico } from '@/lib/spending/pico';

/** Calls that are looked at, the newest. */
const maxCalls = 2_000;

/** A step in which an agent asked a model, with what that cost. */
export type AgentStep = { runId: string; stepId: string; startedAt: Date; cost: Pico };

/** The newest steps of live runs in which an agent asked a model. */
export async function stepsOfAgent(
  pool: Pool,
  workspaceId: string,
  agentId: string,
  limit: number,
): Promise<AgentStep[]> {
  const { rows } = await pool.query<Omit<AgentStep, 'cost'> & { cost: string }>(
    `with recent as (
       select run_id, step_id, started_at, cost_pico from model_call
       where workspace_id = $1 and agent_id = $2 and mode = 'live' order by started_at desc limit $3
     )
     select run_id as "runId", step_id as "stepId", min(started_at) as "startedAt", sum(cost_pico)::text as cost
     from recent group by 1, 2 order by 3 desc limit $4`,
    [workspaceId, agentId, maxCalls, limit],
  );
  return rows.map(({ cost, ...step }) => ({ ...step, cost: BigInt(cost) }));
}

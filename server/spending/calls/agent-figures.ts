import type { Pool } from 'pg';
import { numberOf } from '@/lib/spending/pico';

export type AgentFigures = {
  /** Tasks in runs under way, in runs that ended well, and in runs that failed. */
  running: number;
  done: number;
  failed: number;
  /** Of those that ended well: what half of them cost at most, in US dollars, and took. */
  usualUsd: number | undefined;
  usualMinutes: number | undefined;
};

/** Calls that are looked at, the newest: figures follow what an agent does now. */
const maxCalls = 20_000;

/** What the live tasks of agents came to in the last 30 days, by agent: a task is what one asked of models in one step. */
export async function figuresOfAgents(
  pool: Pool,
  workspaceId: string,
): Promise<Map<string, AgentFigures>> {
  const { rows } = await pool.query<
    Omit<AgentFigures, 'usualUsd' | 'usualMinutes'> & {
      agentId: string;
      costPico: string | null;
      minutes: number | null;
    }
  >(
    `with recent as (
       select agent_id, run_id, step_id, cost_pico, started_at, duration_ms from model_call
       where workspace_id = $1 and started_at > now() - interval '30 days' and agent_id is not null and mode = 'live'
       order by started_at desc limit $2
     ), task as (
       select agent_id, run_id, sum(cost_pico) as cost, extract(epoch from
           max(started_at + coalesce(duration_ms, 0) * interval '1 millisecond') - min(started_at)) / 60 as minutes
       from recent group by agent_id, run_id, step_id
     )
     select t.agent_id as "agentId",
       count(*) filter (where r.status in ('queued', 'running', 'waiting', 'paused'))::int as running,
       count(*) filter (where r.status = 'succeeded')::int as done,
       count(*) filter (where r.status = 'failed')::int as failed,
       percentile_disc(0.5) within group (order by t.cost) filter (where r.status = 'succeeded')::text as "costPico",
       (percentile_disc(0.5) within group (order by t.minutes) filter (where r.status = 'succeeded'))::float8 as minutes
     from task t join run r on r.id = t.run_id group by t.agent_id`,
    [workspaceId, maxCalls],
  );
  return new Map(
    rows.map(({ agentId, costPico, minutes, ...counts }) => [
      agentId,
      {
        ...counts,
        usualUsd: costPico === null ? undefined : numberOf(BigInt(costPico)),
        usualMinutes: minutes ?? undefined,
      },
    ]),
  );
}

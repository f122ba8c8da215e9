import type { Pool } from 'pg';
import type { RunStatus } from '@/lib/runs/schema';

export type TaskRow = {
  runId: string;
  stepId: string;
  name: string;
  status: RunStatus;
  version: number | null;
  turns: number;
  costUsd: number;
  startedAt: Date;
};

/** Tasks of an agent in which it had tools, the newest first. */
export async function tasksOfAgent(
  pool: Pool,
  workspaceId: string,
  agentId: string,
  limit: number,
): Promise<TaskRow[]> {
  const { rows } = await pool.query<TaskRow>(
    `select t.run_id as "runId", t.step_id as "stepId", r.name, r.status, t.created_at as "startedAt",
       (t.data -> 'agent' ->> 'version')::int as version,
       (select count(*)::int from agent_turn o where o.run_id = t.run_id and o.step_id = t.step_id and o.turn > 0) as turns,
       (select coalesce(sum(o.cost_usd), 0) from agent_turn o where o.run_id = t.run_id and o.step_id = t.step_id) as "costUsd"
     from agent_turn t join run r on r.id = t.run_id
     where t.workspace_id = $1 and t.turn = 0 and t.data -> 'agent' ->> 'id' = $2
     order by t.created_at desc, t.run_id limit $3`,
    [workspaceId, agentId, limit],
  );
  return rows;
}

export type AgentLoad = {
  agentId: string;
  /** Tasks in runs under way, and those of them that wait for a person. */
  running: number;
  waiting: number;
  /** Of its last three tasks that are over, those that failed. */
  failed: number;
  over: number;
};

/** What the agents of a workspace are doing; one that has done nothing is left out. */
export async function loadsOfAgents(pool: Pool, workspaceId: string): Promise<AgentLoad[]> {
  const { rows } = await pool.query<AgentLoad>(
    `with task as (
       select t.data -> 'agent' ->> 'id' as agent, r.status, t.created_at, exists (
         select from tool_call c where c.run_id = t.run_id and c.step_id = t.step_id and c.state in ('asked', 'unknown')) as asks
       from agent_turn t join run r on r.id = t.run_id
       where t.workspace_id = $1 and t.turn = 0 and t.created_at > now() - interval '30 days'
     ), ended as (
       select agent, status, row_number() over (partition by agent order by created_at desc) as place
       from task where status in ('succeeded', 'failed')
     )
     select agent as "agentId", count(*) filter (where status in ('queued', 'running', 'waiting', 'paused'))::int as running,
       count(*) filter (where asks and status in ('queued', 'running', 'waiting', 'paused'))::int as waiting,
       (select count(*)::int from ended e where e.agent = task.agent and e.place <= 3 and e.status = 'failed') as failed,
       (select count(*)::int from ended e where e.agent = task.agent and e.place <= 3) as over
     from task where agent is not null group by agent`,
    [workspaceId],
  );
  return rows;
}

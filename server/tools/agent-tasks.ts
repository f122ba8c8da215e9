import type { Pool } from 'pg';
import type { RunStatus } from '@/lib/runs/schema';
import { numberOf, type Pico } from '@/lib/spending/pico';

export type TaskRow = {
  runId: string;
  stepId: string;
  name: string;
  status: RunStatus;
  version: number | null;
  turns: number;
  costUsd: number;
  /** Answers of its run were made up: no model was there. */
  madeUp: boolean;
  startedAt: Date;
};

/** A step of a run, known otherwise to be a task of an agent, with what it cost by then. */
type Known = { runId: string; stepId: string; startedAt: Date; cost: Pico };

/** Tasks of an agent in which it had tools, and runs and steps that are known otherwise to be its tasks, the newest first. */
export async function tasksOfAgent(
  pool: Pool,
  {
    workspaceId,
    agentId,
    runIds,
    steps,
  }: { workspaceId: string; agentId: string; runIds: string[]; steps: readonly Known[] },
  limit: number,
): Promise<TaskRow[]> {
  const { rows } = await pool.query<Omit<TaskRow, 'costUsd'> & { costPico: string }>(
    `with known as (
       select * from unnest($5::uuid[], $6::text[], $7::timestamptz[], $8::bigint[]) as k (run_id, step_id, created_at, cost)
     ), task as (
       select run_id, step_id, created_at, (data -> 'agent' ->> 'version')::int as version, null::bigint as cost
         from agent_turn where workspace_id = $1 and turn = 0 and data -> 'agent' ->> 'id' = $2
       union all
       select k.run_id, k.step_id, k.created_at, null, k.cost from known k
         where not exists (select from agent_turn t where t.run_id = k.run_id and t.step_id = k.step_id and t.turn = 0)
       union all
       select r.id, 'task', r.created_at, null, r.cost_pico from run r where r.id = any($4::uuid[]) and r.workspace_id = $1
         and not exists (select from agent_turn t where t.run_id = r.id and t.turn = 0)
         and not exists (select from known k where k.run_id = r.id)
     )
     select t.run_id as "runId", t.step_id as "stepId", r.name, r.status, r.scripted as "madeUp", t.created_at as "startedAt", t.version,
       (select count(*)::int from agent_turn o where o.run_id = t.run_id and o.step_id = t.step_id and o.turn > 0) as turns,
       coalesce(t.cost, (select coalesce(sum(o.cost_pico), 0) from agent_turn o
         where o.run_id = t.run_id and o.step_id = t.step_id)) as "costPico"
     from task t join run r on r.id = t.run_id and r.workspace_id = $1
     order by t.created_at desc, t.run_id limit $3`,
    [
      ...[workspaceId, agentId, limit, runIds, steps.map(({ runId }) => runId)],
      ...[steps.map(({ stepId }) => stepId), steps.map(({ startedAt }) => startedAt)],
      steps.map(({ cost }) => cost.toString()),
    ],
  );
  return rows.map(({ costPico, ...task }) => ({ ...task, costUsd: numberOf(BigInt(costPico)) }));
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

/** Of these steps of runs, those in which the agent works on a task. */
export async function tasksAmong(
  pool: Pool,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
  runIds: readonly string[],
): Promise<{ runId: string; stepId: string }[]> {
  const { rows } = await pool.query<{ runId: string; stepId: string }>(
    `select run_id as "runId", step_id as "stepId" from agent_turn
     where workspace_id = $1 and run_id = any($3::uuid[]) and turn = 0 and data -> 'agent' ->> 'id' = $2`,
    [workspaceId, agentId, runIds],
  );
  return rows;
}

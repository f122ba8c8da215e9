import type { Pool } from 'pg';
import { callColumns } from '../store';
import type { WaitingRow } from '../view';

const columns = `${callColumns}, r.name as "runName", r.workflow_id as "workflowId", r.thread_id as "threadId",
  (select t.data -> 'agent' ->> 'name' from agent_turn t where t.run_id = c.run_id and t.step_id = c.step_id and t.turn = 0) as agent`;

/** Calls that wait for a person in runs under way, the oldest first. */
export async function waitingCalls(
  pool: Pool,
  workspaceId: string,
  runId: string | undefined,
): Promise<WaitingRow[]> {
  const { rows } = await pool.query<WaitingRow>(
    `select ${columns} from tool_call c join run r on r.id = c.run_id
     where c.workspace_id = $1 and c.state in ('asked', 'unknown') and r.finished_at is null
       and ($2::uuid is null or c.run_id = $2 or r.root_run_id = $2)
     order by c.created_at, c.turn, c.position limit 100`,
    [workspaceId, runId ?? null],
  );
  return rows;
}

export async function findWaiting(
  pool: Pool,
  workspaceId: string,
  id: string,
): Promise<(WaitingRow & { over: boolean }) | undefined> {
  const { rows } = await pool.query<WaitingRow & { over: boolean }>(
    `select ${columns}, r.finished_at is not null as over from tool_call c join run r on r.id = c.run_id
     where c.workspace_id = $1 and c.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

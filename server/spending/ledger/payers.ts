import type { Pool } from 'pg';
import type { Payers } from './call';

/** Who pays for the calls of a run. Runs that its steps started pay from the pots of all above them. */
export async function payersOf(pool: Pool, workspaceId: string, runId: string): Promise<Payers> {
  const { rows } = await pool.query<{
    root: string;
    workflow_id: string | null;
    version_number: number | null;
    started_by: string | null;
    trigger: string;
    thread_id: string | null;
  }>(
    `with recursive line as (
       select r.*, 0 as up from run r where r.id = $1 and r.workspace_id = $2
       union all
       select above.*, line.up + 1 from line join run above on above.id = line.parent_run_id
         and above.workspace_id = $2 where line.up < 64
     )
     select coalesce(root_run_id, id) as root, workflow_id, version_number, started_by, trigger, thread_id
     from line order by up`,
    [runId, workspaceId],
  );
  const own = rows[0];
  const top = rows.at(-1);
  const workflowIds = rows.flatMap(({ workflow_id: id }) => (id === null ? [] : [id]));
  return {
    rootRunId: own?.root ?? runId,
    workflowIds: [...new Set(workflowIds)],
    versionNumber: own?.version_number ?? null,
    personId: top?.started_by ?? null,
    principal: principalOf(top) ?? `run ${own?.root ?? runId}`,
  };
}

type Top = {
  workflow_id: string | null;
  started_by: string | null;
  trigger: string;
  thread_id: string | null;
};

/** Who is behind a run. In a workflow's chat strangers may write: each conversation is one of its own. */
function principalOf(top: Top | undefined): string | undefined {
  if (top === undefined) return undefined;
  if (top.trigger === 'chat' && top.thread_id !== null) return `thread ${top.thread_id}`;
  if (top.started_by !== null) return `person ${top.started_by}`;
  return top.workflow_id === null ? undefined : `workflow ${top.workflow_id}`;
}

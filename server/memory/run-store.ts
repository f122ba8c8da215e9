import type { Pool } from 'pg';

/** Whose a run is: what a step means by its own memory. */
export async function runOf(
  pool: Pool,
  workspaceId: string,
  runId: string,
): Promise<
  | { rootId: string; workflowId: string | null; threadId: string | null; startedBy: string | null }
  | undefined
> {
  const { rows } = await pool.query<{
    rootId: string;
    workflowId: string | null;
    threadId: string | null;
    startedBy: string | null;
  }>(
    `select coalesce(r.root_run_id, r.id) as "rootId", coalesce(r.workflow_id, root.workflow_id) as "workflowId",
       coalesce(root.thread_id, r.thread_id) as "threadId", coalesce(root.started_by, r.started_by) as "startedBy"
     from run r left join run root on root.id = r.root_run_id
     where r.workspace_id = $1 and r.id = $2`,
    [workspaceId, runId],
  );
  return rows[0];
}

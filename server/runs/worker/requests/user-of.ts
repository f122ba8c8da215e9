import type { Services } from '@/server/services';

/** What a run uses connections as. */
export type ConnectionUser = { workflowId: string | null; userId: string | null };

/**
 * The workflow of a run, and the person who answers for what it does: whoever published what it runs word for word, else
 * whoever started it. So a colleague who starts a published version uses its connections as its publisher meant, and
 * one who runs a draft or a changed fork uses only their own.
 */
export async function userOf(
  { pool }: Pick<Services, 'pool'>,
  workspaceId: string,
  runId: string,
): Promise<ConnectionUser> {
  const { rows } = await pool.query<ConnectionUser>(
    `select r.workflow_id as "workflowId",
       case when v.hash = r.definition_hash then v.published_by else r.started_by end as "userId"
     from run r left join workflow_version v on v.workflow_id = r.workflow_id and v.number = r.version_number
     where r.workspace_id = $1 and r.id = $2`,
    [workspaceId, runId],
  );
  return rows[0] ?? { workflowId: null, userId: null };
}

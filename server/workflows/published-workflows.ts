import type { Pool } from 'pg';

/** More workflows than agents can choose from. */
const maxWorkflows = 500;

export type PublishedWorkflow = {
  id: string;
  name: string;
  description: string;
  /** The live version. */
  definition: unknown;
};

/** Workflows of a workspace that have a live version. */
export async function publishedWorkflows(
  pool: Pool,
  workspaceId: string,
): Promise<PublishedWorkflow[]> {
  const { rows } = await pool.query<PublishedWorkflow>(
    `select w.id, w.name, w.description, jsonb_build_object('nodes', jsonb_path_query_array(v.definition, '$.nodes[*] ? (@.type == "start")')) as definition
     from workflow w join workflow_version v on v.workflow_id = w.id and v.number = w.live_version
     where w.workspace_id = $1 and w.deleted_at is null order by w.name, w.id limit $2`,
    [workspaceId, maxWorkflows],
  );
  return rows;
}

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
  db: Pick<Pool, 'query'>,
  workspaceId: string,
): Promise<PublishedWorkflow[]> {
  const { rows } = await db.query<PublishedWorkflow>(
    `select w.id, w.name, w.description, jsonb_build_object('nodes', jsonb_path_query_array(v.definition, '$.nodes[*] ? (@.type == "start")')) as definition
     from workflow w join workflow_version v on v.workflow_id = w.id and v.number = w.live_version
     where w.workspace_id = $1 and w.deleted_at is null order by w.name, w.id limit $2`,
    [workspaceId, maxWorkflows],
  );
  return rows;
}

/** Another text after any change of what {@link publishedWorkflows} gives; versions never change. */
export async function markOfPublished(
  db: Pick<Pool, 'query'>,
  workspaceId: string,
): Promise<string> {
  const { rows } = await db.query<{ mark: string | null }>(
    `select md5(string_agg(jsonb_build_array(id, live_version, name, description)::text, ',' order by id)) as mark
     from workflow where workspace_id = $1 and deleted_at is null and live_version is not null`,
    [workspaceId],
  );
  return rows[0]?.mark ?? '';
}

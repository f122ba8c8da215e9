import type { Pool } from 'pg';

export type NamingTrigger = {
  id: string;
  name: string;
  connection: string;
  workflowId: string;
  workflowName: string;
};

/** Triggers that read their emails over one of these connections, whether they are on or off. */
export async function triggersNaming(
  pool: Pool,
  workspaceId: string,
  connections: readonly string[],
): Promise<NamingTrigger[]> {
  const { rows } = await pool.query<NamingTrigger>(
    `select t.id, coalesce(nullif(t.name, ''), 'Email received') as name, t.config ->> 'connection' as connection,
       w.id as "workflowId", w.name as "workflowName"
     from trigger t join workflow w on w.id = t.workflow_id and w.deleted_at is null
     where t.workspace_id = $1 and t.kind = 'mail' and t.config ->> 'connection' = any($2)
     order by t.created_at, t.id`,
    [workspaceId, connections],
  );
  return rows;
}

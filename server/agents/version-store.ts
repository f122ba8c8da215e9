import type { Pool } from 'pg';

type VersionRow = {
  number: number;
  data: unknown;
  savedAt: Date;
  userId: string | null;
  userName: string | null;
};

export async function versionsOf(
  pool: Pool,
  workspaceId: string,
  agentId: string,
): Promise<VersionRow[]> {
  const { rows } = await pool.query<VersionRow>(
    `select v.number, v.data, v.saved_at as "savedAt", u.id as "userId", u.name as "userName"
     from agent_version v join agent a on a.id = v.agent_id
     left join "user" u on u.id = v.saved_by
     where a.workspace_id = $1 and a.id = $2 order by v.number desc limit 100`,
    [workspaceId, agentId],
  );
  return rows;
}

import type { Pool } from 'pg';

/** Agents that were given a tool whose reference begins so, by name. */
export async function agentsWithTools(
  pool: Pool,
  workspaceId: string,
  ref: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    `select id, name from agent where workspace_id = $1 and jsonb_typeof(tools) = 'array'
       and exists (select from jsonb_array_elements(tools) t where starts_with(t ->> 'ref', $2))
     order by lower(name), id limit 200`,
    [workspaceId, ref],
  );
  return rows;
}

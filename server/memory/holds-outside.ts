import type { Pool } from 'pg';

/** Whether the memory of a workspace holds an entry that a step wrote which had read content from outside. */
export async function memoryHoldsOutside(pool: Pool, workspaceId: string): Promise<boolean> {
  const { rows } = await pool.query<{ is: boolean }>(
    `select exists (select from memory_entry e join memory_space s on s.id = e.space_id
       where s.workspace_id = $1 and not e.deleted and (e.author ->> 'outside')::boolean) as is`,
    [workspaceId],
  );
  return rows[0]?.is === true;
}

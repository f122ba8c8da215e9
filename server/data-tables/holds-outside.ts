import type { Pool } from 'pg';

/** Whether tables of a workspace hold a row that a step wrote to which had read content from outside. */
export async function tablesHoldOutside(pool: Pool, workspaceId: string): Promise<boolean> {
  const { rows } = await pool.query<{ is: boolean }>(
    'select exists (select from data_row where workspace_id = $1 and outside) as is',
    [workspaceId],
  );
  return rows[0]?.is === true;
}

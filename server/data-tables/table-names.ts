import type { Pool } from 'pg';
import type { Column } from '@/lib/data-tables/schema';
import { tablesOf } from './store';

/** Tables of a workspace with their columns. */
export async function tableNames(
  db: Pick<Pool, 'query'>,
  workspaceId: string,
): Promise<{ id: string; name: string; columns: readonly Column[] }[]> {
  return (await tablesOf(db, workspaceId)).map(({ id, name, columns }) => ({
    id,
    name,
    columns,
  }));
}

/** Another text after any change of what {@link tableNames} gives; rows of tables do not count. */
export async function markOfTables(db: Pick<Pool, 'query'>, workspaceId: string): Promise<string> {
  const { rows } = await db.query<{ mark: string | null }>(
    `select md5(string_agg(jsonb_build_array(id, name, columns)::text, ',' order by id)) as mark
     from data_table where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.mark ?? '';
}

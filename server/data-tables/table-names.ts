import type { Pool } from 'pg';
import type { Column } from '@/lib/data-tables/schema';
import { tablesOf } from './store';

/** Tables of a workspace with their columns. */
export async function tableNames(
  pool: Pool,
  workspaceId: string,
): Promise<{ id: string; name: string; columns: readonly Column[] }[]> {
  return (await tablesOf(pool, workspaceId)).map(({ id, name, columns }) => ({
    id,
    name,
    columns,
  }));
}

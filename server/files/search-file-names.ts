import type { Pool } from 'pg';
import type { Wanted } from '@/lib/search/words';
import type { FoundFile } from './search-files';

/** Files of a workspace by their names: those that begin with it first, then the newest. */
export async function searchFileNames(
  pool: Pool,
  workspaceId: string,
  { patterns, whole }: Wanted,
  limit: number,
): Promise<FoundFile[]> {
  const { rows } = await pool.query<FoundFile>(
    `select id, name, media_type as "mediaType", size from file
     where workspace_id = $1 and name ilike all ($2::text[])
     order by starts_with(lower(name), $3) desc, created_at desc, id limit $4`,
    [workspaceId, patterns, whole, limit],
  );
  return rows;
}

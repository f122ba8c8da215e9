import type { Pool } from 'pg';
import type { Hit } from '@/lib/search/contract';
import type { Wanted } from '@/lib/search/words';

/** Connections of a workspace by name alone. */
export async function searchConnections(
  pool: Pool,
  workspaceId: string,
  { patterns, whole }: Wanted,
  limit: number,
): Promise<Hit[]> {
  const { rows } = await pool.query<{ id: string; title: string }>(
    `select id, name as title from connection
     where workspace_id = $1 and name ilike all ($2::text[])
     order by starts_with(lower(name), $3) desc, lower(name), id limit $4`,
    [workspaceId, patterns, whole, limit],
  );
  return rows.map(({ id, title }) => ({
    kind: 'connection',
    id,
    title,
    detail: 'Connection',
    href: '/settings/connections',
  }));
}

import type { Pool } from 'pg';
import type { Hit } from '@/lib/search/contract';
import type { Wanted } from '@/lib/search/words';

/** Agents of a workspace by name, handle and description. */
export async function searchAgents(
  pool: Pool,
  workspaceId: string,
  { patterns, whole }: Wanted,
  limit: number,
): Promise<Hit[]> {
  const { rows } = await pool.query<{ id: string; title: string; handle: string }>(
    `select id, name as title, handle from agent
     where workspace_id = $1 and concat_ws(' ', name, handle, description) ilike all ($2::text[])
     order by starts_with(lower(name), $3) desc, lower(name), id limit $4`,
    [workspaceId, patterns, whole, limit],
  );
  return rows.map(({ id, title, handle }) => ({
    kind: 'agent',
    id,
    title,
    detail: `@${handle}`,
    href: `/agents/${id}`,
  }));
}

import type { Pool } from 'pg';
import type { Hit } from '@/lib/search/contract';
import type { Wanted } from '@/lib/search/words';

/** So many of the last active threads are searched. */
const maxSearched = 5_000;

/** Chat threads of a workspace by title, last active first. */
export async function searchThreads(
  pool: Pool,
  workspaceId: string,
  { patterns }: Wanted,
  limit: number,
): Promise<Hit[]> {
  const { rows } = await pool.query<{ id: string; title: string }>(
    `select id, title from (
       select id, title, updated_at from thread where workspace_id = $1 and visitor_hash is null
       order by updated_at desc limit $4) recent
     where title ilike all ($2::text[]) order by updated_at desc, id limit $3`,
    [workspaceId, patterns, limit, maxSearched],
  );
  return rows.map(({ id, title }) => ({
    kind: 'thread',
    id,
    title,
    detail: 'Conversation',
    href: `/chat/${id}`,
  }));
}

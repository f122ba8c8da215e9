import type { Pool } from 'pg';

export type FoundFile = { id: string; name: string; mediaType: string; size: number };

/** Texts above this size are found by their name alone. */
const maxSearched = 1_000_000;

/** Files of a workspace whose name or text holds all of these words, the newest first. */
export async function searchFiles(
  pool: Pool,
  workspaceId: string,
  words: string,
  limit: number,
): Promise<FoundFile[]> {
  const patterns = words
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 10)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const { rows } = await pool.query<FoundFile>(
    `select id, name, media_type as "mediaType", size from file f
     where workspace_id = $1 and (name ilike all ($2::text[])
       or media_type ~ '^text/|json|csv' and size <= $4
         and concat(name, ' ', encode(data, 'escape')) ilike all ($2::text[]))
     order by created_at desc, id limit $3`,
    [workspaceId, patterns, limit, maxSearched],
  );
  return rows;
}

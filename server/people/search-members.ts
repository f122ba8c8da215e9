import type { Pool } from 'pg';
import type { Hit } from '@/lib/search/contract';
import type { Wanted } from '@/lib/search/words';

/** Members of a workspace by name and e-mail. */
export async function searchMembers(
  pool: Pool,
  workspaceId: string,
  { patterns, whole }: Wanted,
  limit: number,
): Promise<Hit[]> {
  const { rows } = await pool.query<{ id: string; title: string; role: string }>(
    `select u.id, u.name as title, m.role from member m join "user" u on u.id = m."userId"
     where m."organizationId" = $1 and concat_ws(' ', u.name, u.email) ilike all ($2::text[])
     order by starts_with(lower(u.name), $3) desc, lower(u.name), u.id limit $4`,
    [workspaceId, patterns, whole, limit],
  );
  return rows.map(({ id, title, role }) => ({
    kind: 'member',
    id,
    title,
    detail: role,
    href: '/settings/members',
  }));
}

/** Names and addresses of the members of a workspace, by which a text can name them. */
export async function memberNames(
  pool: Pool,
  workspaceId: string,
): Promise<{ name: string; email: string }[]> {
  const { rows } = await pool.query<{ name: string; email: string }>(
    `select u.name, u.email from member m join "user" u on u.id = m."userId"
     where m."organizationId" = $1 order by m."createdAt", u.id limit 1000`,
    [workspaceId],
  );
  return rows;
}

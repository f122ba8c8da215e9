import type { Pool } from 'pg';

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

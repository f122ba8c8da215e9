import type { Pool } from 'pg';

/** The person who asked an agent, as it is told of them. */
export async function personOf(
  pool: Pool,
  userId: string,
): Promise<{ name: string; email: string }> {
  const { rows } = await pool.query<{ name: string; email: string }>(
    'select name, email from "user" where id = $1',
    [userId],
  );
  return rows[0] ?? { name: 'Somebody', email: '' };
}

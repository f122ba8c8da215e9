import type { Pool } from 'pg';

/** Deletes conversations of visitors that nobody went on with for as long as runs are kept. */
export async function forgetVisits(pool: Pool, keepDays: number): Promise<void> {
  await pool.query(
    `delete from thread where visitor_hash is not null and updated_at < now() - make_interval(days => $1)`,
    [keepDays],
  );
}

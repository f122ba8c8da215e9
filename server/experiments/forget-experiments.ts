import type { Pool } from 'pg';

/** Takes deleted experiments away once the runs that began under them are gone. */
export async function forgetExperiments(pool: Pool, keepDays: number): Promise<void> {
  await pool.query(`delete from experiment where deleted_at < now() - $1 * interval '1 day'`, [
    keepDays,
  ]);
}

import type { Pool } from 'pg';

/** Forgets answers whose time is over. */
export async function forgetAnswers(pool: Pool): Promise<void> {
  await pool.query('delete from model_answer where expires_at < now()');
}

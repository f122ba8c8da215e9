import type { Pool } from 'pg';

/** Forgets test requests that nobody waits for any more. */
export async function forgetListening(pool: Pool): Promise<void> {
  await pool.query('delete from trigger_listening where until < now()');
}

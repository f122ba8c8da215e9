import type { Pool } from 'pg';
import { keepHours } from '@/lib/files/uploads/limits';

/** Deletes uploads of which nothing has come for a day. */
export async function forgetUploads(pool: Pool): Promise<void> {
  await pool.query('delete from upload where touched_at < now() - make_interval(hours => $1)', [
    keepHours,
  ]);
}

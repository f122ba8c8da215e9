import type { Pool } from 'pg';

/** How many workers hold a lease at this moment. */
export async function liveWorkers(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from worker where lease_until > clock_timestamp()',
  );
  return rows[0]?.count ?? 0;
}

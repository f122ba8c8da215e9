import type { Pool } from 'pg';

/**
 * Ids of the runs that steps of a run and of those below it started, and that are not over; those above first. One that
 * is over may have others below it that are not yet.
 */
export async function runsBelow(pool: Pool, runId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with recursive below as (
       select id, depth, finished_at from run where parent_run_id = $1
       union all
       select r.id, r.depth, r.finished_at from run r join below b on r.parent_run_id = b.id
     ) select id from below where finished_at is null order by depth`,
    [runId],
  );
  return rows.map(({ id }) => id);
}

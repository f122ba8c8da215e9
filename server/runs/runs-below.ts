import type { Pool } from 'pg';

/** Ids of the runs that steps of a run and of those below it started, and that are not over; those above first. */
export async function runsBelow(pool: Pool, runId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with recursive below as (
       select id, depth from run where parent_run_id = $1 and finished_at is null
       union all
       select r.id, r.depth from run r join below b on r.parent_run_id = b.id where r.finished_at is null
     ) select id from below order by depth`,
    [runId],
  );
  return rows.map(({ id }) => id);
}

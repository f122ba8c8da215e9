import type { Pool } from 'pg';
import type { RunStatus } from '@/lib/runs/schema';

/**
 * Ids of the runs that steps of a run and of those below it started, and that are not over; those above first. One that
 * is over may have others below it that are not yet. `except`: without those in this state.
 */
export async function runsBelow(pool: Pool, runId: string, except?: RunStatus): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with recursive below as (
       select id, depth, status, finished_at from run where parent_run_id = $1
       union all
       select r.id, r.depth, r.status, r.finished_at from run r join below b on r.parent_run_id = b.id
     ) select id from below where finished_at is null and status is distinct from $2 order by depth`,
    [runId, except],
  );
  return rows.map(({ id }) => id);
}

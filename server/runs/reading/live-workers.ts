import type { Pool } from 'pg';

export type WorkerCounts = { ready: number; starting: number; stopping: number };

/** Worker processes with a lease at this moment, by what they are doing, and the moment by the database's clock. */
export async function liveWorkers(pool: Pool): Promise<WorkerCounts & { now: number }> {
  const { rows } = await pool.query<WorkerCounts & { now: Date }>(
    `select clock_timestamp() as now, count(*) filter (where state = 'ready')::int as ready,
       count(*) filter (where state = 'starting')::int as starting,
       count(*) filter (where state = 'stopping')::int as stopping
     from worker where lease_until > clock_timestamp()`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('an aggregate gave no row');
  return { ...row, now: row.now.getTime() };
}

export type WorkerRow = {
  id: string;
  name: string;
  state: 'starting' | 'ready' | 'stopping';
  generation: number;
  startedAt: Date;
  leaseUntil: Date;
  /** Steps of one workspace that it works on. */
  held: [runId: string, stepId: string][];
};

/** Worker processes with a lease, and what of a workspace each works on. */
export async function workersFor(pool: Pool, workspaceId: string): Promise<WorkerRow[]> {
  const { rows } = await pool.query<WorkerRow>(
    `with held as (
       select h.entry ->> 0 as worker, json_agg(json_build_array(r.id, h.entry ->> 1)) as steps
       from run r, json_array_elements(r.held) as h(entry)
       where r.workspace_id = $1 and r.wake_at is not null and r.held is not null group by 1
     )
     select w.id, w.name, w.state, w.generation::int as generation, w.started_at as "startedAt",
       w.lease_until as "leaseUntil", coalesce(h.steps, '[]') as held
     from worker w left join held h on h.worker = w.id::text
     where w.lease_until > clock_timestamp() order by w.generation`,
    [workspaceId],
  );
  return rows;
}

/** Workspaces in which runs are under way. */
export async function busyWorkspaces(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'select distinct workspace_id as id from run where wake_at is not null limit 200',
  );
  return rows.map(({ id }) => id);
}

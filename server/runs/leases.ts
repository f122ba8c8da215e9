import { hostname } from 'node:os';
import type { Pool } from 'pg';
import type { Held } from './executor';

/** Renews a worker's lease by the database's clock and tells what the rows say that it holds. */
export async function beat(
  pool: Pool,
  worker: { id: string; name: string; leaseMs: number },
): Promise<{ now: number; held: Held[] }> {
  const { rows } = await pool.query<{ now: Date; held: [string, string, number][] }>(
    `with beat as (
      insert into worker (id, name, host, pid, lease_until)
      values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
      on conflict (id) do update set lease_until = excluded.lease_until
    )
    select clock_timestamp() as now, coalesce((
      select json_agg(json_build_array(run_id, step_id, attempt)) from step
      where worker_id = $1 and status = 'running'), '[]') as held`,
    [worker.id, worker.name, hostname(), process.pid, worker.leaseMs],
  );
  const row = rows[0];
  return {
    now: row?.now.getTime() ?? 0,
    held: (row?.held ?? []).map(([runId, stepId, attempt]) => ({ runId, stepId, attempt })),
  };
}

export async function endLease(pool: Pool, workerId: string): Promise<void> {
  await pool.query('delete from worker where id = $1', [workerId]);
}

export type Sweep = { lost: (Held & { worker: string })[]; due: string[] };

/** Any number that nobody else locks by. */
const sweepLock = 515_047_001;

const sweepSql = `
with turn as materialized (select pg_try_advisory_xact_lock($1) as mine),
lost as (
  select run_id, step_id, attempt, worker_id from step s, turn where turn.mine and status = 'running'
    and not exists (select 1 from worker w where w.id = s.worker_id and w.lease_until > clock_timestamp())
  limit 500
), due as (
  select id from run, turn where turn.mine and wake_at <= clock_timestamp() order by wake_at limit $2
)
select mine,
  (select coalesce(json_agg(json_build_array(run_id, step_id, attempt, worker_id)), '[]') from lost) as lost,
  (select coalesce(json_agg(id), '[]') from due) as due
from turn`;

/**
 * What somebody must look after: steps whose worker has no lease, and runs that are due. Undefined when another
 * worker is sweeping at this very moment. One statement, so that a process that is paused in the middle holds
 * nothing that the others need.
 */
export async function sweep(pool: Pool, mostDue: number): Promise<Sweep | undefined> {
  const { rows } = await pool.query<{
    mine: boolean;
    lost: [runId: string, stepId: string, attempt: number, worker: string][];
    due: string[];
  }>(sweepSql, [sweepLock, mostDue]);
  const row = rows[0];
  if (row?.mine !== true) return undefined;
  const lost = row.lost.map(([runId, stepId, attempt, worker]) => ({
    runId,
    stepId,
    attempt,
    worker,
  }));
  return { lost, due: row.due };
}

/** Forgets workers that have been gone for an hour. */
export async function forgetWorkers(pool: Pool): Promise<void> {
  await pool.query("delete from worker where lease_until < clock_timestamp() - interval '1 hour'");
}

import { hostname } from 'node:os';
import type { Pool } from 'pg';
import type { LeasedStep } from './executor';

/** What a worker process is doing, as its lease says. */
export type WorkerState = 'starting' | 'ready' | 'stopping';

/**
 * Renews a worker's lease by the database's clock. Gives the attempts of these runs that the rows say it has leased, and
 * how many other workers there are.
 */
export async function beat(
  pool: Pool,
  worker: { id: string; name: string; leaseMs: number; counters?: unknown; state: WorkerState },
  runIds: readonly string[],
): Promise<{ now: number; leased: LeasedStep[]; others: number }> {
  const { rows } = await pool.query<{ now: Date; leased: LeasedEntry[]; others: number }>(
    `with beat as (
      insert into worker as w (id, name, host, pid, lease_until, tally, state)
      values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond', $7, $8)
      on conflict (id) do update set lease_until = excluded.lease_until, tally = excluded.tally, state = excluded.state,
        generation = case when w.lease_until < clock_timestamp() then excluded.generation else w.generation end
    )
    select clock_timestamp() as now,
      (select count(*)::int from worker where id <> $1 and lease_until > clock_timestamp()) as others, coalesce((
      select json_agg(json_build_array(r.id, h.entry)) from run r, json_array_elements(r.held) as h(entry)
      where r.id = any($6::uuid[]) and h.entry ->> 0 = $1::text), '[]') as leased`,
    [
      ...[worker.id, worker.name, hostname(), process.pid, worker.leaseMs, runIds],
      ...[worker.counters, worker.state],
    ],
  );
  const row = rows[0];
  const leased = (row?.leased ?? []).map(toLeased);
  return { now: row?.now.getTime() ?? 0, leased, others: row?.others ?? 0 };
}

type LeasedEntry = [runId: string, entry: [worker: string, stepId: string, attempt: number]];

function toLeased([runId, [worker, stepId, attempt]]: LeasedEntry): LeasedStep & {
  worker: string;
} {
  return { runId, stepId, attempt, worker };
}

export async function endLease(pool: Pool, workerId: string): Promise<void> {
  await pool.query('delete from worker where id = $1', [workerId]);
}

export type Sweep = {
  /** Attempts whose worker has no lease. */
  lost: (LeasedStep & { worker: string })[];
  /** What the rows say that the sweeping worker has leased; only where the sweep was thorough. */
  own: LeasedStep[];
  /** Runs that somebody must look at. */
  due: string[];
};

/** Any number that nobody else locks by. */
const sweepLock = 515_047_001;

/** Runs that have not ended are those of the index `run_due`. Each workspace has its turn. */
const sweepSql = `
with turn as materialized (
  select pg_try_advisory_xact_lock($1) as mine,
    $3::boolean or exists (select 1 from worker where lease_until <= clock_timestamp()) as searching
), leased as (
  select r.id, h.entry, h.entry ->> 0 = $4::text as own
  from turn, run r, json_array_elements(r.held) as h(entry)
  where turn.mine and turn.searching and r.wake_at is not null and r.held is not null
    and (h.entry ->> 0 = $4::text or not exists (
      select 1 from worker w where w.id::text = h.entry ->> 0 and w.lease_until > clock_timestamp()))
  limit 1000
), waiting as (
  select id, workspace_id, wake_at from run, turn
  where turn.mine and wake_at <= clock_timestamp() order by wake_at limit 5000
), due as (
  select id from (
    select id, wake_at, row_number() over (partition by workspace_id order by wake_at) as place from waiting
  ) w order by place, wake_at limit $2
)
select mine,
  (select coalesce(json_agg(json_build_array(id, entry)) filter (where not own), '[]') from leased) as lost,
  (select coalesce(json_agg(json_build_array(id, entry)) filter (where own), '[]') from leased) as own,
  (select coalesce(json_agg(id), '[]') from due) as due
from turn`;

/**
 * What is due, and what was lost. Undefined when another worker is sweeping at this moment. All runs under way
 * are searched for lost attempts when a lease has run out, and each time when `thorough`. One statement, so that
 * a process that stops in the middle locks nothing that the others need.
 */
export async function sweep(
  pool: Pool,
  worker: string,
  maxDue: number,
  thorough: boolean,
): Promise<Sweep | undefined> {
  const { rows } = await pool.query<{
    mine: boolean;
    lost: LeasedEntry[];
    own: LeasedEntry[];
    due: string[];
  }>(sweepSql, [sweepLock, maxDue, thorough, worker]);
  const row = rows[0];
  if (row?.mine !== true) return undefined;
  return {
    lost: row.lost.map(toLeased),
    own: thorough ? row.own.map(toLeased) : [],
    due: row.due,
  };
}

/** Forgets workers whose lease ran out a while ago; one that comes back makes itself known again. */
export async function forgetWorkers(pool: Pool): Promise<void> {
  await pool.query(
    "delete from worker where lease_until < clock_timestamp() - interval '5 seconds'",
  );
}

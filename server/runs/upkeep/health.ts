import type { Services } from '@/server/services';

export type RunHealth = {
  /** Whether the queue and the bus work. Runs go on without them, slower. */
  queue: boolean;
  bus: boolean;
  /** Workers with a lease. */
  workers: number;
  /** Runs that wait for somebody to look at them, and for how long the oldest does, in milliseconds. */
  due: number;
  oldestDueMs: number | null;
};

/** How the machinery of runs is. Throws when the database does not answer. */
export async function runHealth(
  services: Pick<Services, 'healthPool' | 'queue' | 'bus'>,
): Promise<RunHealth> {
  const [queue, { rows }] = await Promise.all([
    services.queue.ping(),
    services.healthPool.query<{ workers: number; due: number; oldest: number | null }>(
      `select (select count(*) from worker where lease_until > clock_timestamp())::int as workers,
         count(*)::int as due, (extract(epoch from clock_timestamp() - min(wake_at)) * 1000)::float8 as oldest
       from (select wake_at from run where wake_at <= clock_timestamp() order by wake_at limit 10000) d`,
    ),
  ]);
  const row = rows[0];
  return {
    queue,
    bus: services.bus.connected(),
    workers: row?.workers ?? 0,
    due: row?.due ?? 0,
    oldestDueMs: row?.oldest == null ? null : Math.round(row.oldest),
  };
}

import { type CounterValues, latencyClasses } from '@/server/runs/engine/counters';
import type { Services } from '@/server/services';

type Row = {
  due: number;
  oldest: number | null;
  states: Record<string, number> | null;
  held: number;
  workers: { id: string; counters: CounterValues | null }[] | null;
};

const sql = `select
  (select count(*)::int from run where wake_at <= clock_timestamp()) as due,
  (select extract(epoch from clock_timestamp() - min(wake_at))::float8 from run
     where wake_at <= clock_timestamp()) as oldest,
  (select json_object_agg(status, n) from (
     select status, count(*)::int as n from run where finished_at is null group by status
     union all select status, count(*)::int from run
       where finished_at > clock_timestamp() - interval '1 day' group by status) s) as states,
  (select count(*)::int from run r, json_array_elements(r.held)
     where r.held is not null and r.finished_at is null) as held,
  (select json_agg(json_build_object('id', id, 'counters', tally)) from worker
     where lease_until > clock_timestamp()) as workers`;

/** How the machinery of runs is, in Prometheus' text format 0.0.4. Throws when the database does not answer. */
export async function runMetrics({ healthPool }: Pick<Services, 'healthPool'>): Promise<string> {
  const { rows } = await healthPool.query<Row>(sql);
  const [row] = rows;
  const workers = row?.workers ?? [];
  const states = Object.entries(row?.states ?? {});
  const counted = workers.flatMap(({ id, counters }) =>
    counters ? [{ worker: id, counters }] : [],
  );
  const counter = (name: keyof Omit<CounterValues, 'advances'>) =>
    counted.map(({ worker, counters }): Sample => [{ worker }, counters[name]]);
  return [
    metric('ensemble_runs_due', 'gauge', 'Runs that somebody must look at now.', [
      [{}, row?.due ?? 0],
    ]),
    metric('ensemble_oldest_due_seconds', 'gauge', 'How long the oldest of them has waited.', [
      [{}, row?.oldest ?? 0],
    ]),
    metric(
      'ensemble_runs',
      'gauge',
      'Runs that are not over, and those that ended within a day.',
      states.map(([status, count]) => [{ status }, count]),
    ),
    metric('ensemble_workers', 'gauge', 'Workers with a lease.', [[{}, workers.length]]),
    metric('ensemble_steps_held', 'gauge', 'Attempts that workers hold.', [[{}, row?.held ?? 0]]),
    metric('ensemble_steps_started_total', 'counter', 'Attempts begun.', counter('started')),
    metric('ensemble_steps_succeeded_total', 'counter', 'Steps done.', counter('succeeded')),
    metric('ensemble_steps_failed_total', 'counter', 'Steps failed for good.', counter('failed')),
    metric('ensemble_step_retries_total', 'counter', 'Attempts put off.', counter('retried')),
    metric('ensemble_steps_lost_total', 'counter', 'Attempts lost with a worker.', counter('lost')),
    metric(
      'ensemble_commit_conflicts_total',
      'counter',
      'Commits decided anew.',
      counter('conflicts'),
    ),
    advances(counted),
    '',
  ].join('\n');
}

type Sample = [labels: Record<string, string>, value: number];

function metric(name: string, type: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${written(labels)} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}

function written(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function advances(counted: readonly { worker: string; counters: CounterValues }[]): string {
  const name = 'ensemble_advance_seconds';
  const lines = counted.flatMap(
    ({
      worker,
      counters: {
        advances: { counts, sumMs },
      },
    }) => {
      let below = 0;
      const buckets = counts.map((count, i) => {
        below += count;
        const most = latencyClasses[i];
        const le = most === undefined ? '+Inf' : String(most / 1_000);
        return `${name}_bucket${written({ worker, le })} ${below}`;
      });
      const of = written({ worker });
      return [...buckets, `${name}_sum${of} ${sumMs / 1_000}`, `${name}_count${of} ${below}`];
    },
  );
  return [
    `# HELP ${name} Time from asking something of a run to its commit.`,
    `# TYPE ${name} histogram`,
    ...lines,
  ].join('\n');
}

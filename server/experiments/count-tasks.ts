import type { Pool, PoolClient } from 'pg';
import type { Decided } from '@/lib/experiments/contract';
import { differenceOf } from '@/lib/experiments/difference';
import { type Breach, breachOf, type Spent } from '@/lib/experiments/reading/guardrails';
import { verdictOf } from '@/lib/experiments/reading/verdict';
import type { VariantId } from '@/lib/experiments/schema';
import { transaction } from '@/server/db/transaction';
import { type ExperimentRow, type TallyRow, tallyOf, variantOfRow } from './store';

/**
 * Of a task `t`: what its model calls cost, those of the runs that its step started included, and whether one of them is
 * still under way.
 */
const spentSql = `
  with recursive below as (
    select t.run_id as id, t.step_id as step
    union all
    select k.id, null from below b join run k on k.parent_run_id = b.id and (b.step is null or k.parent_step_id = b.step)
  )
  select coalesce(sum(m.cost_pico), 0) as cost, coalesce(bool_or(m.state = 'held'), false) as under_way
  from below b join model_call m on m.run_id = b.id and (b.step is null or m.step_id = b.step)`;

/** Tasks that one look counts. */
const batch = 500;

/**
 * Counts the tasks of an experiment whose runs have ended, once each, stops it where a guardrail says so, and keeps the
 * first reading that names a winner. What a task came to follows from rows that are there anyway, so a process that dies
 * before it has counted loses nothing, and of two that count at once one leaves it to the other. Answers with the
 * guardrail that was passed now.
 */
export async function countTasks(pool: Pool, id: string): Promise<Breach | undefined> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<ExperimentRow>(
      'select * from experiment where id = $1 for update skip locked',
      [id],
    );
    const [experiment] = rows;
    if (experiment === undefined) return undefined;
    await settleTasks(client, id);
    const tally = await tallyOf(client, id);
    await keepFirstWinner(client, experiment, tally);
    return stopAtGuardrail(client, experiment, tally);
  });
}

async function settleTasks(client: PoolClient, id: string): Promise<void> {
  await client.query(
    `with over as (
       select t.key, s.status, s.started_at, s.finished_at, c.cost, c.under_way
       from (
         select t.* from experiment_task t left join run r on r.id = t.run_id
         where t.experiment_id = $1 and t.counted_at is null and (r.id is null or r.finished_at is not null)
         order by t.assigned_at limit $2
       ) t left join step s on s.run_id = t.run_id and s.step_id = t.step_id
       cross join lateral (${spentSql}) c
     )
     update experiment_task t set counted_at = now(), cost_pico = o.cost, failed = o.status is not distinct from 'failed',
       left_out = coalesce(o.status not in ('succeeded', 'failed'), true),
       duration_ms = coalesce(least(extract(epoch from o.finished_at - o.started_at) * 1000, 2147483647), 0)
     from over o where t.key = o.key and not o.under_way`,
    [id, batch],
  );
}

async function keepFirstWinner(
  client: PoolClient,
  experiment: ExperimentRow,
  { A, B }: Record<VariantId, TallyRow>,
): Promise<void> {
  const { id, goal, decided } = experiment;
  if (decided !== null) return;
  const { winner, estimate, interval } = verdictOf(goal, A, B);
  if (winner === undefined || interval === undefined) return;
  const first: Decided = {
    ...{ winner, tasks: A.n + B.n, difference: differenceOf(goal, estimate, interval) },
    at: new Date().toISOString(),
  };
  await client.query('update experiment set decided = $2 where id = $1', [
    id,
    JSON.stringify(first),
  ]);
}

async function stopAtGuardrail(
  client: PoolClient,
  experiment: ExperimentRow,
  tally: Record<VariantId, TallyRow>,
): Promise<Breach | undefined> {
  const { id, state, max_cost_pico: most, max_failure_percent: maxFailurePercent } = experiment;
  if (state !== 'running' || (most === null && maxFailurePercent === null)) return undefined;
  const maxCost = most === null ? null : BigInt(most);
  const open = maxCost === null ? [] : await openCosts(client, id);
  const spentOf = (variant: VariantId): Spent => {
    const { tasks, leftOut, n, failures, cost } = tally[variant];
    const also = BigInt(open.find((row) => row.variant === variant)?.cost ?? 0);
    return { tasks: tasks - leftOut, cost: cost.pico + also, counted: n, failures };
  };
  const breach = breachOf({ maxCost, maxFailurePercent }, { A: spentOf('A'), B: spentOf('B') });
  if (breach === undefined) return undefined;
  const { variant, by } = breach;
  const { name } = variantOfRow(experiment, variant);
  const what = by === 'cost' ? 'costs more than its limit' : 'fails more often than its limit';
  await client.query(
    `update experiment set state = 'stopped', ended_at = clock_timestamp(), end_reason = $2 where id = $1`,
    [id, `Variant ${variant} (${name}) ${what}.`],
  );
  return breach;
}

/** What tasks cost so far that are not counted yet. */
async function openCosts(client: PoolClient, id: string) {
  const { rows } = await client.query<{ variant: VariantId; cost: string }>(
    `select t.variant, sum(c.cost)::text as cost from experiment_task t cross join lateral (${spentSql}) c
     where t.experiment_id = $1 and t.counted_at is null group by t.variant`,
    [id],
  );
  return rows;
}

/** Counts what has ended of all experiments that have tasks left; for the janitor. */
export async function countAllTasks(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select e.id from experiment e where exists (
       select from experiment_task t left join run r on r.id = t.run_id
       where t.experiment_id = e.id and t.counted_at is null and (r.id is null or r.finished_at is not null))`,
  );
  for (const { id } of rows) await countTasks(pool, id);
}

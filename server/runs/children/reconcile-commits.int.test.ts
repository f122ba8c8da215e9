import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { type Config, databaseUrl } from '@/server/config';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { startEach, startSmall, withWorkers } from '@/server/runs/testing/children-load';
import { textOf } from '@/server/runs/testing/faults/failpoints';
import { ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { testConfig } from '@/server/testing/database';

const items = 150;
/** For each item its beginning, its work and its end, with all that watchers and the queue are told. */
const maxCommits = 10;

let config: Config;
let pool: Pool;
let workspaceId: string;
beforeAll(async () => {
  // As in the product: with the short leases of other tests a busy machine loses steps, and does them twice.
  config = await testConfig({ ENSEMBLE_LEASE_MS: '30000', ENSEMBLE_SWEEP_MS: '2000' });
  pool = new Pool({ connectionString: databaseUrl(config), max: 2 });
  workspaceId = await makeWorkspace(pool);
  // So that the tables of the queue are there.
  await withWorkers(config, 1, async (services) => {
    await ended(services, await startEach(services, workspaceId, { items: 1, concurrency: 1 }));
  });
});
afterAll(() => pool.end());

/** Transactions of this database so far: a connection tells of its own at the latest when it ends. */
async function commits(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select xact_commit::int as count from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.count ?? 0;
}

async function beginnings(runId: string): Promise<{ runs: number; starts: number }> {
  const { rows } = await pool.query<{ runs: number; starts: number }>(
    `select count(distinct r.id)::int as runs, count(*) filter (where e.type = 'StepStarted')::int as starts
     from run r join run_event e on e.run_id = r.id where r.parent_run_id = $1`,
    [runId],
  );
  return rows[0] ?? { runs: 0, starts: 0 };
}

/** What a For each over so many items costs, its workers' beginning and end included. */
async function costOf(shape: { items: number; concurrency: number; workers: number }) {
  const before = await commits();
  await withWorkers(config, shape.workers, async (services) => {
    const id = await startEach(services, workspaceId, shape);
    const state = await ended(services, id);
    const results = Array.from({ length: shape.items }, (_, n) => n + 1);
    expect(state).toMatchObject({ status: 'succeeded', output: { results, failed: 0 } });
    expect(await beginnings(id)).toEqual({ runs: shape.items, starts: shape.items });
  });
  return (await commits()) - before;
}

test.each([
  { concurrency: 5, workers: 1 },
  { concurrency: 20, workers: 1 },
  { concurrency: 50, workers: 1 },
  { concurrency: 50, workers: 3 },
])('an item costs few commits, $concurrency at a time on $workers workers', async (shape) => {
  const none = await costOf({ ...shape, items: 1 });
  const each = ((await costOf({ ...shape, items: items + 1 })) - none) / items;
  const { concurrency, workers } = shape;
  process.stdout.write(
    `child runs: ${each.toFixed(1)} commits an item, ${concurrency} at a time, ${workers} workers, N = ${items}\n`,
  );
  expect(each).toBeLessThanOrEqual(maxCommits);
});

test('nothing goes on after a cancel, not even looks at what is over', async () => {
  const actor: Actor = {
    ...{ userId: 'u', name: 'Ada', email: 'a@b.c', role: 'editor' },
    workspaceId,
  };
  await withWorkers(config, 1, async (services) => {
    const id = await startEach(services, workspaceId, { items: 5_000, concurrency: 50 });
    await eventually('a hundred were begun', async () => (await beginnings(id)).runs > 100);
    await cancelRun(services, actor, { params: { id }, query: {}, body: undefined });
    const begun = await beginnings(id);
    const looks = countStatements(services.pool, /family_now|select p\.seq, coalesce/);
    for (let n = 0; n < 5; n += 1) await ended(services, await startSmall(services, workspaceId));
    expect(await beginnings(id)).toEqual(begun);
    expect(looks()).toBeLessThan(5);
    const { rows } = await pool.query(
      'select status from run where root_run_id = $1 and (finished_at is null or wake_at is not null)',
      [id],
    );
    expect(rows).toEqual([]);
  });
});

/** Counts the statements of a pool from now on that look like this. */
function countStatements(counted: Pool, like: RegExp): () => number {
  let count = 0;
  const query = counted.query.bind(counted) as (...given: unknown[]) => unknown;
  const noted = (...given: unknown[]) => {
    if (like.test(textOf(given[0]))) count += 1;
    return query(...given);
  };
  counted.query = noted as Pool['query'];
  return () => count;
}

import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { loadConfig, withSecrets } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { type EmbeddedPostgres, startPostgres } from '@/server/embedded/postgres';
import { type Effects, openEffects } from '@/server/runs/testing/effects';
import {
  begin,
  ended,
  eventually,
  type Harness,
  makeWorkspace,
  openHarness,
} from '@/server/runs/testing/harness';
import { checkRun } from '@/server/runs/testing/oracle';
import { endWorkerProcesses, startWorkerProcess } from '@/server/runs/testing/worker-process';
import { runHealth } from '@/server/runs/upkeep/health';
import { testEnvironment } from '@/server/testing/database';
import { killProcess } from '@/server/testing/kill-process';
import { startRedis, type TestRedis } from '@/server/testing/redis';
import { scratchFolder } from '@/server/testing/scratch';

const times = { ENSEMBLE_LEASE_MS: '2000', ENSEMBLE_SWEEP_MS: '300' };
const chain = aPlan(Array.from({ length: 8 }, (_, n) => aStep(`s${n}`, n ? [`s${n - 1}`] : [])));
const patienceMs = 60_000;

let effects: Effects;
beforeAll(async () => {
  effects = await openEffects();
});
afterEach(endWorkerProcesses);
afterAll(() => effects.close());

describe('SIGKILL of Postgres', () => {
  let postgres: EmbeddedPostgres;
  let folder: string;
  let web: Harness;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = scratchFolder('kill-postgres');
    postgres = await startPostgres({ dataDir: folder, log: () => undefined });
    await migrate(postgres.url);
    env = await testEnvironment({ ...times, DATABASE_URL: postgres.url });
    web = await openHarness(withSecrets(loadConfig(env)));
  });
  afterAll(async () => {
    await web.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('while runs are under way costs time and nothing else', async () => {
    const workspace = await makeWorkspace(web.pool);
    await Promise.all([startWorkerProcess(env, effects.url), startWorkerProcess(env, effects.url)]);
    const ids = await Promise.all(Array.from({ length: 20 }, () => begin(web, workspace, chain)));
    for (const share of [20, 60]) {
      await eventually('some steps are done', async () => effects.seen.length >= share);
      const killed = postgres.pid();
      killProcess(killed);
      // Its own children answer for a moment longer.
      await eventually('Postgres is back', () =>
        web.pool.query('select 1').then(
          () => postgres.pid() !== killed,
          () => false,
        ),
      );
    }
    for (const id of ids) {
      await eventually(
        'the run ends',
        () =>
          web.engine.load(id).then(
            (state) => state?.finishedAt !== undefined,
            () => false,
          ),
        patienceMs,
      );
      await checkRun(web.pool, effects, id, chain);
    }
    process.stdout.write(
      `Postgres killed 2 times under ${ids.length} runs of 8 steps: all ended right\n`,
    );
  });
});

describe('SIGKILL of Redis, which comes back empty', () => {
  let redis: TestRedis;
  let web: Harness;
  let env: Record<string, string>;
  beforeAll(async () => {
    redis = await startRedis();
    env = await testEnvironment({ ...times, REDIS_URL: redis.url });
    web = await openHarness(withSecrets(loadConfig(env)));
  });
  afterAll(async () => {
    await web.close();
    await redis.stop();
  });

  it('costs runs time and nothing else, and wake-up jobs arrive again afterwards', async () => {
    const workspace = await makeWorkspace(web.pool);
    await Promise.all([startWorkerProcess(env, effects.url), startWorkerProcess(env, effects.url)]);
    const many = (count: number) =>
      Promise.all(Array.from({ length: count }, () => begin(web, workspace, chain)));
    const before = await many(10);
    await eventually('some steps are done', async () => effects.of(before[0] ?? '').length > 0);
    await redis.kill();
    const during = await many(10);
    for (const id of during) await ended(web, id, patienceMs);
    await redis.start();
    await eventually('queue and bus are well', async () => {
      const { queue, bus } = await runHealth(web);
      return queue && bus;
    });
    const after = await many(10);
    for (const id of [...before, ...during, ...after]) {
      await ended(web, id, patienceMs);
      await checkRun(web.pool, effects, id, chain);
    }
    // A wake-up job alone brings a worker: the sweeper looks away from what is not due.
    const id = await begin(web, workspace, aPlan([aStep('hold', [], { timeoutMs: 60_000 })]));
    await eventually('it is claimed', async () => effects.of(id).length === 1);
    expect((await web.engine.load(id))?.status).toBe('running');
  });
});

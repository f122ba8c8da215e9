import { randomUUID } from 'node:crypto';
import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import type { Plan } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { makeWorkspace, openHouse } from '@/server/runs/testing/house';
import { startRedis } from '@/server/testing/redis';
import { median, percentile, rounded } from './figures';
import { requirePeer } from './peers';
import { openStage } from './stage';

const steps = 10;

/** When the first step began and when the last one was durable, by `performance.now()`. */
type Chain = { began: number; ended: number };

/** One way of doing a chain of ten no-op steps, each durable before the next. Resolves when the chain has ended. */
type Contestant = {
  name: string;
  chain(lane: number): Promise<Chain>;
  close(): Promise<void>;
};

/** The least code that does it: one commit for the run, one for each step, one connection for each lane. */
async function floor(url: string, lanes: number): Promise<Contestant> {
  const pool = new Pool({ connectionString: url, max: lanes });
  await pool.query(
    `create table if not exists floor_run (id uuid primary key, step int not null, state json)`,
  );
  await pool.query(
    `create table if not exists floor_step (run_id uuid, step int, output json, primary key (run_id, step))`,
  );
  const clients = await Promise.all(Array.from({ length: lanes }, () => pool.connect()));
  return {
    name: 'floor',
    async chain(lane) {
      const client = clients[lane];
      if (client === undefined) throw new Error('no such lane');
      const id = randomUUID();
      await client.query({
        name: 'fr',
        text: 'insert into floor_run values ($1, 0, $2)',
        values: [id, '{}'],
      });
      const began = performance.now();
      for (let step = 1; step <= steps; step += 1) {
        await client.query('begin');
        await client.query({
          name: 'fs',
          text: 'insert into floor_step values ($1, $2, $3)',
          values: [id, step, '{}'],
        });
        await client.query({
          name: 'fu',
          text: 'update floor_run set step = $2 where id = $1',
          values: [id, step],
        });
        await client.query('commit');
      }
      return { began, ended: performance.now() };
    },
    async close() {
      for (const client of clients) client.release();
      await pool.end();
    },
  };
}

function plan(): Plan {
  return aPlan(
    Array.from({ length: steps }, (_, n) =>
      aStep(`s${n}`, n === 0 ? [] : [`s${n - 1}`], { timeoutMs: 300_000 }),
    ),
    { timeoutMs: 6 * 3_600_000 },
  );
}

/** Our engine as the product wires it: queue, bus, worker, leases and all, on Postgres. */
async function ours(config: Parameters<typeof openHouse>[0]): Promise<Contestant> {
  const house = await openHouse(config, 'bench');
  const workspaceId = await makeWorkspace(house.pool);
  const began = new Map<string, number>();
  await house.work(({ runId, step }) => {
    if (step.id === 's0') began.set(runId, performance.now());
    return Promise.resolve({ ok: true, output: null });
  });
  const frozen = plan();
  return {
    name: 'ensemble',
    async chain() {
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<void>();
      const end = await house.bus.subscribe(`run:${id}`, (message) => {
        if (message.kind !== 'events') return;
        if (message.events?.some((event) => event.type === 'RunSucceeded')) resolve();
      });
      await house.engine.start({
        id,
        workspaceId,
        name: 'bench',
        mode: 'live',
        trigger: 'api',
        plan: frozen,
        definitionHash: 'x',
        input: {},
      });
      await promise;
      const ended = performance.now();
      end();
      const first = began.get(id) ?? Number.NaN;
      began.delete(id);
      return { began: first, ended };
    },
    close: house.close,
  };
}

/** BullMQ as people chain with it: each job adds the next one. */
function bullmq(
  name: string,
  queue: Queue,
  open: (handler: (data: { id: string; step: number }) => Promise<void>) => Worker,
  after: () => Promise<unknown>,
): Contestant {
  const waiting = new Map<string, () => void>();
  const began = new Map<string, number>();
  const options = { removeOnComplete: true, removeOnFail: true };
  const worker = open(async ({ id, step }) => {
    if (step === 1) began.set(id, performance.now());
    if (step < steps) await queue.add('step', { id, step: step + 1 }, options);
    else waiting.get(id)?.();
  });
  worker.on('error', () => undefined);
  return {
    name,
    async chain() {
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(id, resolve);
      await queue.add('step', { id, step: 1 }, options);
      await promise;
      const ended = performance.now();
      const first = began.get(id) ?? Number.NaN;
      waiting.delete(id);
      began.delete(id);
      return { began: first, ended };
    },
    async close() {
      await worker.close();
      await queue.close();
      await after();
    },
  };
}

async function bullmqOnRedis(): Promise<Contestant> {
  const redis = await startRedis();
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  await connection.config('SET', 'appendonly', 'yes', 'appendfsync', 'everysec');
  const queue = new Queue('chain', { connection });
  queue.on('error', () => undefined);
  await queue.waitUntilReady();
  return bullmq(
    'bullmq-redis',
    queue,
    (handler) => new Worker('chain', (job) => handler(job.data), { connection, concurrency: 50 }),
    async () => {
      connection.disconnect();
      await redis.stop();
    },
  );
}

async function bullmqOnPostgres(url: string): Promise<Contestant> {
  const backend = withBackend(createPostgresBackend);
  const connection = { connectionString: url, schema: 'bench_queue', migrate: true };
  const queue = new backend.Queue('chain', { connection });
  queue.on('error', () => undefined);
  await queue.waitUntilReady();
  return bullmq(
    'bullmq-postgres',
    queue as unknown as Queue,
    (handler) =>
      new backend.Worker('chain', (job) => handler(job.data), {
        connection,
        concurrency: 50,
      }) as unknown as Worker,
    () => Promise.resolve(),
  );
}

/** The parts of DBOS' SDK that a chain needs. */
type Dbos = {
  setConfig(config: object): void;
  launch(): Promise<void>;
  shutdown(): Promise<void>;
  registerWorkflow(work: (id: string) => Promise<void>, options: { name: string }): unknown;
  runStep(work: () => Promise<null>, options: { name: string }): Promise<null>;
  startWorkflow(work: unknown): (id: string) => Promise<{ getResult(): Promise<void> }>;
};

/** DBOS as its documentation shows it: a workflow function in this process, a checkpoint in Postgres for each step. */
async function dbos(url: string): Promise<Contestant> {
  const { DBOS } = requirePeer('@dbos-inc/dbos-sdk') as { DBOS: Dbos };
  const began = new Map<string, number>();
  const work = DBOS.registerWorkflow(
    async (id) => {
      for (let step = 0; step < steps; step += 1) {
        await DBOS.runStep(
          async () => {
            if (step === 0) began.set(id, performance.now());
            return null;
          },
          { name: `s${step}` },
        );
      }
    },
    { name: 'chain' },
  );
  const pool = { systemDatabasePoolSize: 50, logLevel: 'error' };
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: `${new URL('/dbos', url)}`, ...pool });
  await DBOS.launch();
  return {
    name: 'dbos',
    async chain() {
      const id = randomUUID();
      const handle = await DBOS.startWorkflow(work)(id);
      await handle.getResult();
      const ended = performance.now();
      const first = began.get(id) ?? Number.NaN;
      began.delete(id);
      return { began: first, ended };
    },
    close: () => DBOS.shutdown(),
  };
}

type Lap = {
  stepMs: number;
  stepP95Ms: number;
  startMs: number;
  startP95Ms: number;
  runsPerSecond: number;
};

/** `runs` chains over `lanes` lanes, each lane starting its next chain when the last one ended. */
async function lap(contestant: Contestant, lanes: number, runs: number): Promise<Lap> {
  const steppings: number[] = [];
  const starts: number[] = [];
  let left = runs;
  const begun = performance.now();
  const lane = async (index: number) => {
    while (left > 0) {
      left -= 1;
      const start = performance.now();
      const chain = await contestant.chain(index);
      starts.push(chain.began - start);
      steppings.push((chain.ended - chain.began) / steps);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  const seconds = (performance.now() - begun) / 1000;
  return {
    stepMs: median(steppings),
    stepP95Ms: percentile(steppings, 0.95),
    startMs: median(starts),
    startP95Ms: percentile(starts, 0.95),
    runsPerSecond: steppings.length / seconds,
  };
}

/** All contestants in one process, round after round in turn, so that a noisy machine disturbs all alike. */
export async function benchChain(rounds = Number(process.env.ROUNDS ?? 20)): Promise<object> {
  const stage = await openStage();
  const contestants: Contestant[] = [];
  for (const open of [
    () => floor(stage.url, 50),
    () => ours(stage.config),
    () => dbos(stage.url),
    () => bullmqOnRedis(),
    () => bullmqOnPostgres(stage.url),
  ]) {
    contestants.push(await open());
  }
  const sizes = { 1: 5, 50: 150 } as const;
  const results: Result[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const lanes of [1, 50] as const) {
      for (const contestant of contestants) {
        const slow = contestant.name === 'bullmq-postgres' ? 0.2 : 1;
        const one = await lap(contestant, lanes, Math.round(sizes[lanes] * slow));
        // The first round warms up.
        if (round > 0) results.push({ ...one, lanes, name: contestant.name });
      }
    }
  }
  for (const contestant of contestants) await contestant.close();
  await stage.close();
  return summary(results, rounds);
}

type Result = Lap & { lanes: number; name: string };

function summary(results: readonly Result[], rounds: number): object {
  const of = (lanes: number, name: string, key: keyof Lap) =>
    results.filter((one) => one.lanes === lanes && one.name === name).map((one) => one[key]);
  const names = [...new Set(results.map(({ name }) => name))];
  return {
    what: `durable chain of ${steps} no-op steps`,
    rounds,
    runs: names.map((name) => ({
      name,
      stepMs: rounded(median(of(1, name, 'stepMs'))),
      stepP95Ms: rounded(median(of(1, name, 'stepP95Ms'))),
      /** Of each round against the floor of the same round. */
      stepTimesFloor: ratio(of(1, name, 'stepMs'), of(1, 'floor', 'stepMs')),
      /** From asking for a run until its first step begins. */
      startMs: rounded(median(of(1, name, 'startMs'))),
      startP95Ms: rounded(median(of(1, name, 'startP95Ms'))),
      /** Whole runs, their start included. */
      runsPerSecondAt50: rounded(median(of(50, name, 'runsPerSecond')), 1),
      throughputTimesFloorAt50: ratio(
        of(50, name, 'runsPerSecond'),
        of(50, 'floor', 'runsPerSecond'),
      ),
    })),
  };
}

function ratio(values: readonly number[], floors: readonly number[]) {
  const ratios = values.map((value, index) => value / (floors[index] ?? Number.NaN));
  return {
    median: rounded(median(ratios), 2),
    least: rounded(Math.min(...ratios), 2),
    most: rounded(Math.max(...ratios), 2),
  };
}

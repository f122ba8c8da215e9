import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Plan } from '@/lib/runs/schema';
import { createBus } from '@/server/bus/bus';
import type { Config } from '@/server/config';
import { createPools } from '@/server/db/pool';
import { createLog } from '@/server/log';
import { createRunQueue } from '@/server/queue/run-queue';
import { createChildRuns } from '@/server/runs/children/reconcile';
import { createEngine } from '@/server/runs/engine/engine';
import type { RunStep } from '@/server/runs/worker/task';
import { startWorkerWith, type Worker } from '@/server/runs/worker/worker-loop';

/** The parts of the product that runs need, for tests and benchmarks. */
export type Harness = Awaited<ReturnType<typeof openHarness>>;

export async function openHarness(config: Config, name = 'test') {
  const log = createLog(config, name);
  const { pool, healthPool } = createPools(config, log);
  const bus = await createBus(config, log);
  const queue = createRunQueue(config, log);
  const engine = createEngine({
    pool,
    bus,
    queue,
    log,
    sealKey: config.masterKey,
    runsPerWorkspace: config.runsPerWorkspace,
    runLimits: config.runLimits,
  });
  const childRuns = createChildRuns({ pool, engine, log });
  const workers: Worker[] = [];
  return {
    config,
    log,
    pool,
    healthPool,
    bus,
    queue,
    engine,
    childRuns,
    async work(runStep: RunStep, id = randomUUID()): Promise<Worker> {
      const parts = { config, log, pool, healthPool, bus, queue, engine, childRuns };
      const worker = await startWorkerWith(parts, { id, name, runStep });
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.drain(2000)));
      await queue.close();
      await bus.close();
      await Promise.all([pool.end(), healthPool.end()]);
    },
  };
}

/** A workspace for runs to belong to. */
export async function makeWorkspace(pool: Pool): Promise<string> {
  const id = randomUUID();
  await pool.query(
    'insert into organization (id, name, slug, "createdAt") values ($1, $1, $1, now())',
    [id],
  );
  return id;
}

/** Starts a run of a plan. */
export async function begin(
  harness: Pick<Harness, 'engine'>,
  workspaceId: string,
  plan: Plan,
  input: unknown = {},
) {
  const { id } = await harness.engine.start({
    workspaceId,
    name: plan.name,
    mode: 'live',
    trigger: 'manual',
    plan,
    definitionHash: 'test',
    input,
  });
  return id;
}

/** Waits until it holds, looking every 20 ms, and says what did not come when it never does. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  patienceMs = 20_000,
): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`It never came to this: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The run when it has ended. */
export function ended(harness: Pick<Harness, 'engine'>, runId: string, patienceMs?: number) {
  return eventually(
    `run ${runId} ends`,
    async () => {
      const state = await harness.engine.load(runId);
      return state?.finishedAt === undefined ? undefined : state;
    },
    patienceMs,
  );
}

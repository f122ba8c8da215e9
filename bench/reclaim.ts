import { setTimeout as sleep } from 'node:timers/promises';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { type Effects, openEffects } from '@/server/runs/testing/effects';
import {
  begin,
  ended,
  eventually,
  type Harness,
  makeWorkspace,
  openHarness,
} from '@/server/runs/testing/harness';
import {
  endWorkerProcesses,
  startWorkerProcess,
  type WorkerProcess,
} from '@/server/runs/testing/worker-process';
import { median, percentile, rounded } from './figures';
import { openStage } from './stage';

const stepsPerKill = 10;
const patienceMs = 60_000;
const plan = aPlan([aStep('hold', [], { timeoutMs: 600_000 })], { timeoutMs: 3_600_000 });

/**
 * How long a dead worker's steps stand still: a real worker process is killed (SIGKILL) while it holds ten steps, and
 * another one, up and idle, takes them over. Lease and sweep are those of the product. Measured from the kill until the
 * step's next attempt does its work. The kills lie anywhere between two renewals of the lease.
 */
export async function benchReclaim(kills = Number(process.env.ROUNDS ?? 10)): Promise<object> {
  const stage = await openStage();
  const harness = await openHarness(stage.config, 'bench');
  const effects = await openEffects();
  const workspaceId = await makeWorkspace(harness.pool);
  const environment = {
    DATABASE_URL: stage.url,
    ENSEMBLE_DATA_DIR: stage.config.dataDir,
    ENSEMBLE_LOG: 'error',
  };
  const startWorker = () => startWorkerProcess(environment, effects.url);
  const waits: number[] = [];
  try {
    let holder = await startWorker();
    for (let kill = 0; kill < kills; kill += 1) {
      const runs = await hold(harness, effects, workspaceId);
      const heir = await startWorker();
      await sleep(Math.random() * 2_000);
      waits.push(...(await killAndWait(holder, effects, runs)));
      for (const id of runs) effects.release(id, 'hold');
      await Promise.all(runs.map((id) => ended(harness, id, patienceMs)));
      holder = heir;
    }
  } finally {
    await endWorkerProcesses();
    await effects.close();
    await harness.close();
    await stage.close();
  }
  const seconds = (ms: number) => rounded(ms / 1000, 2);
  const found = {
    n: waits.length,
    p50S: seconds(median(waits)),
    p95S: seconds(percentile(waits, 0.95)),
    maxS: seconds(Math.max(...waits)),
  };
  console.table({ 'from the kill to the next attempt': found });
  return {
    what: 'from the SIGKILL of a worker process until the next attempt of each step that it held',
    ...{ leaseMs: stage.config.leaseMs, sweepMs: stage.config.sweepMs, kills, stepsPerKill },
    ...found,
  };
}

/** Begins runs whose only step waits to be released, and resolves when all are held by the one worker there is. */
async function hold(harness: Harness, effects: Effects, workspaceId: string): Promise<string[]> {
  const starts = Array.from({ length: stepsPerKill }, () => begin(harness, workspaceId, plan));
  const runs = await Promise.all(starts);
  await reached(effects, runs, 1);
  return runs;
}

async function killAndWait(worker: WorkerProcess, effects: Effects, runs: readonly string[]) {
  const killed = Date.now();
  worker.kill('SIGKILL');
  await reached(effects, runs, 2);
  return runs.map((id) => {
    const next = effects.of(id, 'hold').find(({ attempt }) => attempt > 1);
    return (next?.at ?? Number.NaN) - killed;
  });
}

const reached = (effects: Effects, runs: readonly string[], attempts: number) =>
  eventually(
    `all steps begin attempt ${attempts}`,
    async () => runs.every((id) => effects.of(id, 'hold').length >= attempts),
    patienceMs,
  );

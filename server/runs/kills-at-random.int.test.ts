import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan, PlanStep } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { loadConfig, withSecrets } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { type EmbeddedPostgres, startPostgres } from '@/server/embedded/postgres';
import { testEnvironment } from '@/server/testing/database';
import { scratchFolder } from '@/server/testing/scratch';
import { type Effects, openEffects } from './testing/effects';
import { eventually, type House, makeWorkspace, openHouse } from './testing/house';
import { checkRun } from './testing/oracle';
import {
  endWorkerProcesses,
  startWorkerProcess,
  type WorkerProcess,
} from './testing/worker-process';

const seed = Number(process.env.ENSEMBLE_SEED ?? 20_261_121);
const runs = Number(process.env.ENSEMBLE_RUNS ?? 60);
const kills = Number(process.env.ENSEMBLE_KILLS ?? 16);

let postgres: EmbeddedPostgres;
let folder: string;
let web: House;
let effects: Effects;
let env: Record<string, string>;
beforeAll(async () => {
  folder = scratchFolder('kill-at-random');
  postgres = await startPostgres({ dataDir: folder, log: () => undefined });
  await migrate(postgres.url);
  env = await testEnvironment({
    DATABASE_URL: postgres.url,
    ENSEMBLE_LEASE_MS: '1500',
    ENSEMBLE_SWEEP_MS: '300',
  });
  web = await openHouse(withSecrets(loadConfig(env)));
  effects = await openEffects();
});
afterAll(async () => {
  await endWorkerProcesses();
  await effects.close();
  await web.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** mulberry32: the same numbers for the same seed. */
function chance(start: number) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function anyPlan(random: () => number): Plan {
  const steps: PlanStep[] = [];
  const count = 4 + Math.floor(random() * 6);
  for (let n = 0; n < count; n += 1) {
    const before = steps.filter(() => random() < 0.35).map(({ id }) => id);
    // Some steps take as long as it takes to be killed in them.
    steps.push(aStep(`${random() < 0.3 ? 'slow' : 's'}${n}`, before, { timeoutMs: 30_000 }));
  }
  return aPlan(steps);
}

it(`brings ${runs} runs to their end through ${kills} kills at random moments`, {
  timeout: 240_000,
}, async () => {
  const random = chance(seed);
  const workspace = await makeWorkspace(web.pool);
  const slots: WorkerProcess[] = await Promise.all([
    startWorkerProcess(env, effects.url),
    startWorkerProcess(env, effects.url),
  ]);
  const plans = new Map<string, Plan>();
  const start = async () => {
    const plan = anyPlan(random);
    const { id } = await web.engine.start({
      workspaceId: workspace,
      name: 'random',
      mode: 'live',
      trigger: 'api',
      plan,
      definitionHash: 'x',
      input: {},
    });
    plans.set(id, plan);
  };
  const log = { workers: 0, pauses: 0, postgres: 0 };
  for (let kill = 0; kill < kills; kill += 1) {
    for (let n = 0; n < runs / kills; n += 1) {
      await eventually('a run could be started', () =>
        start().then(
          () => true,
          () => false,
        ),
      );
    }
    await sleep(random() * 600);
    const slot = Math.floor(random() * slots.length);
    const what = random();
    if (what < 0.15) {
      log.postgres += 1;
      process.kill(postgres.pid() ?? 0, 'SIGKILL');
    } else if (what < 0.35) {
      log.pauses += 1;
      slots[slot]?.kill('SIGSTOP');
      await sleep(random() * 2500);
      slots[slot]?.kill('SIGCONT');
    } else {
      log.workers += 1;
      slots[slot]?.kill('SIGKILL');
      slots[slot] = await startWorkerProcess(env, effects.url);
    }
  }
  let lost = 0;
  for (const [id, plan] of plans) {
    await eventually(
      `run ${id} ends`,
      () =>
        web.engine.load(id).then(
          (state) => state?.finishedAt !== undefined,
          () => false,
        ),
      60_000,
    );
    const state = await checkRun(web.pool, effects, id, plan);
    for (const step of Object.values(state.steps)) lost += step.losses ?? 0;
  }
  const steps = [...plans.values()].reduce((sum, plan) => sum + plan.steps.length, 0);
  process.stdout.write(
    `seed ${seed}: ${plans.size} runs of ${steps} steps ended right through ${JSON.stringify(log)}; ` +
      `${lost} attempts lost and done again, ${effects.seen.length} effects\n`,
  );
  // Kills that hit nothing would prove nothing.
  expect(lost).toBeGreaterThan(0);
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { loadConfig, withSecrets } from '@/server/config';
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
import { testEnvironment } from '@/server/testing/database';

let env: Record<string, string>;
let web: Harness;
let effects: Effects;
let workspace: string;
beforeAll(async () => {
  env = await testEnvironment({ ENSEMBLE_LEASE_MS: '1500', ENSEMBLE_SWEEP_MS: '300' });
  web = await openHarness(withSecrets(loadConfig(env)));
  effects = await openEffects();
  workspace = await makeWorkspace(web.pool);
});
afterEach(endWorkerProcesses);
afterAll(async () => {
  await effects.close();
  await web.close();
});

const worker = () => startWorkerProcess(env, effects.url);
const plan = aPlan([aStep('a'), aStep('hold', ['a'], { timeoutMs: 60_000 }), aStep('c', ['hold'])]);
const reached = (runId: string, count: number) =>
  eventually('the held step began', async () => effects.of(runId, 'hold').length >= count);

describe('SIGKILL of a worker in the middle of a step', () => {
  it('lets another worker go on from the last commit', async () => {
    const first = await worker();
    const id = await begin(web, workspace, plan);
    await reached(id, 1);
    const second = await worker();
    first.kill('SIGKILL');
    await reached(id, 2);
    effects.release(id, 'hold');
    await ended(web, id);
    const state = await checkRun(web.pool, effects, id, plan);
    expect(effects.of(id).map(({ stepId, attempt }) => `${stepId}${attempt}`)).toEqual([
      'a1',
      'hold1',
      'hold2',
      'c1',
    ]);
    expect(state.steps.hold).toMatchObject({ worker: second.id, losses: 1, attempt: 2 });
  });
});

describe('a worker that was paused for longer than its lease', () => {
  it('finds its step taken, and its late result changes nothing', async () => {
    const zombie = await worker();
    const id = await begin(web, workspace, plan);
    await reached(id, 1);
    zombie.kill('SIGSTOP');
    const second = await worker();
    await reached(id, 2);
    // Both have an answer now, and the one that should not count comes first or last, as it likes.
    effects.release(id, 'hold');
    zombie.kill('SIGCONT');
    await ended(web, id);
    await sleep(500);
    const state = await checkRun(web.pool, effects, id, plan);
    expect(state.steps.hold).toMatchObject({ worker: second.id, attempt: 2 });
    // It is as good as any other afterwards.
    second.kill('SIGKILL');
    const next = await begin(web, workspace, plan);
    await reached(next, 1);
    effects.release(next, 'hold');
    await ended(web, next);
    expect((await checkRun(web.pool, effects, next, plan)).steps.c?.worker).toBe(zombie.id);
  });
});

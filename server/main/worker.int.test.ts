// @module-tag long
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PlanStep } from '@/lib/runs/schema';
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
import { testEnvironment } from '@/server/testing/database';
import { type Children, startChildren } from './supervisor';

const entry = join(import.meta.dirname, 'testing/deaf-worker.ts');
let env: Record<string, string>;
let web: Harness;
let effects: Effects;
let workspace: string;
let children: Children | undefined;
let lines: string[] = [];

beforeAll(async () => {
  env = await testEnvironment({
    ENSEMBLE_EGRESS_ALLOW: '127.0.0.1',
    ENSEMBLE_LEASE_MS: '2000',
    ENSEMBLE_SWEEP_MS: '300',
    ENSEMBLE_LOG: 'info',
  });
  web = await openHarness(withSecrets(loadConfig({ ...env, ENSEMBLE_LOG: 'silent' })));
  effects = await openEffects();
  workspace = await makeWorkspace(web.pool);
});
afterEach(() => children?.stop(1000));
afterAll(async () => {
  await effects.close();
  await web.close();
});

async function keep() {
  lines = [];
  const kind = { name: 'worker', entry, count: 1, env: { ...process.env, ...env } };
  const note = (line: string) => void lines.push(line);
  children = startChildren([kind], { line: (_kind, text) => note(text), event: note });
  await children.ready;
}
const said = (text: string) => lines.filter((line) => line.includes(text));
const heard = (text: string, count = 1) =>
  eventually(`the log says "${text}"`, async () => said(text).length >= count, 60_000);

/** One step, which calls the service outside by its type, under this id. */
async function start(id: string, type: string, more: Partial<PlanStep> = {}) {
  const mark = `${id}-${Math.random()}`;
  const url = `${effects.url}/${mark}/${id}/1`;
  const run = await begin(
    web,
    workspace,
    aPlan([aStep(id, [], { type, config: { url }, timeoutMs: 60_000, ...more })]),
  );
  const count = () => effects.of(mark).length;
  await eventually(`${id} began`, async () => count() > 0);
  return { run, count, release: () => effects.release(mark, id) };
}
const cancel = (runId: string) => web.engine.dispatch(runId, { type: 'cancel', by: 'me' });

test('steps that do not stop end with their process; what else it held ends well, and one takes its place', async () => {
  await keep();
  const first = await start('first', 'deaf');
  const second = await start('second', 'deaf');
  const other = await start('hold', 'http');
  await Promise.all([cancel(first.run), cancel(second.run)]);
  await heard('a step does not stop', 2);
  for (const { run } of [first, second]) {
    const line = said('a step does not stop').find((one) => one.includes(run));
    expect(line).toMatch(/"step":"(first|second)","attempt":1,"reason":"gone"/);
  }
  other.release();
  expect(await ended(web, other.run)).toMatchObject({
    status: 'succeeded',
    steps: { hold: { attempt: 1 } },
  });
  await heard('the worker has drained');
  await heard('the worker is ready', 2);
  await eventually('what was cancelled is quiet', async () => {
    const before = first.count() + second.count();
    await sleep(1000);
    return first.count() + second.count() === before;
  });
  expect(said('process is being replaced')).toHaveLength(1);
  expect(said('the worker is ready')).toHaveLength(2);
  const next = await start('next', 'http');
  expect(await ended(web, next.run)).toMatchObject({ status: 'succeeded' });
}, 180_000);

test('a step that leaves the event loop to nobody is killed with its process, and the others go on', async () => {
  await keep();
  const other = await start('hold', 'http');
  const blocking = await start('blocking', 'endless');
  expect((await cancel(blocking.run))?.state.status).toBe('cancelled');
  await heard('did not respond for 3 s');
  await heard('ended (SIGKILL) and is restarting');
  await eventually('the other step is done again', async () => other.count() === 2);
  other.release();
  expect(await ended(web, other.run)).toMatchObject({
    status: 'succeeded',
    steps: { hold: { attempt: 2, losses: 1 } },
  });
  expect(blocking.count()).toBe(1);
}, 180_000);

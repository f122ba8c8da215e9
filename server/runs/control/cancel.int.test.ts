// @module-tag long
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { type Effects, openEffects } from '@/server/runs/testing/effects';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { cancelRun } from './cancel-run';

const trials = Number(process.env.ENSEMBLE_CANCELS ?? 20);
/** What is running is aborted within a second; a machine that is busy with other things gets another one. */
const graceMs = 2000;

let harnesses: Services[] = [];
let workers: Worker[] = [];
let effects: Effects;
let workspaceId: string;
beforeAll(async () => {
  const config = await testConfig({ ENSEMBLE_EGRESS_ALLOW: '127.0.0.1', ENSEMBLE_SWEEP_MS: '200' });
  harnesses = await Promise.all(
    ['web', 'worker', 'worker'].map((name) => createServices(config, name)),
  );
  effects = await openEffects();
  workspaceId = await makeWorkspace(web().pool);
  workers = await Promise.all(harnesses.slice(1).map((harness) => startWorker(harness)));
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.drain()));
  await effects.close();
  await Promise.all(harnesses.map((harness) => harness.close()));
});
const web = () => harnesses[0] as Services;

const node = (id: string, type: string, config: object, extra: object = {}) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
  ...extra,
});
const retry = { attempts: 5, backoffMs: 20, maxBackoffMs: 60 };

/** A run tree with everything that begins something later: items, rounds, waits, retries, steps for errors. */
function runTree(trial: string) {
  const call = (id: string, extra: object = {}, path = id) =>
    node(id, 'http', { url: `${effects.url}/${trial}/${path}/1` }, extra);
  const ways = [
    ['begin', 'each'],
    ['item', 'slow'],
    ['slow', 'inner'],
    ['begin', 'nap'],
    ['nap', 'woken'],
    ['begin', 'flaky'],
    ['rescue', 'rescued'],
    ['each', 'after'],
  ];
  return definitionSchema.parse({
    name: 'Tree',
    nodes: [
      call('begin'),
      node('each', 'map', { items: '12', concurrency: 4 }),
      call('item', { group: 'each' }),
      call('slow', { group: 'each' }),
      node('inner', 'map', { items: '3', concurrency: 2 }, { group: 'each' }),
      call('deep', { group: 'inner' }),
      node('nap', 'delay', { amount: 1, unit: 'seconds' }),
      call('woken'),
      node(
        'flaky',
        'http',
        { url: `${effects.url}/${trial}/flaky/1`, expect: '5xx' },
        { policy: { retry: { ...retry, codes: ['http_status'] } } },
      ),
      node('rescue', 'on-error', {}),
      call('rescued'),
      call('after'),
    ],
    edges: ways.map(([source, target], i) => ({ id: `e${i}`, source, target })),
  });
}

/** Every attempt that was begun and every run there is, of a run and all below it. */
async function begunOf(rootId: string): Promise<Set<string>> {
  const { rows } = await web().pool.query<{ what: string }>(
    `select r.id || ' run' as what from run r where r.id = $1 or r.root_run_id = $1
     union all
     select e.run_id || '/' || (e.data ->> 'stepId') || '/' || (e.data ->> 'attempt') from run_event e
     join run r on r.id = e.run_id where (r.id = $1 or r.root_run_id = $1) and e.type = 'StepStarted'`,
    [rootId],
  );
  return new Set(rows.map(({ what }) => what));
}

async function live(rootId: string): Promise<number> {
  const { rows } = await web().pool.query<{ count: number }>(
    'select count(*)::int as count from run where (id = $1 or root_run_id = $1) and finished_at is null',
    [rootId],
  );
  return rows[0]?.count ?? 0;
}

type Found = { begun: number; live: number; effects: number; late: number; cancelled: boolean };

/** Cancels a run tree at some moment and counts what came of it after that was acknowledged. */
async function trial(number: number): Promise<Found> {
  const mark = `t${number}`;
  const { id } = await web().engine.start({
    workspaceId,
    name: mark,
    mode: 'live',
    trigger: 'manual',
    plan: compile(runTree(mark), catalogue),
    definitionHash: 'test',
    input: {},
  });
  await eventually('it is under way', async () => effects.of(mark).length > 0);
  await sleep(Math.random() * 1200);
  const actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'editor', workspaceId } as const;
  const at = { params: { id }, query: {}, body: undefined };
  const cancelled = await cancelRun(web(), actor, at).then(
    () => true,
    () => false,
  );
  const told = Date.now();
  const [before, still] = await Promise.all([begunOf(id), live(id)]);
  await sleep(graceMs + 2000);
  const after = await begunOf(id);
  const since = effects.of(mark).filter((one) => one.at > told);
  return {
    cancelled,
    begun: [...after].filter((what) => !before.has(what)).length,
    live: still,
    effects: since.length,
    late: since.filter((one) => one.at > told + graceMs).length,
  };
}

test(`nothing of a cancelled run tree starts afterwards, whenever it was cancelled`, async () => {
  const found: Found[] = [];
  for (let done = 0; done < trials; done += 10) {
    const numbers = Array.from({ length: 10 }, (_, index) => done + index);
    found.push(...(await Promise.all(numbers.map(trial))));
  }
  const cancelled = found.filter((one) => one.cancelled);
  const sum = (of: keyof Omit<Found, 'cancelled'>) =>
    cancelled.reduce((all, one) => all + one[of], 0);
  const told = { begun: sum('begun'), live: sum('live'), late: sum('late') };
  process.stdout.write(
    `cancelled run trees: ${cancelled.length} of ${trials}; runs and attempts begun afterwards ${told.begun}, ` +
      `runs still live ${told.live}, effects later than ${graceMs} ms ${told.late} ` +
      `(within it, of attempts begun before: ${sum('effects') - told.late})\n`,
  );
  expect(cancelled.length).toBeGreaterThan(trials / 3);
  expect(told).toEqual({ begun: 0, live: 0, late: 0 });
}, 180_000);

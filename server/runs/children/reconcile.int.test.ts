import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { isEnded } from '@/lib/runs/engine/readiness';
import { compile } from '@/lib/workflows/compile';
import { findProblems } from '@/lib/workflows/problems/problems';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { letRunGoOn, pauseRun } from '@/server/runs/control/pause-run';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createChildRuns } from './reconcile';

let services: Services;
let workers: Awaited<ReturnType<typeof startWorker>>[] = [];
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await makeWorkspace(services.pool);
  workers = [await startWorker(services), await startWorker(services)];
});
afterAll(async () => {
  for (const worker of workers) await worker.drain();
  await services.close();
});

type Extra = { group?: string; policy?: object };
const node = (id: string, type: string, config: object, extra: Extra = {}) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
  ...extra,
});
const inside = (group: string) => ({ group });
const flow = (nodes: object[], ways: [string, string, string?][] = []): Definition =>
  definitionSchema.parse({
    name: 'Family',
    nodes,
    edges: ways.map(([source, target, sourcePort], i) => ({
      id: `e${i}`,
      source,
      target,
      ...(sourcePort ? { sourcePort } : {}),
    })),
  });

async function start(definition: Definition, input: object = {}) {
  expect(findProblems(definition, catalogue).filter((one) => one.severity === 'error')).toEqual([]);
  const { id } = await services.engine.start({
    workspaceId,
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input,
  });
  return id;
}
const ended = (id: string) =>
  eventually('the run ends', async () => {
    const state = await services.engine.load(id);
    return state && isEnded(state.status) ? state : undefined;
  });
const childrenOf = async (id: string) =>
  (
    await services.pool.query<{
      index: number;
      round: number;
      status: string;
      wake_at: Date | null;
    }>(
      'select parent_index as index, parent_round as round, status, wake_at from run where parent_run_id = $1 order by parent_index',
      [id],
    )
  ).rows;
const actor = (): Actor => ({
  userId: 'u',
  name: 'Ada',
  email: 'a@b.c',
  role: 'editor',
  workspaceId,
});

const doubling = (config: object = {}) =>
  flow(
    [
      node('base', 'transform', { expression: '10' }),
      node('each', 'map', { items: 'input.numbers', ...config }),
      node('twice', 'transform', { expression: 'item * 2 + index' }, inside('each')),
      node(
        'plus',
        'transform',
        { expression: 'steps.twice.output + steps.base.output' },
        inside('each'),
      ),
      node('sum', 'transform', { expression: 'steps.each.output' }),
    ],
    [
      ['base', 'each'],
      ['twice', 'plus'],
      ['each', 'sum'],
    ],
  );

test('a map runs the steps inside it for each item and collects their results in order', async () => {
  const id = await start(doubling({ concurrency: 3 }), { numbers: [5, 6, 7, 8, 9] });
  const state = await ended(id);
  expect(state).toMatchObject({
    status: 'succeeded',
    output: { results: [20, 23, 26, 29, 32], count: 5, failed: 0, errors: [] },
  });
  await eventually('every child has been heard of', async () =>
    (await childrenOf(id)).every(({ wake_at }) => wake_at === null) ? true : undefined,
  );
  expect(await childrenOf(id)).toHaveLength(5);
});

test('an empty list, a list in a list, and a number of times', async () => {
  expect((await ended(await start(doubling(), { numbers: [] }))).output).toMatchObject({
    count: 0,
  });
  const nested = flow(
    [
      node('outer', 'map', { items: '[[1, 2], [3]]' }),
      node('inner', 'map', { items: 'item' }, inside('outer')),
      node('n', 'transform', { expression: 'item * 10' }, inside('inner')),
    ],
    [],
  );
  expect((await ended(await start(nested))).output).toMatchObject({
    results: [{ results: [10, 20] }, { results: [30] }],
  });
  const times = flow([
    node('each', 'map', { items: '3' }),
    node('n', 'transform', { expression: 'index' }, inside('each')),
  ]);
  expect((await ended(await start(times))).output).toMatchObject({ results: [0, 1, 2] });
});

test('an item that fails stops the others, or is collected', async () => {
  const numbers = [1, 2, 'x', 4, 5, 6, 7, 8];
  const stopped = await ended(await start(doubling({ concurrency: 2 }), { numbers }));
  expect(stopped).toMatchObject({ status: 'failed', error: { code: 'item_failed' } });
  const id = await start(doubling({ onFailure: 'collect' }), { numbers });
  const collected = await ended(id);
  expect(collected.status).toBe('succeeded');
  expect(collected.output).toMatchObject({ count: 8, failed: 1, errors: [{ index: 2 }] });
  expect((collected.output as { results: unknown[] }).results[2]).toBeNull();
});

test('nothing below a cancelled run starts afterwards, and nothing of it is left', async () => {
  const waiting = flow([
    node('each', 'map', { items: '20', concurrency: 4 }),
    node('pause', 'delay', { amount: 1, unit: 'hours' }, inside('each')),
  ]);
  const id = await start(waiting);
  await eventually('four wait', async () =>
    (await childrenOf(id)).filter(({ status }) => status === 'waiting').length === 4
      ? true
      : undefined,
  );
  await cancelRun(services, actor(), { params: { id }, query: {}, body: undefined });
  expect((await childrenOf(id)).map(({ status }) => status)).toEqual(Array(4).fill('cancelled'));
});

test('a paused run begins nothing, below it neither, and goes on', async () => {
  const slow = flow(
    [
      node('each', 'map', { items: '6', concurrency: 1 }),
      node('pause', 'delay', { amount: 1, unit: 'seconds' }, inside('each')),
      node('n', 'transform', { expression: 'index' }, inside('each')),
    ],
    [['pause', 'n']],
  );
  const id = await start(slow);
  await eventually('the first waits', async () =>
    (await childrenOf(id)).some(({ status }) => status === 'waiting') ? true : undefined,
  );
  const at = { params: { id }, query: {}, body: undefined };
  expect(await pauseRun(services, actor(), at)).toEqual({ id, status: 'paused' });
  const before = (await childrenOf(id)).length;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await childrenOf(id)).toHaveLength(before);
  expect((await services.engine.load(id))?.status).toBe('paused');
  await letRunGoOn(services, actor(), at);
  expect((await ended(id)).output).toMatchObject({ results: [0, 1, 2, 3, 4, 5] });
});

test('a failed step goes on at its error port, with its fallback, or to the steps for errors', async () => {
  const broken = (policy: object) => node('bad', 'transform', { expression: '1 / 0' }, { policy });
  const port = flow(
    [
      broken({ onError: 'port' }),
      node('usual', 'transform', { expression: '"usual"' }),
      node('rescue', 'transform', { expression: 'steps.bad.output.error.code' }),
    ],
    [
      ['bad', 'usual'],
      ['bad', 'rescue', 'error'],
    ],
  );
  expect(await ended(await start(port))).toMatchObject({
    status: 'succeeded',
    output: { rescue: 'expression_failed' },
  });
  const on = flow(
    [
      broken({ onError: 'continue', fallback: 7 }),
      node('next', 'transform', { expression: 'steps.bad.output + 1' }),
    ],
    [['bad', 'next']],
  );
  expect((await ended(await start(on))).output).toBe(8);
  const handled = (stops: boolean) =>
    flow(
      [
        broken({}),
        node('rescue', 'on-error', {}),
        stops
          ? node('told', 'stop', { result: '"saved from " + error.step' })
          : node('told', 'transform', { expression: 'error.message' }),
      ],
      [['rescue', 'told']],
    );
  expect(await ended(await start(handled(true)))).toMatchObject({
    status: 'succeeded',
    output: 'saved from bad',
  });
  const failed = await ended(await start(handled(false)));
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'expression_failed' } });
  expect(failed.steps.told?.status).toBe('succeeded');
});

test('a step that is tried again starts its runs anew', async () => {
  const retry = { attempts: 2, backoffMs: 1, maxBackoffMs: 1, codes: ['item_failed'] };
  const definition = flow([
    node('each', 'map', { items: '["a", "b"]' }, { policy: { retry } }),
    node('n', 'transform', { expression: '1 / 0' }, inside('each')),
  ]);
  const id = await start(definition);
  expect(await ended(id)).toMatchObject({ status: 'failed', error: { code: 'item_failed' } });
  const children = await childrenOf(id);
  expect(children.filter(({ status }) => status === 'failed').length).toBeGreaterThanOrEqual(2);
  expect(new Set(children.map(({ round }) => round)).size).toBe(2);
});

test('who looks at a run as it was a moment ago ends none of the runs that were begun since', async () => {
  const definition = flow([
    node('each', 'map', { items: '[1, 2]' }),
    node('wait', 'delay', { amount: 1, unit: 'hours' }, inside('each')),
  ]);
  const id = await start(definition);
  const live = () => childrenOf(id).then((all) => all.filter(({ status }) => status === 'waiting'));
  await eventually('both wait', async () => (await live()).length === 2 || undefined);
  const run = await services.engine.current(id);
  const step = run?.state.steps.each;
  if (!run || !step) throw new Error('the run is not there');
  const { wait: _, ...before } = step;
  const steps = { ...run.state.steps, each: { ...before, status: 'running' as const } };
  const stale = { ...run, state: { ...run.state, seq: run.state.seq - 1, steps } };
  const { pool, log, engine } = services;
  const late = createChildRuns({
    ...{ pool, log },
    engine: { ...engine, remembered: () => stale, current: async () => stale },
  });
  await late.reconcile(id);
  expect(await live()).toHaveLength(2);
  // At the true moment they would be nobody's.
  stale.state.seq += 1;
  await late.reconcile(id);
  expect(await live()).toHaveLength(0);
});

test('a step whose runs cannot be begun fails and says why', async () => {
  const many = (count: number) =>
    flow([
      node('each', 'map', { items: '[1]' }),
      ...Array.from({ length: count }, (_, n) => node(`s${n}`, 'delay', {}, inside('each'))),
    ]);
  const id = await start(many(3));
  const { pool, log, engine } = services;
  // So that nobody is about to begin it any more.
  await eventually('its run waits', async () =>
    (await childrenOf(id)).some(({ status }) => status === 'waiting') ? true : undefined,
  );
  const tooMany = () => Promise.reject(new AppError('too_large', 'Too many.'));
  const narrow = { ...engine, startChildren: tooMany };
  // The children that were begun are out of the way, so that others are to be begun.
  await pool.query('delete from run where parent_run_id = $1', [id]);
  await createChildRuns({ pool, log, engine: narrow }).reconcile(id);
  expect((await ended(id)).error).toMatchObject({ code: 'too_large', message: 'Too many.' });
});

test('whoever begins runs for one that was paused meanwhile begins none, until it goes on', async () => {
  const definition = flow([
    node('each', 'map', { items: '[1, 2, 3]', concurrency: 1 }),
    node('wait', 'delay', { amount: 1, unit: 'hours' }, inside('each')),
  ]);
  const id = await start(definition);
  await eventually('one waits', async () => (await childrenOf(id)).length === 1 || undefined);
  const before = await services.engine.current(id);
  if (!before) throw new Error('the run is not there');
  await pauseRun(services, actor(), { params: { id }, query: {}, body: undefined });
  await services.pool.query('delete from run where parent_run_id = $1', [id]);
  const { pool, log, engine } = services;
  const late = createChildRuns({
    ...{ pool, log },
    engine: { ...engine, remembered: () => before, current: async () => before },
  });
  await late.reconcile(id);
  expect(await childrenOf(id)).toEqual([]);
  await letRunGoOn(services, actor(), { params: { id }, query: {}, body: undefined });
  await eventually('it goes on', async () => (await childrenOf(id)).length === 1 || undefined);
});

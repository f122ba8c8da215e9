import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { Debug, RunState } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { answerStep } from '@/server/runs/control/answer-step';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { releaseStep, setDebug } from './debug-run';
import { forkRun } from './fork-run';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await makeWorkspace(services.pool);
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const actor = (): Actor => ({
  userId: 'u',
  name: 'Ada',
  email: 'a@b.c',
  role: 'editor',
  workspaceId,
});
const node = (id: string, expression: string, policy?: object) => ({
  id,
  key: id,
  type: 'transform',
  name: id,
  position: { x: 0, y: 0 },
  config: { expression },
  ...(policy ? { policy } : {}),
});
const chain = (...nodes: { id: string }[]): Definition =>
  definitionSchema.parse({
    name: 'Debugged',
    nodes,
    edges: nodes.slice(1).map(({ id }, i) => ({ id: `e${i}`, source: nodes[i]?.id, target: id })),
  });

async function start(definition: Definition, input: object = {}, debug?: Debug) {
  const { id } = await services.engine.start({
    workspaceId,
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input,
    ...(debug ? { debug } : {}),
  });
  return id;
}
const when = (id: string, is: (state: RunState) => boolean) =>
  eventually('the run gets there', async () => {
    const state = await services.engine.load(id);
    return state && is(state) ? state : undefined;
  });
const ended = (id: string) => when(id, ({ status }) => isEnded(status));
const stopped = (id: string, stepId: string) =>
  when(id, ({ steps }) => steps[stepId]?.wait?.kind === 'debugger');
const at = (id: string, stepId: string, body: object) => ({
  params: { id, stepId },
  query: {},
  body,
});
const numbers = () =>
  chain(node('a', 'input.n'), node('b', 'steps.a.output * 2'), node('c', 'steps.b.output + 1'));
const forked = async (id: string, body: object) => {
  const whole = { from: [], version: 'same' as const, settings: {}, ...body };
  return (await forkRun(services, actor(), { params: { id }, query: {}, body: whole })).id;
};

test('a run stops at a breakpoint, goes on with other settings, step by step, or with a given output', async () => {
  const breakpoints = { b: 'steps.a.output > 3', c: 'steps.b.output > 100' };
  const id = await start(numbers(), { n: 5 }, { breakpoints, stepping: false });
  const paused = await stopped(id, 'b');
  expect(paused.status).toBe('waiting');
  expect(paused.steps.b?.wait?.ask).toMatchObject({ why: 'steps.a.output > 3 is true.' });
  expect(paused.steps.b?.input).toEqual({ expression: '10' });
  const bad = at(id, 'b', { settings: { expression: 7 } });
  await expect(releaseStep(services, actor(), bad)).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const debug = { breakpoints: {}, stepping: true };
  await setDebug(services, actor(), { params: { id }, query: {}, body: debug });
  await releaseStep(services, actor(), at(id, 'b', { settings: { expression: '50' } }));
  expect((await stopped(id, 'c')).steps.b?.output).toBe(50);
  await expect(releaseStep(services, actor(), at(id, 'b', {}))).rejects.toMatchObject({
    code: 'conflict',
  });
  await releaseStep(services, actor(), at(id, 'c', { output: 'mine' }));
  const state = await ended(id);
  expect(state).toMatchObject({ status: 'succeeded', output: 'mine' });
  expect(state.steps.c?.reason).toBe('Output set by Ada.');
});

test('a condition that does not hold lets the run pass, one that cannot be worked out stops it', async () => {
  const passes = { breakpoints: { b: 'steps.a.output > 9' }, stepping: false };
  expect((await ended(await start(numbers(), { n: 1 }, passes))).output).toBe(3);
  const broken = { breakpoints: { b: 'steps.nothing.output > 9' }, stepping: false };
  const id = await start(numbers(), { n: 1 }, broken);
  expect((await stopped(id, 'b')).steps.b?.wait?.ask).toMatchObject({
    why: expect.stringMatching(/^The condition failed: /),
  });
  await releaseStep(services, actor(), at(id, 'b', {}));
  expect((await ended(id)).output).toBe(3);
});

test('a failed run is tried again from where it failed, and any run with something changed', async () => {
  const broken = chain(node('a', 'input.n'), node('b', '1 / 0'), node('c', 'steps.b.output + 1'));
  const first = await start(broken, { n: 4 });
  expect((await ended(first)).status).toBe('failed');
  const mended = await ended(
    await forked(first, { settings: { b: { expression: 'steps.a.output * 10' } } }),
  );
  expect(mended).toMatchObject({ status: 'succeeded', output: 41 });
  expect(mended.steps.a).toMatchObject({ reusedFrom: first, attempt: 0, output: 4 });
  expect((await ended(await forked(first, {}))).status).toBe('failed');

  const good = await start(numbers(), { n: 5 });
  await ended(good);
  expect((await ended(await forked(good, { from: ['c'] }))).steps.b?.reusedFrom).toBe(good);
  expect((await ended(await forked(good, { input: { n: 7 } }))).output).toBe(15);
  const part = await ended(await forked(good, { from: ['b'], until: 'b' }));
  expect([part.output, Object.keys(part.steps)]).toEqual([10, ['a', 'b']]);
  await expect(forked(good, { from: ['x'] })).rejects.toMatchObject({ code: 'invalid_input' });
});

test('an output is taken from the cache while it is fresh and everything is the same', async () => {
  const cached = (key: string) =>
    chain(node('a', 'input.n + size(run.id)', { cache: { key, forMs: 60_000 } }));
  const run = async (n: number, key: string) =>
    (await ended(await start(cached(key), { n }))).steps.a;
  const first = await run(1, 'input.n > 0');
  expect(first?.reason).toBeUndefined();
  expect(await run(2, 'input.n > 0')).toMatchObject({
    output: first?.output,
    reason: expect.stringMatching(/^Taken from the cache/),
  });
  expect((await run(2, 'input.n'))?.reason).toBeUndefined();
});

test('a step that may have had its effect asks a person, or fails, when its worker is lost', async () => {
  const paused = async (sideEffects: string) => {
    const id = await start(chain(node('a', '1', { sideEffects })), {});
    // Taken by a worker that is never heard of again: before the real one comes.
    return id;
  };
  const gone = randomUUID();
  await worker.drain();
  const take = async (id: string) => {
    const claim = { type: 'claim', worker: gone, limit: 1 } as const;
    await services.engine.dispatch(id, claim);
    const lost = { type: 'lose', worker: gone, stepId: 'a', attempt: 1 } as const;
    return (await services.engine.dispatch(id, lost))?.state;
  };
  const once = await take(await paused('once'));
  expect(once).toMatchObject({ status: 'failed', error: { code: 'outcome_unknown' } });
  const asked = await paused('ask');
  expect(await take(asked)).toMatchObject({ status: 'waiting' });
  const answer = (given: object) =>
    answerStep(services, actor(), {
      params: { id: asked, stepId: 'a' },
      query: {},
      body: { answer: given as never },
    });
  await expect(answer({ do: 'nothing' })).rejects.toMatchObject({ code: 'invalid_input' });
  await answer({ do: 'done', output: 42 });
  expect(await ended(asked)).toMatchObject({ status: 'succeeded', output: 42 });
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { DebuggerAction } from '@/lib/runs/debugging';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { Debug } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import type { RunMessage } from '@/server/bus/bus';
import { createServices } from '@/server/compose';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { runsBelow } from '@/server/runs/journal/runs-below';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { releaseStep, setDebug } from './debug-run';
import { listPaused } from './paused-steps';
import { previewStep } from './preview-step';
import { stepOn } from './step-on';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
beforeEach(async () => {
  workspaceId = await makeWorkspace(services.pool);
  worker ??= await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const person = (name: string): Actor => ({
  userId: name,
  name,
  email: 'a@b.c',
  role: 'editor',
  workspaceId,
});
const node = (id: string, type: string, config: object, group?: string) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
  ...(group ? { group } : {}),
});
const flow = (nodes: object[], ways: [string, string][]): Definition =>
  definitionSchema.parse({
    name: 'Debugged',
    nodes,
    edges: ways.map(([source, target], i) => ({ id: `e${i}`, source, target })),
  });
/** For each of some numbers: double, then add one; then the sum of all. */
const doubling = (concurrency = 2) =>
  flow(
    [
      node('each', 'map', { items: 'input.numbers', concurrency }),
      node('twice', 'transform', { expression: 'item * 2' }, 'each'),
      node('plus', 'transform', { expression: 'steps.twice.output + 1' }, 'each'),
      node('after', 'transform', { expression: 'steps.each.output.results' }),
    ],
    [
      ['twice', 'plus'],
      ['each', 'after'],
    ],
  );

async function start(definition: Definition, input: object, debug: Partial<Debug>) {
  const { id } = await services.engine.start({
    workspaceId,
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input,
    debug: { breakpoints: {}, stepping: false, ...debug },
  });
  return id;
}
const ended = (id: string) =>
  eventually('the run ends', async () => {
    const state = await services.engine.load(id);
    return state && isEnded(state.status) ? state : undefined;
  });
const paused = async (id: string) =>
  (await listPaused(services, person('Ada'), { params: { id }, query: {}, body: {} as never }))
    .items;
const nameOf = ({ place, step }: Awaited<ReturnType<typeof paused>>[number]) =>
  [...place.map(({ name, index }) => `${name}[${index}]`), step.id].join(' ');
/** Waits until exactly these steps are paused. */
const holds = (id: string, ...names: string[]) =>
  eventually(`paused: ${names.join(', ')}`, async () => {
    const items = await paused(id);
    return items.map(nameOf).join() === names.join() ? items : undefined;
  });
const move = (
  id: string,
  how: DebuggerAction,
  who = 'Ada',
  from?: { runId: string; stepId: string },
) =>
  stepOn(services, person(who), {
    params: { id },
    query: {},
    body: { move: how, ...(from ? { from } : {}) },
  });
const body = (id: string, stepId: string, given: object) => ({
  params: { id, stepId },
  query: {},
  body: given as never,
});

test('a breakpoint with a condition stops inside the item that reaches it; the others run through', async () => {
  const told: RunMessage[] = [];
  const id = await start(
    doubling(5),
    { numbers: [1, 2, 3] },
    { breakpoints: { plus: 'index == 1' } },
  );
  const stop = await services.bus.subscribe(`run:${id}`, (message) => told.push(message));
  const [item] = await holds(id, 'each[1] plus');
  expect(item?.step.wait?.ask).toMatchObject({ why: 'index == 1 is true.' });
  expect(item?.step.input).toEqual({ expression: '5' });
  const state = await services.engine.load(id);
  expect(state).toMatchObject({ status: 'waiting', steps: { each: { status: 'waiting' } } });
  await eventually('the others are over', async () =>
    (await runsBelow(services.pool, id)).length === 1 ? true : undefined,
  );
  await move(id, 'continue', 'Ben');
  expect((await ended(id)).output).toEqual([3, 5, 7]);
  await eventually('those who follow the run above hear who let it go', async () =>
    told.some(
      (message) =>
        message.kind === 'below' &&
        message.of === item?.runId &&
        message.events?.some((event) => event.type === 'StepResumed' && event.by === 'Ben'),
    ),
  );
  stop();
});

test('settings and outputs of paused steps are changed for one item alone, and shown before', async () => {
  const id = await start(doubling(), { numbers: [1, 2] }, { breakpoints: { plus: '' } });
  const [first, second] = await holds(id, 'each[0] plus', 'each[1] plus');
  const settings = { expression: 'steps.twice.output + item * 100' };
  const at = (given: object) => body(first?.runId ?? '', 'plus', given);
  expect(await previewStep(services, person('Ada'), at({ settings }))).toEqual({
    input: { expression: '102' },
    problems: [],
  });
  const broken = at({ settings: { expression: 'steps.nobody.output' } });
  expect(await previewStep(services, person('Ada'), broken)).toMatchObject({
    input: {},
    problems: [{ path: ['expression'] }],
  });
  const empty = at({ settings: { expression: '' } });
  expect((await previewStep(services, person('Ada'), empty)).problems).toHaveLength(1);
  await releaseStep(services, person('Ada'), at({ settings }));
  await releaseStep(services, person('Ben'), body(second?.runId ?? '', 'plus', { output: 'mine' }));
  expect((await ended(id)).output).toEqual([102, 'mine']);
  await expect(previewStep(services, person('Ada'), at({ settings }))).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('one steps over a container, or into the first item, on inside it, and out of it', async () => {
  const over = await start(doubling(), { numbers: [1, 2, 3] }, { stepping: true });
  await holds(over, 'each');
  await move(over, 'over');
  await holds(over, 'after');
  await move(over, 'over');
  expect((await ended(over)).output).toEqual([3, 5, 7]);

  const into = await start(doubling(), { numbers: [1, 2, 3] }, { stepping: true });
  await holds(into, 'each');
  await move(into, 'into');
  await holds(into, 'each[0] twice');
  await move(into, 'over');
  await holds(into, 'each[0] plus');
  await move(into, 'out');
  await holds(into, 'after');
  await move(into, 'continue');
  expect((await ended(into)).output).toEqual([3, 5, 7]);
});

test('one item after the other is walked through as rounds are', async () => {
  const id = await start(doubling(1), { numbers: [1, 2] }, { stepping: true });
  await holds(id, 'each');
  await move(id, 'into');
  for (const name of ['each[0] twice', 'each[0] plus', 'each[1] twice', 'each[1] plus']) {
    await holds(id, name);
    await move(id, 'over');
  }
  await holds(id, 'after');
  await move(id, 'over');
  expect((await ended(id)).output).toEqual([3, 5]);
});

test('a breakpoint that is set while children are under way stops them, one that is gone does not', async () => {
  const id = await start(doubling(1), { numbers: [1, 2, 3] }, { breakpoints: { twice: '' } });
  const set = (debug: Debug) =>
    setDebug(services, person('Ada'), { params: { id }, query: {}, body: debug });
  const [first] = await holds(id, 'each[0] twice');
  await set({ breakpoints: { plus: '' }, stepping: false });
  // Taking away a breakpoint lets nobody go.
  await holds(id, 'each[0] twice');
  await move(id, 'over', 'Ben', { runId: first?.runId ?? '', stepId: 'twice' });
  await holds(id, 'each[0] plus');
  await expect(
    move(id, 'over', 'Ada', { runId: first?.runId ?? '', stepId: 'twice' }),
  ).rejects.toMatchObject({ code: 'conflict' });
  await set({ breakpoints: {}, stepping: false });
  await move(id, 'continue');
  expect((await ended(id)).output).toEqual([3, 5, 7]);
  const child = {
    params: { id: first?.runId ?? '' },
    query: {},
    body: { breakpoints: {}, stepping: false },
  };
  await expect(setDebug(services, person('Ada'), child)).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('of two people who step at once, one does', async () => {
  const id = await start(doubling(), { numbers: [4] }, { breakpoints: { twice: '' } });
  const [item] = await holds(id, 'each[0] twice');
  const from = { runId: item?.runId ?? '', stepId: 'twice' };
  const both = await Promise.allSettled([
    move(id, 'over', 'Ada', from),
    move(id, 'over', 'Ben', from),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await holds(id, 'each[0] plus');
  await move(id, 'continue');
  expect((await ended(id)).output).toEqual([9]);
});

test('what is paused inside a container stays so when the worker goes, and is let go by whoever comes', async () => {
  const id = await start(doubling(), { numbers: [1, 2] }, { breakpoints: { plus: '' } });
  await holds(id, 'each[0] plus', 'each[1] plus');
  await worker.drain(0);
  await services.pool.query("update worker set lease_until = now() - interval '1 hour'");
  expect((await paused(id)).map(nameOf)).toEqual(['each[0] plus', 'each[1] plus']);
  worker = await startWorker(services);
  await eventually('the new worker has looked around', async () => {
    const { rows } = await services.pool.query('select 1 from worker where lease_until > now()');
    return rows.length > 0;
  });
  expect((await paused(id)).map(nameOf)).toEqual(['each[0] plus', 'each[1] plus']);
  expect((await move(id, 'continue')).released).toBe(2);
  expect((await ended(id)).output).toEqual([3, 5]);
});

test('cancelling ends what is paused; nothing of it starts afterwards', async () => {
  const id = await start(doubling(), { numbers: [1, 2] }, { breakpoints: { plus: '' } });
  const items = await holds(id, 'each[0] plus', 'each[1] plus');
  await cancelRun(services, person('Ada'), { params: { id }, query: {}, body: {} as never });
  for (const { runId } of items) {
    const state = await services.engine.load(runId);
    expect(state).toMatchObject({ status: 'cancelled', steps: { plus: { status: 'cancelled' } } });
  }
  expect(await paused(id)).toEqual([]);
  await expect(move(id, 'continue')).rejects.toMatchObject({ code: 'already_finished' });
});

test('containers inside containers and rounds of a loop are found with their way', async () => {
  const deep = flow(
    [
      node('outer', 'map', { items: 'input.rows', concurrency: 3 }),
      node('inner', 'map', { items: 'item', concurrency: 3 }, 'outer'),
      node('leaf', 'transform', { expression: 'item' }, 'inner'),
    ],
    [],
  );
  const id = await start(deep, { rows: [[1], [2, 3]] }, { breakpoints: { leaf: 'item > 1' } });
  await holds(id, 'outer[1] inner[0] leaf', 'outer[1] inner[1] leaf');
  await move(id, 'out');
  expect((await ended(id)).status).toBe('succeeded');
  const loop = flow(
    [
      node('again', 'loop', { condition: 'round == 2', start: '1' }),
      node('double', 'transform', { expression: 'last * 2' }, 'again'),
    ],
    [],
  );
  const rounds = await start(loop, {}, { breakpoints: { double: 'round == 2' } });
  const [second] = await holds(rounds, 'again[0] double');
  expect(second?.place[0]).toMatchObject({ round: 2, type: 'loop' });
  await move(rounds, 'over');
  expect((await ended(rounds)).output).toEqual({ last: 4, rounds: 2 });
});

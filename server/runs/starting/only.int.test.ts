import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Role } from '@/lib/people/schema';
import { refsIn } from '@/lib/runs/blobs';
import { createServices } from '@/server/compose';
import { forkRun } from '@/server/runs/debugging/fork-run';
import { lastRuns } from '@/server/runs/reading/last-runs';
import { listRuns } from '@/server/runs/reading/list-runs';
import { readRun } from '@/server/runs/reading/read-run';
import { ended } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { startRun } from './start-run';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let ada: Actor;
beforeAll(async () => {
  services = await createServices(await testConfig({ ENSEMBLE_EGRESS_ALLOW: '127.0.0.1' }), 'test');
  ada = await anEditor(services);
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const node = (id: string, type: string, config: object, more: object = {}) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
  ...more,
});
const edge = (source: string, target: string, sourcePort = 'out') => ({
  ...{ id: `${source}-${target}`, source, sourcePort, target, targetPort: 'in' },
});
const says = (id: string, expression: string, more: object = {}) =>
  node(id, 'transform', { expression }, more);
const at = (id: string) => ({ params: { id }, query: {} });
const create = async (nodes: object[], edges: object[] = []) =>
  (
    await createWorkflow(services, ada, {
      ...{ params: {}, query: {} },
      body: {
        text: JSON.stringify({ name: 'Made', nodes, edges }),
        mediaType: 'application/json',
      },
    })
  ).id;
type Body = Parameters<typeof startRun>[2]['body'];
const start = (id: string, how: Partial<Body>, by = ada) =>
  startRun(services, by, { ...at(id), body: { input: {}, mode: 'live', ...how } });
const view = async (id: string) => {
  await ended(services, id);
  return readRun(services, ada, { ...at(id), body: undefined });
};
const only = async (id: string, step: string, how: Partial<Body> = {}) =>
  view((await start(id, { only: step, ...how })).id);
const as = (role: Role): Actor => ({ ...ada, role });

/** Three steps in a row, of which the first is not ready and the last has an error. */
const threeSteps = () =>
  create(
    [
      node('start', 'start', { inputs: [{ id: 'n', name: 'n', required: true }] }),
      says('first', ''),
      says('second', 'steps.first.output.size() + (has(input.n) ? int(input.n) : 0)'),
      says('third', '1 +'),
    ],
    [edge('start', 'first'), edge('first', 'second'), edge('second', 'third')],
  );

test('one step runs alone on what it is given, whatever is wrong with the others', async () => {
  const id = await threeSteps();
  const run = await only(id, 'second', { outputs: { first: 'abc' }, input: { n: '4' } });
  expect(run).toMatchObject({
    ...{ status: 'succeeded', output: 7, version: null, startedBy: 'u' },
    only: { id: 'second', name: 'second' },
    steps: [
      { id: 'first', status: 'succeeded', output: 'abc', given: true, attempt: 0 },
      { id: 'second', status: 'succeeded', output: 7, attempt: 1 },
    ],
  });
  expect(run.draft).toBeDefined();
  expect(run.steps[0]).not.toHaveProperty('reusedFrom');
});

test('outputs come from runs of the same workflow too, of several at once', async () => {
  const id = await create(
    [says('a', '"x"'), says('b', '"y"'), says('c', 'steps.a.output + steps.b.output')],
    [edge('a', 'b'), edge('b', 'c')],
  );
  const [a, b] = [await only(id, 'a'), await only(id, 'b')];
  const run = await only(id, 'c', { outputsFrom: { a: a.id, b: b.id } });
  expect(run).toMatchObject({ status: 'succeeded', output: 'xy' });
  const other = await create([says('a', '"x"')]);
  await expect(start(other, { only: 'a', outputsFrom: { a: a.id } })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(
    start(id, { only: 'c', outputsFrom: { a: b.id } }),
    'a run that has no output of the step',
  ).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(
    start(id, { only: 'c', outputsFrom: { a: crypto.randomUUID() } }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

test('large outputs of several runs come with them', async () => {
  const large = (letter: string) => `range(3000).map(n, "${letter.repeat(40)}")`;
  const id = await create(
    [
      says('a', large('a')),
      says('b', large('b')),
      says('c', 'steps.a.output.size() + steps.b.output.size()'),
    ],
    [edge('a', 'b'), edge('b', 'c')],
  );
  const [a, b] = [await only(id, 'a'), await only(id, 'b')];
  const run = await only(id, 'c', { outputsFrom: { a: a.id, b: b.id } });
  expect(run).toMatchObject({ status: 'succeeded', output: 6000 });
  // Kept with the run itself: those that they came from may be deleted.
  const { rows } = await services.pool.query<{ hash: string }>(
    'select hash from run_blob where root_run_id = $1 order by hash',
    [run.id],
  );
  const refs = refsIn(run.steps.map(({ output }) => output)).map(({ $blob }) => $blob.hash);
  expect(refs).toHaveLength(2);
  expect(rows.map(({ hash }) => hash)).toEqual([...refs].sort());
});

test('a step behind a choice, and one inside a container with its item', async () => {
  const id = await create(
    [
      node('if', 'if', { condition: 'input.n > 1' }),
      says('yes', '"yes"'),
      node('each', 'map', { items: '[1, 2]' }),
      says('twice', 'item * 2 + index', { group: 'each' }),
    ],
    [edge('if', 'yes', 'then'), edge('yes', 'each')],
  );
  expect(await only(id, 'yes')).toMatchObject({ status: 'succeeded', output: 'yes' });
  const chose = await only(id, 'if', { input: { n: 2 } });
  expect(chose.steps).toMatchObject([{ id: 'if', status: 'succeeded', ports: ['then'] }]);
  expect(await only(id, 'twice', { names: { item: 21, index: 1 } })).toMatchObject({ output: 43 });
  expect(await only(id, 'each')).toMatchObject({ output: { results: [2, 5] } });
  await expect(start(id, { only: 'yes', names: { item: 1 } })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('it does what the step does in any run, and only once', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const id = await create([
    node('call', 'http', { url: `http://127.0.0.1:${port}/`, method: 'POST' }),
  ]);
  const run = await only(id, 'call');
  expect(run).toMatchObject({ status: 'succeeded' });
  expect(asked).toBe(1);
  expect(await only(id, 'call', { mode: 'rehearsal' })).toMatchObject({ status: 'succeeded' });
  expect(asked).toBe(1);
  await new Promise((resolve) => server.close(resolve));
});

test('only who may edit the workflow starts one, of its draft, and a given approval needs who may approve', async () => {
  const id = await create(
    [node('ask', 'approval', { question: 'Pay?', role: 'owner' }), says('pay', '"paid"')],
    [edge('ask', 'pay', 'approved')],
  );
  const faked = { only: 'pay', outputs: { ask: { decision: 'approved' } } };
  for (const role of ['viewer', 'commenter'] as const) {
    await expect(start(id, { only: 'pay' }, as(role))).rejects.toMatchObject({ code: 'forbidden' });
  }
  await expect(start(id, faked, as('editor'))).rejects.toMatchObject({ code: 'forbidden' });
  expect((await start(id, faked, as('owner'))).id).toBeDefined();
  expect((await start(id, { ...faked, mode: 'rehearsal' }, as('editor'))).id).toBeDefined();
  const wrong: Partial<Body>[] = [
    { only: 'pay', version: 'live' },
    { only: 'pay', until: 'pay' },
    { outputs: { ask: 1 } },
    { only: 'nope' },
  ];
  for (const how of wrong) {
    await expect(start(id, how), JSON.stringify(how)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  }
  await expect(
    start(id, { only: 'pay' }, { ...ada, workspaceId: 'another' }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

test('a step that is not ready says what is missing; the lists tell single steps from whole runs', async () => {
  const id = await threeSteps();
  await expect(start(id, { only: 'first' })).rejects.toMatchObject({
    code: 'has_problems',
    details: { problems: [{ nodeId: 'first' }] },
  });
  const run = await only(id, 'second', { outputs: { first: 'abc' } });
  const list = async (query: object) =>
    (
      await listRuns(services, ada, {
        ...{ params: {}, body: undefined, query: { limit: 50, workflowId: id, ...query } },
      })
    ).items.map(({ id }) => id);
  expect(await list({})).toEqual([run.id]);
  expect(await list({ only: 'second' })).toEqual([run.id]);
  expect(await list({ only: 'first' })).toEqual([]);
  expect((await lastRuns(services, ada, [id])).get(id)).toEqual([]);
});

test('tried again, the step alone runs again, never what it was given', async () => {
  const id = await threeSteps();
  const first = await only(id, 'second', { outputs: { first: 'abc' } });
  const fork = async (how: object) =>
    forkRun(services, ada, {
      ...at(first.id),
      body: { from: [], settings: {}, version: 'same', ...how },
    });
  const again = await view((await fork({ from: ['second'], input: { n: '1' } })).id);
  expect(again).toMatchObject({ status: 'succeeded', output: 4, only: { id: 'second' } });
  expect(again.steps[0]).toMatchObject({ id: 'first', attempt: 0, reusedFrom: first.id });
  await expect(fork({ from: ['first'] })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(fork({ version: 'draft' })).rejects.toMatchObject({ code: 'conflict' });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Actor, Role } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { forkRun } from '@/server/runs/debugging/fork-run';
import { listRuns } from '@/server/runs/reading/list-runs';
import { readRun } from '@/server/runs/reading/read-run';
import { ended, eventually } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { putWorkflow } from '@/server/workflows/edits/put-workflow';
import { publishWorkflow } from '@/server/workflows/publish-workflow';
import { deleteWorkflow } from '@/server/workflows/trash/delete-workflow';
import { startRun } from './start-run';
import { startTriggered } from './start-triggered';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let ada: Actor;
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
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
const says = (expression: string) => ({
  name: 'Says',
  nodes: [node('say', 'transform', { expression })],
  edges: [],
});
const body = (definition: object) => ({
  text: JSON.stringify(definition),
  mediaType: 'application/json',
});
const at = (id: string) => ({ params: { id }, query: {} });
const create = async (definition: object) =>
  (await createWorkflow(services, ada, { params: {}, query: {}, body: body(definition) })).id;
const edit = (id: string, definition: object) =>
  putWorkflow(services, ada, { ...at(id), body: body(definition) });
const publish = (id: string) => publishWorkflow(services, ada, { ...at(id), body: { note: '' } });
type Body = Parameters<typeof startRun>[2]['body'];
const start = (id: string, how: Partial<Body> = {}, by = ada, key?: string) =>
  startRun(
    services,
    by,
    { ...at(id), body: { input: {}, mode: 'live', version: 'draft', ...how } },
    { headers: new Headers(key === undefined ? {} : { 'idempotency-key': key }) },
  );
const fork = (id: string, how: object, key?: string) =>
  forkRun(
    services,
    ada,
    { ...at(id), body: { from: [], settings: {}, version: 'same', ...how } },
    { headers: new Headers(key === undefined ? {} : { 'idempotency-key': key }) },
  );
const view = async (id: string) => {
  await ended(services, id);
  return readRun(services, ada, { ...at(id), body: undefined });
};
const listed = async (workflowId: string) =>
  (await listRuns(services, ada, { params: {}, query: { limit: 50, workflowId }, body: undefined }))
    .items;
const as = (role: Role): Actor => ({ ...ada, role });

test('a draft runs without being published, frozen as it was, and says so', async () => {
  const id = await create(says('"one"'));
  const { id: first } = await start(id);
  await edit(id, says('"two"'));
  const { id: second } = await start(id);
  const one = await view(first);
  expect(one).toMatchObject({ output: 'one', version: null, status: 'succeeded', startedBy: 'u' });
  expect(Date.parse(one.draft ?? '')).toBeLessThanOrEqual(Date.parse(one.createdAt));
  expect(await view(second)).toMatchObject({ output: 'two', version: null });
  const rows = await listed(id);
  expect(rows.map((row) => row.draft !== undefined)).toEqual([true, true]);
  const versions = await services.pool.query(
    'select from workflow_version where workflow_id = $1',
    [id],
  );
  expect(versions.rowCount).toBe(0);
});

test('the live version stays what it is while the draft is tried, for people and triggers', async () => {
  const id = await create(says('"live"'));
  await publish(id);
  await edit(id, says('"draft"'));
  const runs = await Promise.all([
    start(id),
    start(id, { version: 'live' }),
    start(id, { version: undefined }),
    start(id, { version: 1 }),
    startTriggered(services, {
      ...{ workspaceId: ada.workspaceId, workflowId: id, trigger: 'schedule' },
      input: () => ({}),
    }),
  ]);
  const views = await Promise.all(runs.map((run) => view(run.id)));
  expect(views.map(({ output, version }) => [output, version])).toEqual([
    ['draft', null],
    ...Array(4).fill(['live', 1]),
  ]);
  expect(views.map(({ draft }) => draft !== undefined)).toEqual([true, ...Array(4).fill(false)]);
});

test('a draft with errors is refused with its problems, as by publishing', async () => {
  const id = await create(says('1 +'));
  await expect(start(id)).rejects.toMatchObject({
    code: 'has_problems',
    details: { problems: [{ severity: 'error', nodeId: 'say' }] },
  });
  await expect(publish(id)).rejects.toMatchObject({ code: 'has_problems' });
  expect(await listed(id)).toEqual([]);
});

test('who may not edit does not run a draft, another workspace finds none, nor does anybody after its end', async () => {
  const id = await create(says('1'));
  for (const role of ['viewer', 'commenter'] as const) {
    await expect(start(id, {}, as(role))).rejects.toMatchObject({ code: 'forbidden' });
  }
  const stranger = await anEditor(services);
  await expect(start(id, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
  const { id: kept } = await start(id);
  await deleteWorkflow(services, ada, { ...at(id), body: undefined });
  await expect(start(id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await view(kept)).toMatchObject({ status: 'succeeded' });
});

test('starts and edits at once each give a whole run of one state of the draft', async () => {
  const id = await create(says('0'));
  const work = Array.from({ length: 8 }, (_, n) => [edit(id, says(`${n}`)), start(id)]).flat();
  const started = (await Promise.all(work)).flatMap((done) => ('status' in done ? [done.id] : []));
  const views = await Promise.all(started.map(view));
  expect(views).toHaveLength(8);
  for (const { status, output } of views) {
    expect(status).toBe('succeeded');
    expect([0, 1, 2, 3, 4, 5, 6, 7]).toContain(output);
  }
});

test('the same Idempotency-Key is the same run, also at once, and after the draft has changed or broken', async () => {
  const id = await create(says('"kept"'));
  const both = await Promise.all([start(id, {}, ada, 'draft-1'), start(id, {}, ada, 'draft-1')]);
  expect(both[0]?.id).toBe(both[1]?.id);
  await edit(id, says('1 +'));
  expect((await start(id, {}, ada, 'draft-1')).id).toBe(both[0]?.id);
  await expect(start(id, { version: 'live' }, ada, 'draft-1')).rejects.toMatchObject({
    code: 'idempotency_mismatch',
  });
  expect(await view(both[0]?.id ?? '')).toMatchObject({ output: 'kept' });
});

test('what the person saw is what runs: the server waits for their edits', async () => {
  const id = await create(says('1'));
  const doc = await services.drafts.copy(id);
  const ahead = new Y.Doc();
  Y.applyUpdate(ahead, Y.encodeStateAsUpdate(doc));
  const before = Y.encodeStateVector(ahead);
  ahead.getMap('nodes').set('later', new Y.Map());
  const vector = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  expect(await start(id, { stateVector: vector(before) })).toMatchObject({ status: 'queued' });
  await expect(
    start(id, { stateVector: vector(Y.encodeStateVector(ahead)) }),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test('rehearsals, debugging and runs until a step take the draft', async () => {
  const id = await create({
    name: 'Two',
    nodes: [
      node('a', 'transform', { expression: '"a"' }),
      node('b', 'transform', { expression: '"b"' }),
    ],
    edges: [{ id: 'e', source: 'a', sourcePort: 'out', target: 'b' }],
  });
  const until = await start(id, { until: 'a', mode: 'rehearsal' });
  expect(await view(until.id)).toMatchObject({ output: 'a', mode: 'rehearsal', version: null });
  const debug = { breakpoints: { b: '' }, stepping: false };
  const held = await start(id, { debug });
  await eventually('it is held', async () => {
    const state = await services.engine.load(held.id);
    return state?.steps.b?.wait?.kind === 'debugger';
  });
});

test('child runs of a draft are marked as the run above them', async () => {
  const id = await create({
    name: 'Each',
    nodes: [
      node('each', 'map', { items: '[1, 2]' }),
      node('one', 'transform', { expression: 'item' }, { group: 'each' }),
    ],
    edges: [],
  });
  const { id: root } = await start(id);
  const { draft } = await view(root);
  const { rows } = await services.pool.query<{ draft: Date; version: number | null }>(
    'select draft_at as draft, version_number as version from run where parent_run_id = $1',
    [root],
  );
  expect(rows.map((row) => [row.draft.toISOString(), row.version])).toEqual(
    Array(2).fill([draft, null]),
  );
});

test('a retry takes what ran, the draft as it is now, the live version, or any other', async () => {
  const two = (b: string) => ({
    name: 'Two',
    nodes: [
      node('a', 'transform', { expression: 'run.id' }),
      node('b', 'transform', { expression: b }),
    ],
    edges: [{ id: 'e', source: 'a', sourcePort: 'out', target: 'b' }],
  });
  const id = await create(two('"v1"'));
  await publish(id);
  await edit(id, two('input.missing'));
  const { id: failed } = await start(id);
  const first = await view(failed);
  expect(first).toMatchObject({ status: 'failed' });
  await edit(id, two('"mended"'));
  const same = await view((await fork(failed, {})).id);
  expect(same).toMatchObject({ status: 'failed', draft: first.draft, version: null });
  const drafted = await view((await fork(failed, { version: 'draft' })).id);
  expect(drafted).toMatchObject({ output: 'mended', version: null, forkedFrom: failed });
  expect(drafted.steps[0]).toMatchObject({ output: failed, reusedFrom: failed });
  expect(Date.parse(drafted.draft ?? '')).toBeGreaterThan(Date.parse(first.draft ?? ''));
  for (const version of ['current', 1] as const) {
    const published = await view((await fork(failed, { version })).id);
    expect(published).toMatchObject({ output: 'v1', version: 1 });
    expect(published.draft).toBeUndefined();
  }
  await expect(fork(failed, { version: 9 })).rejects.toMatchObject({ code: 'not_found' });
  const kept = await fork(failed, { version: 'draft' }, 'retry-1');
  await edit(id, two('1 +'));
  expect((await fork(failed, { version: 'draft' }, 'retry-1')).id).toBe(kept.id);
  await expect(fork(failed, { version: 'draft' })).rejects.toMatchObject({ code: 'has_problems' });
});

test('an approval of a version is not passed by what a draft put in its place', async () => {
  const ask = (first: object) => ({
    name: 'Pay',
    nodes: [first, node('pay', 'transform', { expression: '"PAID"' })],
    edges: [{ id: 'e', source: 'ok', sourcePort: 'approved', target: 'pay' }],
  });
  const asks = (role: string) => node('ok', 'approval', { question: 'Pay?', role });
  const id = await create(ask(asks('owner')));
  await publish(id);
  const waits = (run: string) =>
    eventually('it asks', async () => {
      const state = await services.engine.load(run);
      return state?.steps.ok?.wait?.kind === 'person';
    });
  await edit(id, {
    ...ask(node('ok', 'switch', { cases: [{ id: 'approved', label: 'Yes', condition: 'true' }] })),
  });
  const { id: passed } = await start(id);
  expect(await view(passed)).toMatchObject({ status: 'succeeded', version: null });
  // Of the version it is asked all the same.
  await waits((await fork(passed, { version: 1 })).id);
  // Nor may who may not answer change whom a draft asks, in a run of a run.
  await edit(id, ask(asks('owner')));
  const settings = { ok: { role: 'editor' } };
  await expect(fork(passed, { version: 'draft', settings })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

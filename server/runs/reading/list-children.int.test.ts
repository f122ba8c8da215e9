import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { isEnded } from '@/lib/runs/engine/readiness';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { listChildren } from './list-children';
import { listRuns } from './list-runs';
import { readRun } from './read-run';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;
let runId: string;

const items = ['Oslo', { city: 'Bern' }, 'x'.repeat(500), 4, null];
const at = { x: 0, y: 0 };
const definition = definitionSchema.parse({
  name: 'Cities',
  nodes: [
    {
      id: 'each',
      key: 'each',
      type: 'map',
      name: 'For each',
      position: at,
      config: { items: 'input.items', onFailure: 'collect' },
    },
    {
      id: 'third',
      key: 'third',
      type: 'transform',
      name: 'Third',
      position: at,
      config: { expression: '1 / (index - 2)' },
      group: 'each',
    },
  ],
  edges: [],
});

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'viewer', workspaceId };
  worker = await startWorker(services);
  const { id } = await services.engine.start({
    workspaceId,
    name: definition.name,
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input: { items },
  });
  runId = id;
  await eventually('the run ends', async () => {
    const state = await services.engine.load(id);
    return state && isEnded(state.status) ? state : undefined;
  });
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

type Query = { limit?: number; cursor?: string; status?: 'failed' };
const ask = (query: Query = {}, who = actor, stepId = 'each') =>
  listChildren(services, who, {
    params: { id: runId, stepId },
    query: { limit: 50, ...query },
    body: undefined,
  });

test('tells how many of them are in which state, and what each was given in short', async () => {
  const { total, counts, items: found } = await ask();
  expect({ total, counts }).toEqual({ total: 5, counts: { succeeded: 4, failed: 1 } });
  expect(found.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  expect(found.map(({ item }) => item.replaceAll('"', '').slice(0, 12))).toEqual([
    'Oslo',
    expect.stringContaining('city'),
    'xxxxxxxxxxxx',
    '4',
    'null',
  ]);
  expect(found[2]?.item.length).toBeLessThan(200);
  expect(found[2]).toMatchObject({ status: 'failed', error: { code: 'expression_failed' } });
});

test('comes in pages, and in one state alone', async () => {
  const first = await ask({ limit: 2 });
  const second = await ask({ limit: 2, cursor: first.nextCursor ?? '' });
  const third = await ask({ limit: 2, cursor: second.nextCursor ?? '' });
  const all = [first, second, third].flatMap((page) => page.items.map(({ index }) => index));
  expect(all).toEqual([0, 1, 2, 3, 4]);
  expect(third.nextCursor).toBeUndefined();
  expect((await ask({ status: 'failed' })).items.map(({ index }) => index)).toEqual([2]);
  await expect(ask({ cursor: 'elsewhere' })).rejects.toMatchObject({ code: 'invalid_input' });
});

test('is for those of the workspace, and for steps of the run', async () => {
  const stranger = { ...actor, workspaceId: await makeWorkspace(services.pool) };
  await expect(ask({}, stranger)).rejects.toMatchObject({ code: 'not_found' });
  await expect(ask({}, actor, 'gone')).rejects.toMatchObject({ code: 'not_found' });
});

test('they name the step that started them, and lists of runs leave them out', async () => {
  const child = (await ask({ status: 'failed' })).items[0];
  const params = { id: child?.id ?? '' };
  const view = await readRun(services, actor, { params, query: {}, body: undefined });
  expect(view.parent).toEqual({ runId, rootId: runId, stepId: 'each', round: 0, index: 2 });
  const runs = await listRuns(services, actor, {
    params: {},
    query: { limit: 50 },
    body: undefined,
  });
  expect(runs.items.map(({ id }) => id)).toEqual([runId]);
});

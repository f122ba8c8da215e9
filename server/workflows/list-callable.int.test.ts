import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { listCallable } from './list-callable';

let services: Services;
let actor: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterAll(() => services.close());

type Call = { to: string; version?: number; disabled?: boolean };

/** A workflow whose versions, the first one first, run others. */
async function aWorkflow(name: string, versions: Call[][], live: number | null = versions.length) {
  const id = randomUUID();
  await services.pool.query(
    'insert into workflow (id, workspace_id, name, live_version) values ($1, $2, $3, $4)',
    [id, actor.workspaceId, name, live],
  );
  for (const [index, calls] of versions.entries()) await publish(id, index + 1, calls);
  return id;
}

async function publish(id: string, number: number, calls: Call[]) {
  const nodes = calls.map(({ to, version, disabled }, index) => ({
    id: `n${index}`,
    type: 'workflow',
    config: { workflowId: to, ...(version === undefined ? {} : { version }) },
    ...(disabled ? { disabled } : {}),
  }));
  await services.pool.query(
    `insert into workflow_version (id, workflow_id, number, definition, hash) values ($1, $2, $3, $4, 'h')`,
    [randomUUID(), id, number, JSON.stringify({ nodes })],
  );
}

const list = (query: Parameters<typeof listCallable>[2]['query'], as = actor) =>
  listCallable(services, as, { params: {}, query, body: undefined });

it('says which workflows would come back to the one that asks', async () => {
  actor = await anEditor(services);
  const own = await aWorkflow('Own', [[]]);
  const direct = await aWorkflow('Direct', [[{ to: own }]]);
  await aWorkflow('Far', [[{ to: direct }]]);
  await aWorkflow('Free', [[]]);
  await aWorkflow('Off', [[{ to: own, disabled: true }]]);
  await aWorkflow('Draft', [[]], null);
  // What it ran once does not matter, nor what another version of what it runs does.
  await aWorkflow('Was', [[{ to: own }], []]);
  const later = await aWorkflow('Later', [[], [{ to: own }]]);
  await aWorkflow('Pinned', [[{ to: later, version: 1 }]]);
  // A circle without it ends.
  const circle = await aWorkflow('Circle', [[]], 2);
  await publish(circle, 2, [{ to: circle }]);
  const { items, more } = await list({ by: own });
  expect(more).toBe(false);
  expect(Object.fromEntries(items.map(({ name, blocked }) => [name, blocked]))).toEqual({
    Own: 'itself',
    Direct: 'recursion',
    Far: 'recursion',
    Free: null,
    Off: null,
    Draft: 'unpublished',
    Was: null,
    Later: 'recursion',
    Pinned: null,
    Circle: null,
  });
});

it('finds by name, shows the first twenty, and one by its id, in its own workspace alone', async () => {
  actor = await anEditor(services);
  const ids = [];
  for (let index = 0; index < 25; index += 1) ids.push(await aWorkflow(`Report ${index}`, [[]]));
  await aWorkflow('100 % sure', [[]]);
  const all = await list({});
  expect([all.items.length, all.more]).toEqual([20, true]);
  expect((await list({ q: 'report 2' })).items.map(({ name }) => name).sort()).toEqual([
    'Report 2',
    'Report 20',
    'Report 21',
    'Report 22',
    'Report 23',
    'Report 24',
  ]);
  expect((await list({ q: '%' })).items).toHaveLength(1);
  expect((await list({ id: ids[0] })).items).toMatchObject([{ name: 'Report 0', blocked: null }]);
  expect((await list({ id: ids[0] }, await anEditor(services))).items).toEqual([]);
});

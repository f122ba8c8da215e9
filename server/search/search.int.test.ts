import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, Role } from '@/lib/people/schema';
import { addNode } from '@/lib/workflows/edits/edits';
import { createServices } from '@/server/compose';
import { startRun } from '@/server/runs/starting/start-run';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { organiseWorkflow } from '@/server/workflows/organise/organise-workflow';
import { publishWorkflow } from '@/server/workflows/publish-workflow';
import { deleteWorkflow } from '@/server/workflows/trash/delete-workflow';
import { restoreWorkflow } from '@/server/workflows/trash/restore-workflow';
import { search } from './search';

let services: Services;
let ada: Actor;
let stranger: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  [ada, stranger] = [await anEditor(services), await anEditor(services)];
});
afterAll(() => services.close());

const of = (id: string) => ({ params: { id }, query: {}, body: undefined });
const find = async (q: string, by = ada, limit = 20) =>
  (await search(services, by, { params: {}, body: undefined, query: { q, limit } })).hits;
const titles = async (q: string, kind: string, by = ada) =>
  (await find(q, by)).filter((hit) => hit.kind === kind).map(({ title }) => title);
async function create(name: string, steps: string[] = [], description = ''): Promise<string> {
  const nodes = steps.map((step, index) => ({
    ...{ id: `n${index}`, type: 'transform', name: step },
    config: { expression: '1' },
  }));
  const body = {
    text: JSON.stringify({ name, description, nodes }),
    mediaType: 'application/json',
  };
  return (await createWorkflow(services, ada, { params: {}, query: {}, body })).id;
}

it('finds workflows by name, description, tags and steps, those that begin with it first', async () => {
  const tagged = await create('Tagged');
  await organiseWorkflow(services, ada, { ...of(tagged), body: { tags: ['Zebra crossing'] } });
  await create('Zebra report', ['Count the zebras', 'Write it down']);
  await create('Weekly zebra');
  await create('Other', [], 'About a zebra, 100 %');
  expect(await titles('ZEBRA', 'workflow')).toEqual([
    'Zebra report',
    'Weekly zebra',
    'Other',
    'Tagged',
  ]);
  expect(await titles('weekly zeb', 'workflow')).toEqual(['Weekly zebra']);
  expect(await titles('100 %', 'workflow')).toEqual(['Other']);
  expect(await titles('z_bra', 'workflow')).toEqual([]);
  const [step] = (await find('count zebras')).filter(({ kind }) => kind === 'step');
  expect(step).toMatchObject({ title: 'Count the zebras', detail: 'Zebra report' });
  expect(step?.href).toMatch(/^\/workflows\/[0-9a-f-]{36}\?node=n0$/);
});

it('knows the steps of the draft as it is, and forgets what lies in the trash', async () => {
  const id = await create('Moving', ['Old giraffe']);
  await services.drafts.edit(id, { userId: ada.userId, source: 'api' }, (draft) => {
    addNode(draft, { id: 'x', type: 'transform', name: 'New giraffe', position: { x: 0, y: 0 } });
  });
  const all = async () => (await titles('giraffe', 'step')).sort();
  expect(await all()).toEqual(['New giraffe', 'Old giraffe']);
  await deleteWorkflow(services, ada, of(id));
  expect(await find('giraffe')).toEqual([]);
  await restoreWorkflow(services, ada, of(id));
  expect(await all()).toEqual(['New giraffe', 'Old giraffe']);
});

it('finds runs by the beginning of their id and by their workflow', async () => {
  const id = await create('Okapi', ['One']);
  await publishWorkflow(services, ada, { ...of(id), body: { note: '' } });
  const body = { input: {}, mode: 'live' as const };
  const runs = [];
  for (let count = 0; count < 4; count += 1) {
    runs.push((await startRun(services, ada, { ...of(id), body })).id);
  }
  const [first = ''] = runs;
  expect((await find(first.slice(0, 8))).map((hit) => [hit.kind, hit.id])).toEqual([
    ['run', first],
  ]);
  expect((await find(first)).map((hit) => hit.href)).toEqual([`/runs/${first}`]);
  expect(await titles('okapi', 'run')).toEqual(['Okapi', 'Okapi', 'Okapi']);
  expect(await find(first.slice(0, 8), stranger)).toEqual([]);
});

it('finds agents, threads, connections and members, each only for who may read them', async () => {
  const { workspaceId } = ada;
  const userId = randomUUID();
  const { prisma, pool } = services;
  await prisma.agent.create({
    data: { workspaceId, handle: 'lynx', name: 'Lynx agent', instructions: '', model: 'auto' },
  });
  await prisma.thread.create({ data: { workspaceId, title: 'About the lynx', createdBy: userId } });
  await prisma.user.create({ data: { id: userId, name: 'Lynx Lee', email: `${userId}@x.test` } });
  await pool.query(
    `insert into member (id, "organizationId", "userId", role) values ($1, $2, $3, 'viewer')`,
    [randomUUID(), workspaceId, userId],
  );
  await prisma.connection.create({
    data: {
      ...{ id: randomUUID(), workspaceId, name: 'lynx_crm', kind: 'bearer', config: {} },
      ...{ ciphertext: Buffer.from('a'), wrappedKey: Buffer.from('b'), masterKeyId: 'm' },
    },
  });
  const kinds = async (role: Role) =>
    (await find('lynx', { ...ada, role })).map(({ kind }) => kind);
  expect(await kinds('editor')).toEqual(['agent', 'thread', 'connection', 'member']);
  expect(await kinds('viewer')).toEqual(['agent', 'thread', 'member']);
  expect(await find('lynx', stranger)).toEqual([]);
  expect(JSON.stringify(await find('lynx'))).not.toContain('@x.test');
});

it('gives at most so many of a kind', async () => {
  for (let count = 0; count < 5; count += 1) await create(`Ibex ${count}`, ['Ibex step']);
  const hits = await find('ibex', ada, 3);
  expect(hits.map(({ kind }) => kind)).toEqual([
    ...['workflow', 'workflow', 'workflow', 'step', 'step', 'step'],
  ]);
});

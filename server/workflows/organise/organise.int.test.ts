import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { createWorkflow } from '../create-workflow';
import { duplicateWorkflow } from '../duplicate-workflow';
import { getWorkflow } from '../get-workflow';
import { listWorkflows } from '../list-workflows';
import { deleteWorkflow } from '../trash/delete-workflow';
import { addFavourite, removeFavourite } from './favourites';
import { listLabels } from './list-labels';
import { moveFolder } from './move-folder';
import { organiseWorkflow } from './organise-workflow';

let services: Services;
let ada: Actor;
let ben: Actor;
let stranger: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
beforeAll(async () => {
  [ada, stranger] = [await anEditor(services), await anEditor(services)];
  ben = { ...ada, userId: 'ben' };
});
afterAll(() => services.close());

const of = (id: string) => ({ params: { id }, query: {}, body: undefined });
const create = async (name: string, folder?: string, by = ada) => {
  const body = { text: JSON.stringify({ name, nodes: [] }), mediaType: 'application/json' };
  return (await createWorkflow(services, by, { params: {}, query: { folder }, body })).id;
};
type Change = Parameters<typeof organiseWorkflow>[2]['body'];
const organise = (id: string, body: Change, by = ada) =>
  organiseWorkflow(services, by, { ...of(id), body });
const labels = (by = ada) => listLabels(services, by);
type Query = Partial<Parameters<typeof listWorkflows>[2]['query']>;
const page = (query: Query, by = ada) =>
  listWorkflows(services, by, {
    params: {},
    body: undefined,
    query: { limit: 50, sort: 'updated', ...query },
  });
const names = async (query: Query, by = ada) =>
  (await page(query, by)).items.map(({ name }) => name);
const get = (id: string, by = ada) => getWorkflow(services, by, of(id));

it('is kept in a folder and found by it, by tags and by both', async () => {
  const by = await anEditor(services);
  const made = {
    report: await create('Report', 'Sales/Reports', by),
    leads: await create('Leads', 'Sales', by),
    force: await create('Force', 'Salesforce', by),
    loose: await create('Loose', undefined, by),
  };
  const before = (await get(made.loose, by)).updatedAt;
  await organise(made.report, { tags: ['Urgent', 'Q3'] }, by);
  await organise(made.loose, { addTags: ['urgent'] }, by);
  expect(await names({ folder: 'Sales', sort: 'name' }, by)).toEqual(['Leads', 'Report']);
  expect(await names({ folder: 'Sales/Reports' }, by)).toEqual(['Report']);
  expect(await names({ folder: '' }, by)).toEqual(['Loose']);
  expect(await names({ tag: 'URGENT', sort: 'name' }, by)).toEqual(['Loose', 'Report']);
  expect(await names({ tag: 'urgent', folder: 'Sales' }, by)).toEqual(['Report']);
  expect(await names({ q: 'q3' }, by)).toEqual(['Report']);
  expect(await names({ tag: '%' }, by)).toEqual([]);
  expect(await labels(by)).toEqual({
    all: 4,
    favourites: 0,
    folders: [
      { path: 'Sales', count: 1 },
      { path: 'Sales/Reports', count: 1 },
      { path: 'Salesforce', count: 1 },
    ],
    tags: [
      { name: 'Q3', count: 1 },
      { name: expect.stringMatching(/^urgent$/i), count: 2 },
    ],
  });
  // It is kept in order, not changed.
  expect((await get(made.loose, by)).updatedAt).toBe(before);
  const copy = await duplicateWorkflow(services, by, of(made.report));
  expect(await get(copy.id, by)).toMatchObject({
    folder: 'Sales/Reports',
    tags: ['Urgent', 'Q3'],
  });
});

it('is sorted by name, by age and by change, in pages that neither repeat nor leave out', async () => {
  const by = await anEditor(services);
  for (const name of ['b', 'A', 'c', 'a', 'C']) await create(name, undefined, by);
  for (const sort of ['name', 'created', 'updated'] as const) {
    const whole = await names({ sort }, by);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const next: Awaited<ReturnType<typeof page>> = await page({ sort, limit: 2, cursor }, by);
      paged.push(...next.items.map(({ name }) => name));
      cursor = next.nextCursor;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole);
    expect(whole).toHaveLength(5);
  }
  const lower = (await names({ sort: 'name' }, by)).map((name) => name.toLowerCase());
  expect(lower).toEqual(['a', 'a', 'b', 'c', 'c']);
  expect(await names({ sort: 'created' }, by)).toEqual(['C', 'a', 'c', 'A', 'b']);
});

it('is a favourite of one person alone', async () => {
  const by = await anEditor(services);
  const other = { ...by, userId: 'other' };
  const id = await create('Star', undefined, by);
  await Promise.all([1, 2, 3].map(() => addFavourite(services, by, of(id))));
  expect(await names({ favourite: 'true' }, by)).toEqual(['Star']);
  expect(await names({ favourite: 'true' }, other)).toEqual([]);
  expect([(await get(id, by)).favourite, (await get(id, other)).favourite]).toEqual([true, false]);
  expect((await labels(by)).favourites).toBe(1);
  await removeFavourite(services, by, of(id));
  await removeFavourite(services, by, of(id));
  expect(await names({ favourite: 'true' }, by)).toEqual([]);
});

it('keeps the tags that two people add and take away at the same time', async () => {
  const id = await create('Both');
  await organise(id, { tags: ['old'] });
  await Promise.all([
    ...['a', 'b', 'c', 'd'].map((tag) => organise(id, { addTags: [tag] })),
    organise(id, { removeTags: ['OLD'] }, ben),
    organise(id, { folder: 'Here' }, ben),
  ]);
  const { tags, folder } = await get(id);
  expect([[...tags].sort(), folder]).toEqual([['a', 'b', 'c', 'd'], 'Here']);
  const more = ['e', 'f', 'g', 'h', 'i', 'j', 'k'];
  await expect(organise(id, { addTags: more })).rejects.toMatchObject({ code: 'invalid_input' });
  expect((await get(id)).tags).toHaveLength(4);
});

it('moves with its folder, also from the trash, and never into itself or too deep', async () => {
  const by = await anEditor(services);
  const deep = await create('Deep', 'a/b/c', by);
  const top = await create('Top', 'a', by);
  const gone = await create('Gone', 'a/b', by);
  await create('Alike', 'ab', by);
  await deleteWorkflow(services, by, of(gone));
  const move = (from: string, to: string, who = by) =>
    moveFolder(services, who, { params: {}, query: {}, body: { from, to } });
  expect(await move('a', 'x/y')).toEqual({ folder: 'x/y', moved: 3 });
  expect((await get(deep, by)).folder).toBe('x/y/b/c');
  expect((await get(top, by)).folder).toBe('x/y');
  expect((await labels(by)).folders.map(({ path }) => path)).toEqual(['ab', 'x/y', 'x/y/b/c']);
  await expect(move('x', 'x/z')).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(move('x', '1/2/3/4')).rejects.toThrow(/at most 6 levels/);
  await expect(move('nowhere', 'z')).rejects.toMatchObject({ code: 'not_found' });
  await expect(move('x', 'z', stranger)).rejects.toMatchObject({ code: 'not_found' });
  expect((await get(deep, by)).folder).toBe('x/y/b/c');
});

it('belongs to its workspace, and cannot be put in order in the trash', async () => {
  const id = await create('Mine', 'Secret folder');
  for (const attempt of [
    () => organise(id, { folder: 'x' }, stranger),
    () => addFavourite(services, stranger, of(id)),
    () => removeFavourite(services, stranger, of(id)),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await labels(stranger)).toEqual({ all: 0, favourites: 0, folders: [], tags: [] });
  await deleteWorkflow(services, ada, of(id));
  await expect(organise(id, { folder: 'x' })).rejects.toThrow('is in the trash');
  await expect(addFavourite(services, ada, of(id))).rejects.toThrow('is in the trash');
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { draftParts, entryOf, writeEdge } from '@/lib/workflows/draft/draft';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { createWorkflow } from '../create-workflow';
import { undoEdit } from '../edits/edit-undo';
import { editWorkflow } from '../edits/edit-workflow';
import { putWorkflow } from '../edits/put-workflow';
import { getWorkflow } from '../get-workflow';

/** Two web processes on one database. */
let webs: Services[];
let ana: Actor;

beforeAll(async () => {
  const config = withSecrets(loadConfig(await testEnvironment()));
  webs = await Promise.all([createServices(config, 'test'), createServices(config, 'test')]);
  const workspaceId = randomUUID();
  const data = { id: workspaceId, name: workspaceId, slug: workspaceId };
  await web(0).prisma.organization.create({ data });
  const about = { name: 'Ana', email: 'a@b.c', role: 'editor', apiKeyId: 'key' } as const;
  ana = { userId: randomUUID(), workspaceId, ...about };
});
afterAll(() => Promise.all(webs.map((each) => each.close())));

const web = (i: number): Services => webs[i % webs.length] as Services;
const none = { params: {}, query: {}, body: undefined };
const position = { x: 0, y: 0 };
const step = (id: string, template = '') => ({
  ...{ id, key: id, type: 'output', name: id.toUpperCase(), position },
  config: { format: 'text', template },
});
const whole = (name: string, ...steps: ReturnType<typeof step>[]) => ({
  ...{ schema: 1, name, nodes: steps, edges: [] },
});
const make = async (definition: object) =>
  (await createWorkflow(web(0), ana, { ...none, body: definition })).id;
const ifMatch = (number: number | undefined) =>
  number === undefined
    ? undefined
    : new Request('http://localhost', { headers: { 'if-match': `"${number}"` } });
const put = (i: number, id: string, body: object, number?: number) =>
  putWorkflow(web(i), ana, { ...none, params: { id }, body }, ifMatch(number));
type Edits = Parameters<typeof editWorkflow>[2]['body']['edits'];
const edit = (i: number, id: string, one: object, number?: number) =>
  editWorkflow(
    web(i),
    ana,
    { ...none, params: { id }, body: { edits: [one] as Edits } },
    ifMatch(number),
  );
const read = (id: string) => getWorkflow(web(0), ana, { ...none, params: { id } });
const status = (settled: PromiseSettledResult<unknown>) =>
  settled.status === 'fulfilled' ? 'ok' : (settled.reason as { code?: string }).code;

test('of whole definitions that are put at once one stands, and never parts of two', async () => {
  const id = await make(whole('Start', step('a'), step('b')));
  const wanted = ['one', 'two', 'three', 'four'].map((name) =>
    whole(name, step(`${name}1`, name), step(`${name}2`, name), step('a', `text of ${name}`)),
  );
  for (let round = 0; round < 15; round += 1) {
    await Promise.all(wanted.map((body, i) => put(i, id, body)));
    const { definition } = await read(id);
    const found = wanted.find(({ name }) => name === definition.name);
    expect(definition).toMatchObject({ name: found?.name, nodes: found?.nodes });
    expect(definition.nodes).toHaveLength(3);
  }
});

test('of those that name the draft that they read, one is written and the others are told its number', async () => {
  const id = await make(whole('Start', step('a')));
  for (let round = 0; round < 10; round += 1) {
    const { draftNumber } = await read(id);
    const tries = await Promise.allSettled([
      ...[1, 2, 3].map((i) => put(i, id, whole(`${round} ${i}`, step(`n${i}`)), draftNumber)),
      edit(0, id, { edit: 'setMeta', name: `${round} edited` }, draftNumber),
    ]);
    expect(tries.map(status).sort()).toEqual(['conflict', 'conflict', 'conflict', 'ok']);
    const now = await read(id);
    for (const refused of tries.filter((each) => each.status === 'rejected')) {
      expect(refused.reason).toMatchObject({ details: { draftNumber: now.draftNumber } });
    }
  }
  await expect(put(0, id, whole('Old'), 0)).rejects.toMatchObject({ code: 'conflict' });
});

test('texts that are set at once replace each other: no letters of both', async () => {
  const id = await make(whole('Start', step('a', 'Dear customer.')));
  const texts = ['Guten Tag, Kunde.', 'Bonjour, cher client.', 'http://a.example/one', '1'];
  for (let round = 0; round < 15; round += 1) {
    await Promise.all(
      texts.map((value, i) =>
        edit(i, id, { edit: 'setField', nodeId: 'a', path: ['template'], value }),
      ),
    );
    const [node] = (await read(id)).definition.nodes;
    expect(texts).toContain(node?.config.template);
  }
});

test('steps that are added at once have keys of their own, an id is taken once, and no circle closes', async () => {
  const id = await make(whole('Start', step('t'), step('h')));
  const node = (nodeId: string, name: string) => ({
    edit: 'addNode',
    node: { id: nodeId, type: 'transform', name, position, config: { expression: '1' } },
  });
  await Promise.all([1, 2, 3, 4, 5, 6].map((i) => edit(i, id, node(`n${i}`, 'Sum up'))));
  const keys = (await read(id)).definition.nodes.map(({ key }) => key);
  expect(new Set(keys).size).toBe(8);
  expect(keys.filter((key) => /^sum_up(_\d)?$/.test(key))).toHaveLength(6);
  const same = await Promise.allSettled([1, 2, 3].map((i) => edit(i, id, node('one', `N${i}`))));
  expect(same.map(status).sort()).toEqual(['invalid_input', 'invalid_input', 'ok']);
  const circle = await Promise.allSettled(
    [
      ['n1', 'n2'],
      ['n2', 'n1'],
    ].map(([source, target], i) =>
      edit(i, id, {
        edit: 'connect',
        edge: { id: `x${i}`, source, sourcePort: 'out', target, targetPort: 'in' },
      }),
    ),
  );
  expect(circle.map(status).sort()).toEqual(['invalid_input', 'ok']);
  expect((await read(id)).problems.filter(({ code }) => /cycle|key/.test(code))).toEqual([]);
});

test('what breaks a rule by itself is repaired in the same commit, and said', async () => {
  const id = await make(whole('Start', step('a'), step('b')));
  const edge = (source: string, target: string) => ({
    ...{ id: `${source}${target}`, source, sourcePort: 'out', target, targetPort: 'in' },
  });
  const both = [edge('a', 'b'), edge('b', 'a')];
  const written = await web(0).drafts.edit(id, { userId: ana.userId }, ({ doc }) => {
    const { edges } = draftParts(doc);
    doc.transact(() => {
      for (const each of both) writeEdge(entryOf(edges, each.id), each);
    });
  });
  expect(written.repaired?.text).toMatch(/cycle/);
  expect(written.definition.edges.map((each) => each.id)).toEqual(['ab']);
  expect((await read(id)).definition).toEqual(written.definition);
});

test('taking an edit back happens once, however many ask at once, and is whole or not at all', async () => {
  const id = await make(whole('Start', step('a', 'before')));
  for (let round = 0; round < 8; round += 1) {
    const { editId = '' } = await edit(0, id, {
      ...{ edit: 'setField', nodeId: 'a', path: ['template'] },
      value: `after ${round}`,
    });
    const body = { editId, partial: false };
    const tries = await Promise.allSettled(
      [0, 1, 2].map((i) => undoEdit(web(i), ana, { ...none, params: { id }, body })),
    );
    expect(tries.map(status).sort()).toEqual(['already_finished', 'already_finished', 'ok']);
    expect((await read(id)).definition.nodes[0]?.config.template).toBe('before');
  }
});

test('what is committed alongside is undone with the edit, and the edit with it', async () => {
  const id = await make(whole('Start', step('a')));
  const before = await read(id);
  const change = { alongside: () => Promise.reject(new Error('no')) };
  const rename = (draft: Parameters<Parameters<Services['drafts']['edit']>[2]>[0]) =>
    draft.doc.getMap('meta').set('name', 'Other');
  const by = { userId: ana.userId };
  await expect(web(0).drafts.edit(id, by, rename, change)).rejects.toThrow('no');
  expect(await read(id)).toEqual(before);
});

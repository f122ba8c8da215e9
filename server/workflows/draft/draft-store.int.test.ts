import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addNode } from '@/lib/workflows/edits/edits';
import type { Bus, DraftMessage } from '@/server/bus/bus';
import { createLog } from '@/server/log';
import { testDatabase } from '@/server/testing/database';
import { createDraftStore, type DraftStore } from './draft-store';

const pools: Pool[] = [];
const published: DraftMessage[] = [];
let stores: DraftStore[];

/** Only what the store says on the bus matters here; the bus has tests of its own. */
const bus = {
  publish: (_: string, message: DraftMessage) => void published.push(message),
} as unknown as Bus;

beforeAll(async () => {
  const connectionString = await testDatabase();
  const log = createLog({ logLevel: 'silent' }, 'test');
  // Three processes on one database.
  pools.push(...[1, 2, 3].map(() => new Pool({ connectionString, max: 4 })));
  stores = pools.map((pool) => createDraftStore({ pool, bus, log }));
  await pools[0]?.query("insert into organization (id, name, slug) values ('w', 'W', 'w')");
});
afterAll(() => Promise.all(pools.map((pool) => pool.end())));

async function newDraft(store: DraftStore): Promise<string> {
  const id = randomUUID();
  const pool = pools[0];
  await pool?.query('insert into workflow (id, workspace_id, name) values ($1, $2, $3)', [
    id,
    'w',
    'W',
  ]);
  await store.create(id, { schema: 1, name: 'W', description: '', nodes: [], edges: [] });
  return id;
}

const first = () => stores[0] as DraftStore;
const row = (workflowId: string, text: string) => ({
  workflowId,
  data: Buffer.from(text),
  userId: null,
  source: 'test',
});

test('three processes append to many drafts at once: numbers without holes, in the order of each sender', async () => {
  const drafts = await Promise.all(Array.from({ length: 8 }, () => newDraft(first())));
  const given = new Map<string, number[]>();
  await Promise.all(
    stores.flatMap((store, sender) =>
      drafts.flatMap((workflowId) =>
        Array.from({ length: 60 }, async (_, i) => {
          const seq = await store.append(row(workflowId, `${sender} ${i}`));
          const key = `${workflowId} ${sender}`;
          given.set(key, [...(given.get(key) ?? []), seq]);
        }),
      ),
    ),
  );
  for (const workflowId of drafts) {
    const found = await first().load(workflowId);
    const updates = found?.rows.filter((each) => !each.state) ?? [];
    expect(found?.seq).toBe(180);
    expect(updates.map((each) => each.seq)).toEqual(Array.from({ length: 180 }, (_, i) => i + 1));
    for (const sender of [0, 1, 2]) {
      const texts = updates.map((each) => Buffer.from(each.data).toString());
      const own = texts.filter((text) => text.startsWith(`${sender} `));
      expect(own).toEqual(Array.from({ length: 60 }, (_, i) => `${sender} ${i}`));
      const seqs = given.get(`${workflowId} ${sender}`) ?? [];
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      expect(seqs.map((seq) => texts[seq - 1])).toEqual(own);
    }
  }
});

test('an update of a missing draft fails alone', async () => {
  const workflowId = await newDraft(first());
  const answers = await Promise.allSettled([
    first().append(row(workflowId, 'a')),
    first().append(row(randomUUID(), 'b')),
    first().append(row(workflowId, 'c')),
    first().append({ ...row(workflowId, 'd'), wanted: () => false }),
  ]);
  expect(
    answers.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.code)),
  ).toEqual([1, 'not_found', 2, 'unavailable']);
});

test('reading after a number gives what came since, and the whole state after a compaction', async () => {
  const store = first();
  const workflowId = await newDraft(store);
  for (const text of ['a', 'b', 'c']) await store.append(row(workflowId, text));
  const since = await store.load(workflowId, 1);
  expect(since?.rows.map((each) => Buffer.from(each.data).toString())).toEqual(['b', 'c']);
  const state = Y.encodeStateAsUpdate(new Y.Doc());
  await store.compact(workflowId, { state, seq: 2, changedPaths: new Map() });
  await store.compact(workflowId, { state: Buffer.from('older'), seq: 1, changedPaths: new Map() });
  for (const after of [0, 1]) {
    const found = await store.load(workflowId, after);
    expect(found?.rows.map((each) => Buffer.from(each.data).toString())).toEqual([
      Buffer.from(state).toString(),
      'c',
    ]);
  }
  const later = await store.load(workflowId, 2);
  expect(later?.rows.map((each) => Buffer.from(each.data).toString())).toEqual(['c']);
  await store.quarantine(workflowId, 3);
  expect((await store.load(workflowId, 2))?.rows).toEqual([]);
  expect((await store.load(workflowId, 2))?.seq).toBe(3);
});

test('edits from outside run side by side, and are announced with their numbers', async () => {
  const workflowId = await newDraft(first());
  published.length = 0;
  await Promise.all(
    stores.map((store, i) =>
      store.edit(workflowId, { userId: null }, (draft) => {
        addNode(draft, { id: `n${i}`, type: 'agent', name: 'N', position: { x: 0, y: 0 } });
      }),
    ),
  );
  const read = await first().read(workflowId);
  expect(read.nodes.map((node) => node.id).sort()).toEqual(['n0', 'n1', 'n2']);
  expect(published.map((message) => 'seq' in message && message.seq).sort()).toEqual([1, 2, 3]);
  const before = await first().load(workflowId);
  await first().edit(workflowId, { userId: null }, () => undefined);
  expect((await first().load(workflowId))?.seq).toBe(before?.seq);
});

test('publishing waits for the edits that a person saw, and says when they do not come', async () => {
  const store = first();
  const workflowId = await newDraft(store);
  const doc = new Y.Doc();
  for (const each of (await store.load(workflowId))?.rows ?? []) Y.applyUpdate(doc, each.data);
  const before = Y.encodeStateVector(doc);
  addNode(
    { doc, catalogue: {}, origin: 'me' },
    { id: 'late', type: 'agent', name: 'Late', position: { x: 0, y: 0 } },
  );
  const including = Y.encodeStateVector(doc);
  const reading = store.read(workflowId, { including });
  const data = Y.encodeStateAsUpdate(doc, before);
  await stores[1]?.append({ workflowId, data, userId: null, source: 'person' });
  expect((await reading).nodes.map((node) => node.id)).toEqual(['late']);
  await expect(store.read(workflowId, { including: Buffer.from([9]) })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('a deleted workflow has no draft', async () => {
  const workflowId = await newDraft(first());
  await pools[0]?.query('update workflow set deleted_at = now() where id = $1', [workflowId]);
  expect(await first().load(workflowId)).toBeUndefined();
  await expect(first().read(workflowId)).rejects.toMatchObject({ code: 'not_found' });
});

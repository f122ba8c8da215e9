import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { StoredEdit } from '../stored-edit';
import { createMemoryDisk, createMemoryLocks } from '../testing/memory-disk';
import { createOfflineStore } from './offline-store';
import { type RejectedEdits, rejectedOfOrphaned } from './rejected';

const bytes = (...values: number[]): StoredEdit => ({ update: new Uint8Array(values) });
const bytesOf = (edits: readonly StoredEdit[]) => edits.map(({ update }) => [...update]);
const rejection = (id: string, workflowId = 'w'): RejectedEdits => ({
  ...{ id, workflowId, userId: 'ana', at: 1, count: 1, texts: ['x'] },
  why: { code: 'gone', words: 'it is gone' },
  touched: { meta: [], nodes: [], edges: [], groups: [], notes: [] },
});
const full = () => new DOMException('full', 'QuotaExceededError');

test('edits of an ended tab are found, and stay until they are replaced', async () => {
  const disk = createMemoryDisk();
  const store = createOfflineStore(disk, createMemoryLocks());
  const first = store.open('w', 'ana', 1);
  first.add(bytes(1));
  first.add(bytes(2));
  expect((await store.orphaned('w', 'ana')).edits).toEqual([]);
  first.close();
  await expect.poll(async () => (await store.orphaned('w', 'ben')).edits.length).toBe(0);
  let orphaned = await store.orphaned('w', 'ana');
  await expect
    .poll(async () => {
      if (orphaned.edits.length === 0) orphaned = await store.orphaned('w', 'ana');
      return bytesOf(orphaned.edits);
    })
    .toEqual([[1], [2]]);
  // Nobody else takes it meanwhile, and it lies there until it lies there in another form.
  expect((await store.orphaned('w', 'ana')).edits).toEqual([]);
  expect(disk.states.at(-1)).toHaveLength(2);
  const second = store.open('w', 'ana', 2);
  const steps = disk.states.length;
  await store.replace([orphaned], {
    rows: second.rowsOf([bytes(3)]),
    rejections: [rejection('a')],
  });
  orphaned.close();
  expect(disk.states.length).toBe(steps + 1);
  expect(disk.states.at(-1)?.map(({ update, aside }) => aside?.id ?? [...(update ?? [])])).toEqual([
    [3],
    'a',
  ]);
  second.clear();
  expect(await store.rejected('ana')).toMatchObject([{ id: 'a' }]);
  expect(await store.rejected('ana', 'other')).toEqual([]);
  expect(await store.rejected('ben')).toEqual([]);
  await store.discard(rejection('a'));
  expect(disk.states.at(-1)).toEqual([]);
});

test('edits of ended tabs are counted by workflow, and counting takes nothing', async () => {
  const disk = createMemoryDisk();
  const store = createOfflineStore(disk, createMemoryLocks());
  const ended = [store.open('w', 'ana', 1), store.open('w', 'ana', 2), store.open('v', 'ana', 3)];
  for (const tab of ended) {
    tab.add(bytes(1));
    tab.setBase({ state: new Uint8Array(), touched: rejection('a').touched });
  }
  store.open('w', 'ana', 4).add(bytes(2));
  store.open('u', 'anatol', 5).add(bytes(3));
  expect([...(await store.waiting('ana'))]).toEqual([]);
  for (const tab of ended) tab.close();
  const waiting = async () => Object.fromEntries(await store.waiting('ana'));
  await expect.poll(waiting).toEqual({ w: 2, v: 1 });
  // Whoever reads them, as for a download, has not saved them, and keeps nobody from it.
  const reads = Array.from({ length: 50 }, () => store.readOrphaned('w', 'ana'));
  const counts = Array.from({ length: 50 }, waiting);
  for (const { edits } of await Promise.all(reads)) expect(bytesOf(edits)).toEqual([[1], [1]]);
  for (const count of await Promise.all(counts)) expect(count).toEqual({ w: 2, v: 1 });
  const orphaned = await store.orphaned('w', 'ana');
  expect(bytesOf(orphaned.edits)).toEqual([[1], [1]]);
  // They are this tab's own now.
  expect(await waiting()).toEqual({ v: 1 });
  await store.replace([orphaned], {});
  orphaned.close();
  expect(await waiting()).toEqual({ v: 1 });
  expect([...(await createOfflineStore(undefined, undefined).waiting('ana'))]).toEqual([]);
});

test('a full disk is reported, and gets everything as soon as it has room', async () => {
  const disk = createMemoryDisk();
  const store = createOfflineStore(disk, createMemoryLocks());
  const tab = store.open('w', 'ana', 1);
  tab.add(bytes(1));
  disk.refuses = full;
  tab.add(bytes(2));
  tab.add(bytes(3));
  await expect.poll(() => store.health.get()).toBe('full');
  // Rejected edits are not forgotten for that.
  await store.replace([], { rejections: [rejection('a')] });
  expect(await store.rejected('ana')).toMatchObject([{ id: 'a' }]);
  disk.refuses = undefined;
  tab.add(bytes(4));
  await expect.poll(() => store.health.get()).toBe('stored');
  const rows = disk.states.at(-1) ?? [];
  expect(bytesOf(rows.flatMap(({ update }) => (update ? [{ update }] : [])))).toEqual([
    [1],
    [2],
    [3],
    [4],
  ]);
  expect(rows.some((row) => row.aside?.id === 'a')).toBe(true);
});

test('what the server has is not written after all by a disk that was full', async () => {
  const disk = createMemoryDisk();
  const store = createOfflineStore(disk, createMemoryLocks());
  const tab = store.open('w', 'ana', 1);
  disk.refuses = full;
  tab.add(bytes(1));
  await expect.poll(() => store.health.get()).toBe('full');
  tab.clear();
  // This one is done before it is known that the removal was not.
  disk.refuses = undefined;
  tab.add(bytes(2));
  await expect.poll(() => disk.states.length).toBe(2);
  await Promise.resolve();
  tab.add(bytes(3));
  await expect.poll(() => store.health.get()).toBe('stored');
  expect(disk.states.at(-1)?.map(({ number }) => number)).toEqual([2, 3]);
});

test('a browser that keeps nothing says so, and what is set aside lives as long as the tab', async () => {
  for (const [disk, locks] of [
    [undefined, createMemoryLocks()],
    [createMemoryDisk(), undefined],
  ] as const) {
    const store = createOfflineStore(disk, locks);
    expect(store.health.get()).toBe('none');
    store.open('w', 'ana', 1).add(bytes(1));
    expect((await store.orphaned('w', 'ana')).edits).toEqual([]);
    await store.replace([], { rejections: [rejection('a')] });
    expect(await store.rejected('ana', 'w')).toMatchObject([{ id: 'a' }]);
    await store.discard(rejection('a'));
    expect(await store.rejected('ana', 'w')).toEqual([]);
  }
});

test('where nobody knows the draft, what was typed can still be read', () => {
  const doc = new Y.Doc();
  doc.getMap('nodes').set('a', new Y.Map([['prompt', new Y.Text('Dear ')]]));
  const edits: StoredEdit[] = [];
  doc.on('update', (update: Uint8Array) => edits.push({ update }));
  const text = (doc.getMap('nodes').get('a') as Y.Map<Y.Text>).get('prompt');
  for (const letter of 'customer') text?.insert(text.length, letter);
  const why = { code: 'gone', words: 'it is gone' } as const;
  const made = rejectedOfOrphaned(edits, [], { workflowId: 'w', userId: 'ana', why });
  expect(made).toMatchObject({ count: 8, texts: ['customer'] });
  expect(made?.state).toBeUndefined();
});

import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { KeptEdit } from '../kept-edit';
import { createMemoryDisk, createMemoryLocks } from '../testing/memory-disk';
import { createKeep } from './keep';
import { type SetAside, setAsideOfLeft } from './set-aside';

const bytes = (...values: number[]): KeptEdit => ({ update: new Uint8Array(values) });
const told = (edits: readonly KeptEdit[]) => edits.map(({ update }) => [...update]);
const aside = (id: string, workflowId = 'w'): SetAside => ({
  ...{ id, workflowId, userId: 'ana', at: 1, count: 1, texts: ['x'] },
  why: { code: 'gone', words: 'it is gone' },
  touched: { meta: [], nodes: [], edges: [], groups: [], notes: [] },
});
const full = () => new DOMException('full', 'QuotaExceededError');

test('what a tab left is found when it has ended, and stays until it was moved', async () => {
  const disk = createMemoryDisk();
  const keep = createKeep(disk, createMemoryLocks());
  const first = keep.open('w', 'ana', 1);
  first.add(bytes(1));
  first.add(bytes(2));
  expect((await keep.left('w', 'ana')).edits).toEqual([]);
  first.close();
  await expect.poll(async () => (await keep.left('w', 'ben')).edits.length).toBe(0);
  let left = await keep.left('w', 'ana');
  await expect
    .poll(async () => {
      if (left.edits.length === 0) left = await keep.left('w', 'ana');
      return told(left.edits);
    })
    .toEqual([[1], [2]]);
  // Nobody else takes it meanwhile, and it lies there until it lies there in another form.
  expect((await keep.left('w', 'ana')).edits).toEqual([]);
  expect(disk.states.at(-1)).toHaveLength(2);
  const second = keep.open('w', 'ana', 2);
  const steps = disk.states.length;
  await keep.move([left], { rows: second.rowsOf([bytes(3)]), asides: [aside('a')] });
  left.close();
  expect(disk.states.length).toBe(steps + 1);
  expect(disk.states.at(-1)?.map(({ update, aside: it }) => it?.id ?? [...(update ?? [])])).toEqual(
    [[3], 'a'],
  );
  second.clear();
  expect(await keep.setAside('ana')).toMatchObject([{ id: 'a' }]);
  expect(await keep.setAside('ana', 'other')).toEqual([]);
  expect(await keep.setAside('ben')).toEqual([]);
  await keep.discard(aside('a'));
  expect(disk.states.at(-1)).toEqual([]);
});

test('what ended tabs left is counted by workflow, and looking takes nothing', async () => {
  const disk = createMemoryDisk();
  const keep = createKeep(disk, createMemoryLocks());
  const ended = [keep.open('w', 'ana', 1), keep.open('w', 'ana', 2), keep.open('v', 'ana', 3)];
  for (const tab of ended) {
    tab.add(bytes(1));
    tab.keepBase({ state: new Uint8Array(), touched: aside('a').touched });
  }
  keep.open('w', 'ana', 4).add(bytes(2));
  keep.open('u', 'anatol', 5).add(bytes(3));
  expect([...(await keep.waiting('ana'))]).toEqual([]);
  for (const tab of ended) tab.close();
  const waiting = async () => Object.fromEntries(await keep.waiting('ana'));
  await expect.poll(waiting).toEqual({ w: 2, v: 1 });
  const left = await keep.left('w', 'ana');
  expect(told(left.edits)).toEqual([[1], [1]]);
  await keep.move([left], {});
  left.close();
  expect(await waiting()).toEqual({ v: 1 });
  expect([...(await createKeep(undefined, undefined).waiting('ana'))]).toEqual([]);
});

test('a full disk is told, and gets everything as soon as it has room', async () => {
  const disk = createMemoryDisk();
  const keep = createKeep(disk, createMemoryLocks());
  const tab = keep.open('w', 'ana', 1);
  tab.add(bytes(1));
  disk.refuses = full;
  tab.add(bytes(2));
  tab.add(bytes(3));
  await expect.poll(() => keep.health.get()).toBe('full');
  // What is set aside is not forgotten for that.
  await keep.move([], { asides: [aside('a')] });
  expect(await keep.setAside('ana')).toMatchObject([{ id: 'a' }]);
  disk.refuses = undefined;
  tab.add(bytes(4));
  await expect.poll(() => keep.health.get()).toBe('kept');
  const rows = disk.states.at(-1) ?? [];
  expect(told(rows.flatMap(({ update }) => (update ? [{ update }] : [])))).toEqual([
    [1],
    [2],
    [3],
    [4],
  ]);
  expect(rows.some((row) => row.aside?.id === 'a')).toBe(true);
});

test('what the server has is not written after all by a disk that was full', async () => {
  const disk = createMemoryDisk();
  const keep = createKeep(disk, createMemoryLocks());
  const tab = keep.open('w', 'ana', 1);
  disk.refuses = full;
  tab.add(bytes(1));
  await expect.poll(() => keep.health.get()).toBe('full');
  tab.clear();
  // This one is done before it is known that the removal was not.
  disk.refuses = undefined;
  tab.add(bytes(2));
  await expect.poll(() => disk.states.length).toBe(2);
  await Promise.resolve();
  tab.add(bytes(3));
  await expect.poll(() => keep.health.get()).toBe('kept');
  expect(disk.states.at(-1)?.map(({ number }) => number)).toEqual([2, 3]);
});

test('a browser that keeps nothing says so, and what is set aside lives as long as the tab', async () => {
  for (const [disk, locks] of [
    [undefined, createMemoryLocks()],
    [createMemoryDisk(), undefined],
  ] as const) {
    const keep = createKeep(disk, locks);
    expect(keep.health.get()).toBe('none');
    keep.open('w', 'ana', 1).add(bytes(1));
    expect((await keep.left('w', 'ana')).edits).toEqual([]);
    await keep.move([], { asides: [aside('a')] });
    expect(await keep.setAside('ana', 'w')).toMatchObject([{ id: 'a' }]);
    await keep.discard(aside('a'));
    expect(await keep.setAside('ana', 'w')).toEqual([]);
  }
});

test('where nobody knows the draft, what was typed can still be read', () => {
  const doc = new Y.Doc();
  doc.getMap('nodes').set('a', new Y.Map([['prompt', new Y.Text('Dear ')]]));
  const edits: KeptEdit[] = [];
  doc.on('update', (update: Uint8Array) => edits.push({ update }));
  const text = (doc.getMap('nodes').get('a') as Y.Map<Y.Text>).get('prompt');
  for (const letter of 'customer') text?.insert(text.length, letter);
  const why = { code: 'gone', words: 'it is gone' } as const;
  const made = setAsideOfLeft(edits, [], { workflowId: 'w', userId: 'ana', why });
  expect(made).toMatchObject({ count: 8, texts: ['customer'] });
  expect(made?.state).toBeUndefined();
});

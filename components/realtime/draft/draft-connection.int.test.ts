import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { readDraft } from '@/lib/workflows/draft/draft';
import { setField, textOf } from '@/lib/workflows/edits/edits';
import { authorOf } from '../author';
import type { OpenCopy } from '../draft-copy';
import { createEarlyJoin } from '../early-join';
import { createOfflineStore } from '../offline-store/offline-store';
import { createWire } from '../socket';
import {
  add,
  closing,
  have,
  loaded,
  nodeIds,
  open,
  type Person,
  read,
  startLiveServer,
  until,
  url,
} from '../testing/live-server';
import { createMemoryDisk, createMemoryLocks } from '../testing/memory-disk';
import { DraftConnection } from './draft-connection';

startLiveServer();

test('edits are saved when it says so, and reach the other person', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const a = open(workflowId, person);
  const b = open(workflowId, person);
  const [one, two] = await Promise.all([loaded(a), loaded(b)]);
  add(one, 'a');
  expect(a.status.get()).toMatchObject({ phase: 'saving', pending: 1 });
  await a.saved();
  expect(nodeIds(await read(workflowId))).toEqual(['a']);
  expect(a.status.get()).toMatchObject({ phase: 'saved', pending: 0, readOnly: false });
  await expect.poll(() => textOf(two.draft, 'a', ['prompt'])).toBeDefined();
  for (let i = 0; i < 30; i += 1) {
    textOf(two.draft, 'a', ['prompt'])?.insert(i, 'x');
    await sleep(3);
  }
  await b.saved();
  await expect.poll(() => textOf(one.draft, 'a', ['prompt'])?.toString()).toBe('x'.repeat(30));
  two.undo.undo();
  expect(two.undo.undoStack.length).toBe(0);
});

test('a page that asked before it could show anything has what others did meanwhile', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const wire = createWire(url, { cookie: person.cookie });
  let heard = 0;
  wire.on('draft.updates', () => {
    heard += 1;
  });
  const early = createEarlyJoin(wire, workflowId);
  await expect.poll(early).toBeDefined();
  expect((await early()?.answer)?.ok).toBe(true);
  const other = open(workflowId, person);
  add(await loaded(other), 'meanwhile');
  await other.saved();
  await expect.poll(() => heard).toBeGreaterThan(0);

  const connection = new DraftConnection({ wire, workflowId, catalogue, early });
  closing.push(() => {
    connection.stop();
    wire.close();
  });
  connection.start();
  const copy = await loaded(connection);
  expect(readDraft(copy.doc, catalogue).nodes.map(({ id }) => id)).toEqual(['meanwhile']);
  expect(early()).toBeUndefined();
  add(copy, 'own');
  await connection.saved();
  expect(nodeIds(await read(workflowId))).toEqual(['meanwhile', 'own']);
});

test('a killed server loses nothing that was typed: before, during, or while it was away', {
  tags: 'long',
}, async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const connection = open(workflowId, person);
  const copy = await loaded(connection);
  const expected: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    for (let i = 0; i < 10; i += 1) {
      expected.push(`r${round}_${i}`);
      add(copy, `r${round}_${i}`);
      await sleep(i * 3);
      if (i === 5) await have({ do: 'kill' });
    }
    await until(connection, (status) => status.phase === 'offline' && status.pending > 0);
    await have({ do: 'start', port: Number(new URL(url).port) });
    await connection.saved();
    expect(nodeIds(await read(workflowId))).toEqual([...expected].sort());
  }
  // Compared by identity: a document refers to itself in every direction.
  expect(connection.status.get().copy === copy).toBe(true);
  expect(connection.status.get().phase).toBe('saved');
});

test('what a closed tab could not send is sent by the next one', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const disk = createMemoryDisk();
  const keep = createOfflineStore(disk, createMemoryLocks());
  const first = open(workflowId, person, keep);
  const before = await loaded(first);
  add(before, 'kept');
  await first.saved();
  expect(disk.states.at(-1)).toEqual([]);
  await have({ do: 'kill' });
  await until(first, (status) => status.phase === 'offline');
  before.through('restore:v3', () => {
    setField(before.draft, 'kept', ['prompt'], 'typed while away');
  });
  add(before, 'also');
  for (const close of closing.splice(0)) close();
  expect(disk.states.at(-1)?.length).toBeGreaterThan(0);
  await have({ do: 'start', port: Number(new URL(url).port) });
  const second = open(workflowId, person, keep);
  const after = await loaded(second);
  expect(after.clientId).not.toBe(before.clientId);
  add(after, 'later');
  await second.saved();
  const stored = await read(workflowId);
  expect(nodeIds(stored)).toEqual(['also', 'kept', 'later']);
  expect(stored.nodes.find((node) => node.id === 'kept')?.config.prompt).toBe('typed while away');
  expect(disk.states.at(-1)).toEqual([]);
});

test('a megabyte that was typed while away is sent in pieces that the server takes', {
  tags: 'long',
}, async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const keep = createOfflineStore(createMemoryDisk(), createMemoryLocks());
  const first = open(workflowId, person, keep);
  const before = await loaded(first);
  await have({ do: 'kill' });
  await until(first, (status) => status.phase === 'offline');
  const ids = Array.from({ length: 12 }, (_, index) => `long_${String(index).padStart(2, '0')}`);
  for (const id of ids) {
    add(before, id);
    // As fast typing comes: many small updates, and pastes of thousands of letters.
    const text = textOf(before.draft, id, ['prompt']);
    for (let part = 0; part < 15; part += 1) text?.insert(part * 6_000, 'a'.repeat(6_000));
  }
  expect(first.status.get().pending).toBeGreaterThan(150);
  // The tab ends; the next one sends what lies on the disk.
  for (const close of closing.splice(0)) close();
  await have({ do: 'start', port: Number(new URL(url).port) });
  const second = open(workflowId, person, keep);
  await loaded(second);
  await second.saved();
  const stored = await read(workflowId);
  expect(nodeIds(stored)).toEqual(ids);
  const lengths = stored.nodes.map(({ config }) => String(config.prompt).length);
  expect(lengths).toEqual(ids.map(() => 90_000));
  expect(second.status.get()).toMatchObject({ phase: 'saved', pending: 0 });
});

test('who is demoted is told, keeps reading, and writes nothing more; who is removed is refused', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const owner = await have<Person>({ do: 'add-person', role: 'owner' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const theirs = open(workflowId, owner);
  const mine = open(workflowId, person);
  const copy = await loaded(mine);
  add(copy, 'mine');
  await mine.saved();
  await have({ do: 'set-role', userId: person.userId, role: 'viewer' });
  await until(mine, (status) => status.readOnly && status.role === 'viewer');
  add(copy, 'refused');
  expect(nodeIds(readDraft(copy.doc, catalogue))).toEqual(['mine']);
  // A local change that does not go through the edits is taken back.
  textOf(copy.draft, 'mine', ['prompt'])?.insert(0, 'around the edits');
  const again = await until(mine, (status) => status.copy !== undefined && status.copy !== copy);
  add(await loaded(theirs), 'theirs');
  await expect
    .poll(() => again.copy && nodeIds(readDraft(again.copy.doc, catalogue)))
    .toEqual(['mine', 'theirs']);
  expect(again.copy && textOf(again.copy.draft, 'mine', ['prompt'])?.toString()).toBe('');
  await have({ do: 'set-role', userId: person.userId });
  expect(await until(mine, (status) => status.phase === 'refused')).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(nodeIds(await read(workflowId))).toEqual(['mine', 'theirs']);
});

test('when the server cannot follow a copy, its edits are done again on a new one', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const connection = open(workflowId, person);
  const other = open(workflowId, person);
  const copy = await loaded(connection);
  add(copy, 'a');
  await connection.saved();
  // An update that the server never hears of leaves a hole before all that follow.
  add(copy, 'hole');
  const { outbox } = copy as OpenCopy;
  const lost = outbox.take();
  if (lost) outbox.done(lost);
  add(await loaded(other), 'theirs');
  add(copy, 'b');
  const again = await until(connection, ({ copy: now }) => now !== undefined && now !== copy);
  await connection.saved();
  expect(nodeIds(await read(workflowId))).toEqual(['a', 'b', 'hole', 'theirs']);
  expect(again.copy?.generation).toBeGreaterThan(copy.generation);
});

test('every edit of others comes with its author, own ones and the first state without', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const [ada, ben] = [
    await have<Person>({ do: 'add-person', role: 'editor' }),
    await have<Person>({ do: 'add-person', role: 'editor' }),
  ];
  const mine = await loaded(open(workflowId, ada));
  const theirs = await loaded(open(workflowId, ben));
  const authors: (string | undefined)[] = [];
  mine.doc.on('afterTransaction', (transaction) => {
    if (transaction.changed.size > 0) authors.push(authorOf(transaction));
  });
  add(theirs, 'theirs');
  await expect.poll(() => authors).toEqual([ben.userId]);
  add(mine, 'mine');
  expect(authors).toEqual([ben.userId, undefined]);
});

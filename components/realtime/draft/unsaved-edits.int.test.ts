import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { readDraft } from '@/lib/workflows/draft/draft';
import { setField, textOf } from '@/lib/workflows/edits/edits';
import type { OpenCopy } from '../draft-copy';
import { createOfflineStore } from '../offline-store/offline-store';
import { definitionOf, type RejectedEdits } from '../offline-store/rejected';
import { createWire } from '../socket';
import {
  add,
  closing,
  createTunnel,
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
import {
  createMemoryDisk,
  createMemoryLocks,
  createMemoryOfflineStore,
} from '../testing/memory-disk';
import type { DraftConnection } from './draft-connection';

startLiveServer();

const promptIn = (rejection: RejectedEdits, id: string) =>
  definitionOf(rejection)?.nodes.find((node) => node.id === id)?.config.prompt;

test('what touched a locked step is set aside and told, and the rest of it is made', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const [ada, ben] = [
    await have<Person>({ do: 'add-person', role: 'editor' }),
    await have<Person>({ do: 'add-person', role: 'editor' }),
  ];
  const owners = await loaded(open(workflowId, ada));
  const keep = createMemoryOfflineStore();
  const connection = open(workflowId, ben, keep);
  const copy = await loaded(connection);
  add(owners, 'hers');
  await expect.poll(() => nodeIds(readDraft(copy.doc, catalogue))).toEqual(['hers']);
  await have({ do: 'lock', workflowId, userId: ada.userId, nodeIds: ['hers'] });
  await expect.poll(() => connection.locks.get()).toMatchObject([{ nodeIds: ['hers'] }]);
  copy.doc.transact(() => {
    setField(copy.draft, 'hers', ['prompt'], 'mine now');
    add(copy, 'his');
  });
  const after = await until(connection, ({ copy: now }) => now !== undefined && now !== copy);
  await connection.saved();
  const [rejection] = await keep.rejected(ben.userId, workflowId);
  expect(rejection?.why).toEqual({ code: 'locked', words: '"hers" is locked by Ada: in review' });
  expect(rejection && promptIn(rejection, 'hers')).toBe('mine now');
  const stored = await read(workflowId);
  expect(nodeIds(stored)).toEqual(['hers', 'his']);
  expect(stored.nodes.find((node) => node.id === 'hers')?.config.prompt ?? '').toBe('');
  expect(after.copy && readDraft(after.copy.doc, catalogue)).toEqual(stored);
  setField(owners.draft, 'hers', ['prompt'], 'still hers');
  await expect
    .poll(async () => (await read(workflowId)).nodes.find(({ id }) => id === 'hers')?.config.prompt)
    .toBe('still hers');
});

test('edits of somebody who may only read by then are set aside, and can be made again', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const disk = createMemoryDisk();
  const locks = createMemoryLocks();
  const keep = createOfflineStore(disk, locks);
  const setAside = () => keep.rejected(person.userId, workflowId);
  const tunnel = createTunnel(person);
  const first = open(workflowId, person, keep, tunnel.wire);
  const copy = await loaded(first);
  add(copy, 'a');
  await first.saved();
  tunnel.enter();
  setField(copy.draft, 'a', ['prompt'], 'in the tunnel');
  add(copy, 'b');
  await have({ do: 'set-role', userId: person.userId, role: 'viewer' });
  tunnel.leave();
  await until(first, (status) => status.readOnly && status.copy !== copy);
  const [mine] = await setAside();
  expect(mine).toMatchObject({ why: { code: 'role', words: 'your role is now viewer' } });
  expect(mine?.count).toBeGreaterThanOrEqual(2);
  expect(mine && promptIn(mine, 'a')).toBe('in the tunnel');
  expect(mine?.touched.nodes.toSorted()).toEqual(['a', 'b']);
  expect((await read(workflowId)).nodes).toMatchObject([{ id: 'a', config: {} }]);
  if (!mine) return;
  expect(first.makeAgain(mine)).toBe('You cannot change the workflow now.');

  // Others go on meanwhile, in the same element too: that stays.
  const other = await loaded(
    open(workflowId, await have<Person>({ do: 'add-person', role: 'editor' })),
  );
  setField(other.draft, 'a', ['model'], 'theirs');
  await have({ do: 'set-role', userId: person.userId, role: 'editor' });
  await until(first, (status) => !status.readOnly);
  await expect.poll(async () => JSON.stringify(await read(workflowId))).toContain('theirs');
  await expect
    .poll(() =>
      JSON.stringify(
        first.status.get().copy && readDraft(first.status.get().copy?.doc as never, catalogue),
      ),
    )
    .toContain('theirs');
  expect(first.makeAgain(mine)).toBeUndefined();
  await first.saved();
  const stored = await read(workflowId);
  expect(nodeIds(stored)).toEqual(['a', 'b']);
  expect(stored.nodes.find(({ id }) => id === 'a')?.config).toMatchObject({
    prompt: 'in the tunnel',
    model: 'theirs',
  });
  expect(await setAside()).toEqual([]);
  expect(disk.states.at(-1)).toEqual([]);
});

test('what a closed tab left is set aside where its person may only read, or nobody is let in', async () => {
  for (const after of ['viewer', 'removed'] as const) {
    const workflowId = await have<string>({ do: 'add-workflow' });
    const person = await have<Person>({ do: 'add-person', role: 'editor' });
    const keep = createMemoryOfflineStore();
    const tunnel = createTunnel(person);
    const tab = open(workflowId, person, keep, tunnel.wire);
    const copy = await loaded(tab);
    add(copy, 'a');
    await tab.saved();
    tunnel.enter();
    setField(copy.draft, 'a', ['prompt'], 'in the tunnel');
    setField(copy.draft, 'a', ['prompt'], 'in the tunnel, twice');
    for (const close of closing.splice(0)) close();
    const role = after === 'viewer' ? { role: 'viewer' } : {};
    await have({ do: 'set-role', userId: person.userId, ...role });
    const next = open(workflowId, person, keep);
    await until(next, ({ phase, copy: now }) => phase === 'refused' || now !== undefined);
    const [rejection] = await keep.rejected(person.userId, workflowId);
    expect(rejection?.why.code).toBe(after === 'viewer' ? 'role' : 'gone');
    expect(rejection && promptIn(rejection, 'a')).toBe('in the tunnel, twice');
    expect(rejection?.touched.nodes).toEqual(['a']);
    for (const close of closing.splice(0)) close();
  }
});

test('a tab that is killed between any two steps of the disk has lost nothing, and doubled nothing', {
  tags: 'long',
}, async () => {
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  let steps = Number.POSITIVE_INFINITY;
  for (let kill = 1; kill <= steps; kill += 1) {
    const workflowId = await have<string>({ do: 'add-workflow' });
    const wire = createWire(url, { cookie: person.cookie });
    const disk = createMemoryDisk();
    let ended = false;
    const connection = open(
      workflowId,
      person,
      createOfflineStore(disk, createMemoryLocks()),
      wire,
    );
    const copy = await loaded(connection);
    add(copy, 'note');
    await connection.saved();
    const before = disk.states.length;
    // The tab is gone after this step: it writes and sends nothing more.
    disk.onStep = () => {
      if (disk.states.length - before < kill) return;
      ended = true;
      wire.close();
      disk.refuses = () => new Error('this tab is gone');
    };
    textOf(copy.draft, 'note', ['prompt'])?.insert(0, 'All of it. ');
    if (!ended) {
      // The server cannot follow this copy, as it never hears of this: its edits are made again on another one.
      const { outbox } = copy as OpenCopy;
      const lost = outbox.take();
      if (lost) outbox.done(lost);
      textOf(copy.draft, 'note', ['prompt'])?.insert(0, 'One. ');
    }
    const typed = textOf(copy.draft, 'note', ['prompt'])?.toString();
    if (!ended) {
      const saved = connection.saved().then(() => disk.states.at(-1)?.length === 0);
      await expect
        .poll(() => ended || Promise.race([saved, false]), { timeout: 30_000 })
        .toBe(true);
    }
    if (!ended) steps = disk.states.length - before;
    const rows = disk.states.at(-1);
    const next = open(
      workflowId,
      person,
      createOfflineStore(createMemoryDisk(rows), createMemoryLocks()),
    );
    await loaded(next);
    await next.saved();
    expect((await read(workflowId)).nodes[0]?.config.prompt, `killed after step ${kill}`).toBe(
      typed,
    );
  }
  expect(steps).toBeGreaterThan(3);
});

test('one tab sends what the other could not, once it has ended', async () => {
  const workflowId = await have<string>({ do: 'add-workflow' });
  const person = await have<Person>({ do: 'add-person', role: 'editor' });
  const disk = createMemoryDisk();
  const keep = createOfflineStore(disk, createMemoryLocks());
  const tunnels = [createTunnel(person), createTunnel(person)] as const;
  const [a, b] = tunnels.map(({ wire }) => open(workflowId, person, keep, wire)) as [
    DraftConnection,
    DraftConnection,
  ];
  const [one, two] = [await loaded(a), await loaded(b)];
  for (const tunnel of tunnels) tunnel.enter();
  add(one, 'one');
  add(two, 'two');
  a.stop();
  tunnels[1].leave();
  await b.saved();
  await expect
    .poll(async () => nodeIds(await read(workflowId)), { timeout: 30_000 })
    .toEqual(['one', 'two']);
  await expect.poll(() => disk.states.at(-1)).toEqual([]);
});

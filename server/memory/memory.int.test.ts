import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenVersions } from '@/lib/memory/checksum';
import type { Json } from '@/lib/memory/merge/leaf';
import type { SpaceRef } from '@/lib/memory/space';
import type { StrategyName } from '@/lib/memory/strategy-names';
import type { Actor } from '@/lib/people/schema';
import { none, openWorld } from '@/server/connections/testing/world';
import { listConflicts } from './conflicts/list-conflicts';
import { resolveConflict } from './conflicts/resolve-conflict';
import { deleteEntry } from './delete-entry';
import { getEntry } from './get-entry';
import { listChanges } from './history/list-changes';
import { listVersions } from './history/list-versions';
import { restoreMemory } from './history/restore-memory';
import { sweepMemory } from './history/sweep-memory';
import { listEntries } from './list-entries';
import { putEntry } from './put-entry';
import { someChains } from './sweep-store';
import { addMember, otherWriters, team } from './testing/memory';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;

beforeAll(async () => {
  world = await openWorld();
  await addMember(world.services.pool, world.ada, 'admin');
  await addMember(world.services.pool, world.stranger, 'admin');
});
afterAll(() => world?.close());

type Body = Partial<Parameters<typeof putEntry>[2]['body']>;
const put = (
  space: SpaceRef,
  path: string,
  value: Json,
  more: Body = {},
  actor: Actor = world.ada,
) =>
  putEntry(world.services, actor, {
    ...{ params: { space, path }, query: {} },
    body: { value, strategy: 'last', ...more },
  });
const get = (space: SpaceRef, path: string, actor: Actor = world.ada) =>
  getEntry(world.services, actor, { params: { space, path }, query: {}, body: undefined });
const changes = (space: SpaceRef, after: number | undefined = 0, limit = 200) =>
  listChanges(world.services, world.ada, {
    ...{ params: { space }, query: { after, limit, values: 'true' }, body: undefined },
  });
const chainsAreWhole = async () =>
  (await someChains(world.services.pool, 10_000)).filter(
    ({ versions }) => brokenVersions(versions).length > 0,
  );

describe('entries', () => {
  test('are written, read, listed, deleted and brought back; each version stays', async () => {
    const space = team();
    expect(await put(space, 'customers/acme', { plan: 'free' })).toMatchObject({
      ...{
        outcome: 'written',
        entry: { version: 1, value: { plan: 'free' }, author: { name: 'ada' } },
      },
    });
    await put(space, 'customers/acme', { plan: 'yearly' });
    expect(await put(space, 'customers/acme', { plan: 'yearly' })).toMatchObject({
      outcome: 'unchanged',
    });
    await put(space, 'prices', 'one\ntwo');
    const listed = await listEntries(world.services, world.ada, {
      ...{ params: { space }, query: { limit: 1, under: '' }, body: undefined },
    });
    expect(listed).toMatchObject({
      items: [{ path: 'customers/acme', version: 2 }],
      nextCursor: 'customers/acme',
    });
    const params = { space, path: 'customers/acme' };
    await expect(
      deleteEntry(world.services, world.ada, { params, query: { expect: 1 }, body: undefined }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await deleteEntry(world.services, world.ada, { params, query: {}, body: undefined });
    await expect(get(space, 'customers/acme')).rejects.toMatchObject({ code: 'not_found' });
    const restore = (body: Partial<Parameters<typeof restoreMemory>[2]['body']>) =>
      restoreMemory(world.services, world.ada, {
        ...{ params: { space }, query: {} },
        body: { to: { path: 'customers/acme', version: 1 }, under: '', preview: false, ...body },
      });
    expect((await restore({ preview: true })).changes).toMatchObject([{ change: 'brought back' }]);
    await restore({});
    expect(await get(space, 'customers/acme')).toMatchObject({
      version: 4,
      value: { plan: 'free' },
    });
    const { items } = await listVersions(world.services, world.ada, {
      ...{ params: { space }, query: { path: 'customers/acme', limit: 20 }, body: undefined },
    });
    expect(items.map(({ version, outcome }) => [version, outcome])).toEqual([
      ...[
        [4, 'restored'],
        [3, 'deleted'],
        [2, 'written'],
        [1, 'written'],
      ],
    ]);
    expect(await chainsAreWhole()).toEqual([]);
  });

  test('a strategy says what becomes of a write that met something else', async () => {
    const space = team();
    const state = async (strategy: StrategyName, mine: Json) => {
      const path = `entry/${strategy}`;
      await put(space, path, { a: 1, b: 1 });
      await put(space, path, { a: 2, b: 1 });
      return put(space, path, mine, { strategy, expect: 1 });
    };
    expect(await state('last', { a: 1, b: 2 })).toMatchObject({ outcome: 'written', overwrote: 2 });
    expect(await state('first', { a: 1, b: 2 })).toMatchObject({
      outcome: 'kept',
      entry: { version: 2 },
    });
    expect(await state('merge', { a: 1, b: 2 })).toMatchObject({
      outcome: 'merged',
      entry: { value: { a: 2, b: 2 } },
    });
    await expect(state('version', { a: 1, b: 2 })).rejects.toMatchObject({
      ...{ code: 'conflict', details: { version: 2, theirs: { a: 2, b: 1 } } },
    });
    const asked = await state('manual', { a: 9, b: 2 });
    expect(asked).toMatchObject({ outcome: 'conflict', entry: { version: 2, conflict: true } });
    const open = await listConflicts(world.services, world.ada, {
      ...none,
      query: { space: `team:${space.name}` },
    });
    expect(open.items).toMatchObject([
      { leaves: ['a'], base: { a: 1, b: 1 }, mine: { a: 9, b: 2 }, theirs: { a: 2, b: 1 } },
    ]);
    const decide = (take: 'mine' | 'theirs') =>
      resolveConflict(world.services, world.ada, {
        ...{ params: { id: asked.conflictId ?? '' }, query: {}, body: { take } },
      });
    const ends = await Promise.allSettled([decide('mine'), decide('mine'), decide('theirs')]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await get(space, 'entry/manual')).toMatchObject({ conflict: false });
  });

  test('what looks like a secret is refused, or marked where somebody insists', async () => {
    const space = team();
    const text = `token ${['ghp', 'a'.repeat(36)].join('_')}`;
    await expect(put(space, 'note', text)).rejects.toMatchObject({
      details: { looksSecret: true },
    });
    expect(await put(space, 'note', text, { allowSecret: true })).toMatchObject({
      ...{ outcome: 'written', entry: { looksSecret: true } },
    });
  });

  test('one whose time is over is not there, and the changes tell of it', async () => {
    const space = team();
    await put(space, 'soon', 1, { expiresInSeconds: 60 });
    await world.services.pool.query(
      `update memory_entry set expires_at = now() - interval '1 second' where path = 'soon'`,
    );
    await expect(get(space, 'soon')).rejects.toMatchObject({ code: 'not_found' });
    await sweepMemory(world.services.pool, 90);
    expect((await changes(space)).items.map(({ outcome }) => outcome)).toEqual([
      'written',
      'expired',
    ]);
    expect(await put(space, 'soon', 2, { expect: 'absent', strategy: 'version' })).toMatchObject({
      ...{ entry: { version: 3 } },
    });
  });
});

describe('many writers', () => {
  test('of one counter lose no step of it, and numbers have no gap', async () => {
    const space = team();
    await put(space, 'count', { n: 0 });
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (;;) {
          const { version, value } = await get(space, 'count');
          const next = { n: Number(Object(value).n) + 1 };
          const done = await put(space, 'count', next, {
            strategy: 'version',
            expect: version,
          }).catch(() => undefined);
          if (done !== undefined) return;
        }
      }),
    );
    expect((await get(space, 'count')).value).toEqual({ n: 20 });
    const { items, latest } = await changes(space);
    expect(items.map(({ number }) => number)).toEqual(
      Array.from({ length: 21 }, (_, index) => index + 1),
    );
    expect(latest).toBe(21);
  });

  test('with the strategy merge all come through, with counters added up', async () => {
    const space = team();
    await put(space, 'sum', { n: 0 });
    const ends = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        put(
          space,
          'sum',
          { n: 1, [`by${index}`]: true },
          { strategy: 'merge', expect: 1, counters: ['n'] },
        ),
      ),
    );
    expect(ends.filter(({ outcome }) => outcome === 'conflict')).toEqual([]);
    const { value } = await get(space, 'sum');
    expect(Object(value).n).toBe(30);
    expect(Object.keys(Object(value))).toHaveLength(31);
    expect(await chainsAreWhole()).toEqual([]);
  });

  test('whoever follows the changes reads each once, in order, while eight processes write (1,600)', async () => {
    const space = team();
    await put(space, 'first', 0);
    const writers = otherWriters(world.services, world.ada, space, { writers: 8, writes: 200 });
    const read: number[] = [];
    let after = 1;
    for (;;) {
      const done = writers.isDone();
      const { items } = await changes(space, after);
      if (done && items.length === 0) break;
      for (const { number } of items) read.push(number);
      after = read.at(-1) ?? after;
    }
    await writers.done;
    expect(read).toEqual(Array.from({ length: 1_600 }, (_, index) => index + 2));
  }, 120_000);

  test('a role that changes in between writes nothing', async () => {
    const space = team();
    const ben: Actor = { ...world.ada, userId: 'ben', name: 'Ben', role: 'editor' };
    await addMember(world.services.pool, ben, 'editor');
    await put(space, 'note', 1, {}, ben);
    await addMember(world.services.pool, ben, 'viewer');
    await expect(put(space, 'note', 2, {}, ben)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      put(space, 'note', 2, { strategy: 'manual', expect: 7 }, ben),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await get(space, 'note')).toMatchObject({ value: 1, conflict: false });
    expect((await changes(space)).latest).toBe(1);
  });

  test('of a full space are refused as a whole', async () => {
    const space = team();
    await put(space, 'one', 1);
    await world.services.pool.query('update memory_space set entry_count = 9999 where name = $1', [
      space.name,
    ]);
    await put(space, 'two', 2);
    await expect(put(space, 'three', 3)).rejects.toThrow('full');
    await expect(get(space, 'three')).rejects.toMatchObject({ code: 'not_found' });
    await put(space, 'two', 3);
    expect((await changes(space)).items).toHaveLength(3);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LockMode } from '@/lib/memory/locks/modes';
import type { SpaceRef } from '@/lib/memory/space';
import type { Actor } from '@/lib/people/schema';
import { none, openWorld } from '@/server/connections/testing/world';
import { eventually } from '@/server/runs/testing/harness';
import { getEntry } from '../get-entry';
import { putEntry } from '../put-entry';
import { deleteSpace } from '../spaces/delete-space';
import { addMember, team } from '../testing/memory';
import { keepLocks } from './keep-locks';
import { getLock, listLocks, releaseLock, renewLock, takeLock } from './locks';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;
let ben: Actor;

beforeAll(async () => {
  world = await openWorld();
  ben = { ...world.ada, userId: 'ben', name: 'Ben', role: 'editor' };
  await addMember(world.services.pool, world.ada, 'admin');
  await addMember(world.services.pool, ben, 'editor');
});
afterAll(() => world?.close());

type Wish = { mode?: LockMode; wait?: boolean; holder?: string; leaseSeconds?: number };
const lock = (
  space: SpaceRef,
  path: string,
  { mode = 'X', wait = true, leaseSeconds = 60, holder }: Wish = {},
  actor = world.ada,
) =>
  takeLock(world.services, actor, {
    ...none,
    body: { space, path, mode, leaseSeconds, wait, ...(holder === undefined ? {} : { holder }) },
  });
const at = (token: number) => ({ params: { token }, query: {}, body: undefined });
const release = (token: number, actor = world.ada) => releaseLock(world.services, actor, at(token));
const isHeld = async (token: number) =>
  (await getLock(world.services, world.ada, at(token))).granted;
const put = (space: SpaceRef, path: string, value: number, token?: number, actor = world.ada) =>
  putEntry(world.services, actor, {
    ...{ params: { space, path }, query: {} },
    body: { value, strategy: 'last', ...(token === undefined ? {} : { token }) },
  });
const end = (token: number) =>
  world.services.pool.query(
    `update memory_lock set lease_until = clock_timestamp() - interval '1 millisecond' where token = $1`,
    [token],
  );

test('readers share, a writer waits for them and goes before those who come later', async () => {
  const space = team();
  const [one, two] = [
    await lock(space, 'a', { mode: 'S' }),
    await lock(space, 'a/b', { mode: 'S' }, ben),
  ];
  expect([one.granted, two.granted]).toEqual([true, true]);
  const writer = await lock(space, 'a', { holder: 'writer' });
  const late = await lock(space, 'a/c', { mode: 'S', holder: 'late' }, ben);
  expect([writer.granted, late.granted]).toEqual([false, false]);
  await expect(lock(space, 'a', { wait: false, holder: 'x' })).rejects.toMatchObject({
    code: 'locked',
  });
  const listed = await listLocks(world.services, world.ada, {
    ...none,
    query: { space: `team:${space.name}` },
  });
  expect(listed.items.map(({ granted, waitsFor }) => [granted, waitsFor])).toEqual([
    ...[
      [true, []],
      [true, []],
      [false, ['ada', 'Ben']],
      [false, ['ada']],
    ],
  ]);
  await release(one.token);
  expect(await isHeld(writer.token)).toBe(false);
  await expect(release(writer.token, ben)).rejects.toMatchObject({ code: 'forbidden' });
  await release(two.token, ben);
  expect(await isHeld(writer.token)).toBe(true);
  await release(writer.token);
  expect(await isHeld(late.token)).toBe(true);
});

test('two who ask at once: one holds, however often (10 rounds of 8)', async () => {
  const space = team();
  for (let round = 0; round < 10; round += 1) {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) => lock(space, 'a', { holder: `h${index}` })),
    );
    expect(all.filter(({ granted }) => granted)).toHaveLength(1);
    for (const { token } of all) await release(token);
  }
});

test('whoever closes a circle is refused at once, with the chain', async () => {
  const space = team();
  await lock(space, 'a', {}, ben);
  const mine = await lock(space, 'b');
  const waiting = await lock(space, 'b', {}, ben);
  await expect(lock(space, 'a')).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'deadlock' },
  });
  await release(mine.token);
  expect(await isHeld(waiting.token)).toBe(true);
});

test('a write meets locks of others, and needs the one that it names (200 writes after a lease)', async () => {
  const space = team();
  await put(space, 'a/b', 1);
  const held = await lock(space, 'a');
  await expect(put(space, 'a/b', 2, undefined, ben)).rejects.toMatchObject({ code: 'locked' });
  await put(space, 'other', 1, undefined, ben);
  await put(space, 'a/b', 2, held.token);
  await put(space, 'a/b', 3);
  await expect(put(space, 'other', 2, held.token)).rejects.toMatchObject({ code: 'locked' });
  await end(held.token);
  await put(space, 'a/b', 4, undefined, ben);
  const late = await Promise.allSettled(
    Array.from({ length: 200 }, (_, index) => put(space, `a/${index % 5}`, index, held.token)),
  );
  expect(late.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  await expect(
    renewLock(world.services, world.ada, { ...at(held.token), body: { leaseSeconds: 30 } }),
  ).rejects.toMatchObject({
    code: 'not_found',
  });
  const { value } = await getEntry(world.services, world.ada, {
    ...{ params: { space, path: 'a/b' }, query: {}, body: undefined },
  });
  expect(value).toBe(4);
});

test('writers under locks that pass from one to the next never overlap', async () => {
  const space = team();
  await put(space, 'n', 0);
  const count = async (holder: string) => {
    let { token, granted } = await lock(space, 'n', { holder });
    while (!granted) granted = await isHeld(token);
    const { value } = await getEntry(world.services, world.ada, {
      ...{ params: { space, path: 'n' }, query: {}, body: undefined },
    });
    await put(space, 'n', Number(value) + 1, token);
    await release(token);
  };
  await Promise.all(Array.from({ length: 10 }, (_, index) => count(`h${index}`)));
  const { value } = await getEntry(world.services, world.ada, {
    ...{ params: { space, path: 'n' }, query: {}, body: undefined },
  });
  expect(value).toBe(10);
});

test('a run waits at its step until a lock is free, and holds it until it ends', async () => {
  const space = team();
  const held = await lock(space, 'a');
  const run = world.run({ memory: 'team', name: space.name, path: 'a' }, { type: 'lock-memory' });
  const queue = async () =>
    (
      await listLocks(world.services, world.ada, {
        ...none,
        query: { space: `team:${space.name}` },
      })
    ).items;
  await eventually('the step waits', async () => (await queue()).length === 2);
  await release(held.token);
  await keepLocks(world.services);
  const { step } = await run;
  expect(step?.output).toMatchObject({ path: 'a', mode: 'X', token: expect.any(Number) });
  await keepLocks(world.services);
  expect(await queue()).toEqual([]);
  await lock(space, 'b');
  const late = await world.run(
    { memory: 'team', name: space.name, path: 'b', waitMinutes: 0 },
    { type: 'lock-memory' },
  );
  expect(late.error).toMatchObject({ code: 'memory_locked' });
});

test('leases that end let others go on, and foreign tenants see no lock', async () => {
  const space = team();
  const held = await lock(space, 'a');
  const next = await lock(space, 'a', {}, ben);
  await end(held.token);
  await keepLocks(world.services);
  expect(await isHeld(next.token)).toBe(true);
  await expect(getLock(world.services, world.stranger, at(next.token))).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(release(next.token, world.stranger)).rejects.toMatchObject({ code: 'not_found' });
  await lock(space, 'a');
  await deleteSpace(world.services, world.ada, { ...none, params: { space } });
  await expect(getLock(world.services, world.ada, at(next.token))).rejects.toMatchObject({
    code: 'not_found',
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MemoryCall } from '@/lib/memory/calls';
import { brokenVersions } from '@/lib/memory/checksum';
import type { Json } from '@/lib/memory/merge/leaf';
import type { SpaceRef } from '@/lib/memory/space';
import type { Actor } from '@/lib/people/schema';
import { none, openWorld } from '@/server/connections/testing/world';
import { callMemory } from './call-memory';
import { listConflicts } from './conflicts/list-conflicts';
import { deleteEntry } from './delete-entry';
import { getEntry } from './get-entry';
import { createCheckpoint } from './history/checkpoints';
import { listChanges } from './history/list-changes';
import { restoreMemory } from './history/restore-memory';
import { sweepMemory } from './history/sweep-memory';
import { putEntry } from './put-entry';
import { searchMemory } from './search-memory';
import { createSpace } from './spaces/create-space';
import { deleteSpace } from './spaces/delete-space';
import { exportSpace } from './spaces/export-space';
import { importSpace } from './spaces/import-space';
import { listSpaces } from './spaces/list-spaces';
import { someChains } from './sweep-store';
import { addMember, team } from './testing/memory';

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

describe('steps', () => {
  const ask = async (key: string, call: MemoryCall) =>
    callMemory(
      world.services,
      {
        ...{ workspaceId: world.ada.workspaceId, key },
        author: {
          kind: 'run',
          runId: '00000000-0000-4000-8000-000000000001',
          stepId: 's',
          name: 'Note',
        },
      },
      call,
    );

  test('write once, however often and however at once they are tried', async () => {
    const space = team();
    const call: MemoryCall = { do: 'put', space, path: 'seen', value: ['a'], strategy: 'last' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(`once ${space.name}`, call)),
    );
    expect(answers.filter(({ before }) => before === undefined)).toHaveLength(1);
    await put(space, 'seen', ['b']);
    expect(await ask(`once ${space.name}`, call)).toMatchObject({
      before: true,
      outcome: 'written',
    });
    expect(await get(space, 'seen')).toMatchObject({ version: 2, value: ['b'] });
    const asked: MemoryCall = { ...call, value: ['c'], strategy: 'manual' };
    await Promise.all(Array.from({ length: 10 }, () => ask(`asked ${space.name}`, asked)));
    const query = { space: `team:${space.name}` };
    expect((await listConflicts(world.services, world.ada, { ...none, query })).items).toHaveLength(
      1,
    );
  });

  test('run in workflows: what one remembers, another recalls', async () => {
    const run = (type: string, config: object) =>
      world.run(config, { type, input: { customer: 'acme' } });
    const path = 'customers/{{ input.customer }}';
    const kept = await run('remember', { path, source: 'value', value: '{"plan": "yearly"}' });
    expect(kept.step?.output).toMatchObject({
      outcome: 'written',
      version: 1,
      path: 'customers/acme',
    });
    const found = await run('recall', { path });
    expect(found.step?.output).toMatchObject({
      found: true,
      value: { plan: 'yearly' },
      version: 1,
    });
    const words = await run('recall', { by: 'words', words: 'year' });
    expect(words.step?.output).toMatchObject({ path: 'customers/acme' });
    const refused = await run('remember', { path, text: 'x', strategy: 'version' });
    expect(refused.error).toMatchObject({ code: 'memory_conflict' });
    expect((await run('remember', { path: 'a/../b', text: 'x' })).error).toMatchObject({
      code: 'invalid_path',
    });
    expect((await run('remember', { memory: 'thread', path, text: 'x' })).error?.message).toContain(
      'chat',
    );
    const gone = await run('forget', { path });
    expect(gone.step?.output).toMatchObject({ outcome: 'deleted' });
    expect((await run('recall', { path })).step?.output).toMatchObject({
      found: false,
      value: null,
    });
    const rehearsed = await world.run(
      { path, text: 'x' },
      { type: 'remember', mode: 'rehearsal', input: { customer: 'acme' } },
    );
    expect(rehearsed.step?.output).toMatchObject({ rehearsed: true });
    expect((await run('recall', { path })).step?.output).toMatchObject({ found: false });
  });
});

describe('spaces', () => {
  test('checkpoints bring values back by writing forward, whole or in part', async () => {
    const space = team();
    for (const path of ['a/one', 'a/two', 'b/one']) await put(space, path, 1);
    const { id } = await createCheckpoint(world.services, world.ada, {
      ...{ params: { space }, query: {}, body: { name: 'Before' } },
    });
    await put(space, 'a/one', 2);
    await put(space, 'a/three', 1);
    await put(space, 'b/one', 2);
    await deleteEntry(world.services, world.ada, {
      params: { space, path: 'a/two' },
      query: {},
      body: undefined,
    });
    const restore = (under: string, preview: boolean) =>
      restoreMemory(world.services, world.ada, {
        ...{ params: { space }, query: {}, body: { to: { checkpoint: id }, under, preview } },
      });
    expect((await restore('a', true)).changes.map(({ path, change }) => [path, change])).toEqual([
      ...[
        ['a/one', 'changed'],
        ['a/three', 'deleted'],
        ['a/two', 'brought back'],
      ],
    ]);
    await restore('a', false);
    expect((await get(space, 'a/one')).value).toBe(1);
    expect((await get(space, 'b/one')).value).toBe(2);
    await expect(get(space, 'a/three')).rejects.toMatchObject({ code: 'not_found' });
    expect((await restore('', false)).changes.map(({ path }) => path)).toEqual(['b/one']);
    expect((await restore('', false)).changes).toEqual([]);
    expect((await changes(space)).items).toHaveLength(11);
    expect(await chainsAreWhole()).toEqual([]);
  });

  test('are exported and imported, all or none', async () => {
    const [from, to] = [team(), team()];
    await put(from, 'a', { x: 1 });
    await put(from, 'b', 'text');
    const exported = await exportSpace(world.services, world.ada, {
      ...none,
      params: { space: from },
    });
    await put(to, 'a', { x: 2 });
    const load = (strategy: 'first' | 'last') =>
      importSpace(world.services, world.ada, {
        ...{ params: { space: to }, query: {}, body: { ...exported, strategy } },
      });
    expect(await load('first')).toEqual({ written: 1, unchanged: 0, kept: 1 });
    expect(await load('last')).toEqual({ written: 1, unchanged: 1, kept: 0 });
    expect((await get(to, 'a')).value).toEqual({ x: 1 });
  });

  test('search finds beginnings of words, slips and paths, and says why', async () => {
    const space = team();
    await put(space, 'customers/acme', { plan: 'Yearly', contact: 'Zoë Quartz' });
    await put(space, 'customers/zenith', 'Pays monthly since the migration.');
    const find = async (q: string, actor: Actor = world.ada) =>
      (
        await searchMemory(world.services, actor, {
          ...none,
          body: { q, spaces: [`team:${space.name}`], limit: 20, by: 'both' },
        })
      ).hits;
    expect((await find('zoe quar'))[0]).toMatchObject({
      ...{ path: 'customers/acme', why: [{ kind: 'words', words: ['zoe', 'quar'] }] },
    });
    expect((await find('zenith'))[0]).toMatchObject({ why: [{ kind: 'path', words: ['zenith'] }] });
    expect((await find('migrtion'))[0]).toMatchObject({
      path: 'customers/zenith',
      why: [{ kind: 'similar' }],
    });
    expect(await find("' | !x:* & \\")).toEqual([]);
    expect(await find('customers', world.stranger)).toEqual([]);
    await deleteEntry(world.services, world.ada, {
      ...{ params: { space, path: 'customers/zenith' }, query: {}, body: undefined },
    });
    expect(await find('zenith')).toEqual([]);
  });

  test('of other workspaces and other people are not there', async () => {
    const space = team();
    await put(space, 'a', 1);
    await put({ kind: 'person', name: 'me' }, 'mine', 'only for me');
    const eve: Actor = { ...world.ada, userId: 'eve', name: 'Eve' };
    await addMember(world.services.pool, eve, 'admin');
    const own = { kind: 'person' as const, name: 'ada' };
    for (const [where, actor] of [
      [space, world.stranger],
      [own, eve],
      [own, world.stranger],
    ] as const) {
      const input = { params: { space: where }, query: {}, body: undefined };
      await expect(get(where, 'a', actor)).rejects.toMatchObject({ code: 'not_found' });
      await expect(exportSpace(world.services, actor, input)).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(deleteSpace(world.services, actor, input)).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    await expect(put(own, 'a', 1, {}, eve)).rejects.toMatchObject({ code: 'not_found' });
    await expect(put({ kind: 'agent', name: 'nobody' }, 'a', 1)).rejects.toMatchObject({
      code: 'not_found',
    });
    const seen = async (actor: Actor) =>
      (await listSpaces(world.services, actor, none)).items.map(({ key }) => key);
    expect(await seen(eve)).not.toContain('person:ada');
    expect(await seen(world.ada)).toContain('person:ada');
    expect(await seen(world.stranger)).toEqual([]);
    const hits = await searchMemory(world.services, eve, {
      ...none,
      body: { q: 'only', limit: 20, by: 'both' },
    });
    expect(hits.hits).toEqual([]);
  });

  test('with a free name are made once, and deleted with all they hold', async () => {
    const space = team();
    const make = () =>
      createSpace(world.services, world.ada, { ...none, body: { name: space.name } });
    const ends = await Promise.allSettled([make(), make()]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await put(space, 'a', 1);
    const writes = Array.from({ length: 10 }, (_, index) =>
      put(space, `b/${index}`, 1).catch(() => undefined),
    );
    await deleteSpace(world.services, world.ada, { ...none, params: { space } });
    await Promise.all(writes);
    const { rows } = await world.services.pool.query(
      `select from memory_entry e where not exists (select from memory_space s where s.id = e.space_id)`,
    );
    expect(rows).toEqual([]);
  });

  test('a changed row of the history is found', async () => {
    const space = team();
    await put(space, 'a', 1);
    await put(space, 'a', 2);
    await world.services.pool.query(
      `update memory_version v set value = '7' from memory_space s
       where s.id = v.space_id and s.name = $1 and v.version = 1`,
      [space.name],
    );
    const broken = await sweepMemory(world.services.pool, 90);
    expect(broken).toMatchObject([{ path: 'a', version: 1 }]);
    await deleteSpace(world.services, world.ada, { ...none, params: { space } });
  });
});

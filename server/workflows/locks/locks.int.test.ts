import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { changeLock, createLock, endLock, listLocks } from './change-locks';

let services: Services;
let workspaceId: string;
let workflowId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = randomUUID();
  await services.prisma.organization.create({
    data: { id: workspaceId, name: 'Locks', slug: workspaceId },
  });
  workflowId = randomUUID();
  await services.pool.query('insert into workflow (id, workspace_id, name) values ($1, $2, $3)', [
    workflowId,
    workspaceId,
    'Locked',
  ]);
  const nodes = ['a', 'b', 'c', 'd', 'x', 'y', 'z'].map((id) => ({
    ...{ id, key: id, type: 'agent', name: id, position: { x: 0, y: 0 } },
    config: { prompt: 'Do it' },
  }));
  const shared = { schema: 1 as const, name: 'Locked', description: '', nodes, edges: [] };
  await services.drafts.create(workflowId, shared);
});
afterAll(() => services?.close());

async function person(role: Role, name: string) {
  const userId = randomUUID();
  await services.pool.query(
    'insert into "user" (id, name, email, "emailVerified", "updatedAt") values ($1, $2, $3, true, now())',
    [userId, name, `${userId}@example.com`],
  );
  await services.pool.query(
    'insert into member (id, "organizationId", "userId", role) values ($1, $2, $3, $4)',
    [randomUUID(), workspaceId, userId, role],
  );
  return { userId, name, email: '', workspaceId, role };
}
type Somebody = Awaited<ReturnType<typeof person>>;

const at = (params: object = {}) => ({ params: { id: workflowId, ...params }, query: {} });
const lock = (by: Somebody, nodeIds: string[], expiresAt: string | null = null) =>
  createLock(services, by, { ...at(), body: { nodeIds, reason: '', expiresAt } });
const end = (by: Somebody, lockId: string) =>
  endLock(services, by, { params: { id: workflowId, lockId }, query: {}, body: undefined });
const list = async (by: Somebody) =>
  (await listLocks(services, by, { ...at(), body: undefined })).locks;

test('a lock is its owner’s: nobody locks over it, admins alone end it, the audit trail has it all', async () => {
  const [olga, ben, root] = [
    await person('editor', 'Olga'),
    await person('editor', 'Ben'),
    await person('admin', 'Root'),
  ];
  const heard: string[] = [];
  await services.bus.subscribe(`draft:${workflowId}`, ({ kind }) => heard.push(kind ?? 'update'));
  const mine = await lock(olga, ['a', 'b', 'a']);
  expect(mine).toMatchObject({ nodeIds: ['a', 'b'], ownerId: olga.userId, ownerName: 'Olga' });
  await expect(lock(ben, ['b', 'c'])).rejects.toMatchObject({ code: 'locked' });
  await expect(lock(ben, [])).rejects.toMatchObject({ code: 'locked' });
  const his = await lock(ben, ['c']);
  const change = (by: Somebody, lockId: string, nodeIds: string[]) =>
    changeLock(services, by, { params: { id: workflowId, lockId }, query: {}, body: { nodeIds } });
  await expect(change(ben, mine.id, [])).rejects.toMatchObject({ code: 'forbidden' });
  await expect(change(ben, his.id, ['b'])).rejects.toMatchObject({ code: 'locked' });
  expect(await change(ben, his.id, ['d'])).toMatchObject({ nodeIds: ['d'], ownerName: 'Ben' });
  await expect(end(ben, mine.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(end(ben, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  const stranger = { ...root, workspaceId: randomUUID() };
  await expect(end(stranger, mine.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await end(root, mine.id)).toEqual({ id: mine.id });
  expect(await end(ben, his.id)).toEqual({ id: his.id });
  expect(await list(ben)).toEqual([]);
  const audit = await services.pool.query<{ action: string; actor_id: string }>(
    'select action, actor_id from audit where subject_id = $1 order by id',
    [workflowId],
  );
  expect(audit.rows).toEqual([
    { action: 'workflow.locked', actor_id: olga.userId },
    { action: 'workflow.locked', actor_id: ben.userId },
    { action: 'workflow.lock-changed', actor_id: ben.userId },
    { action: 'workflow.unlocked', actor_id: root.userId },
    { action: 'workflow.unlocked', actor_id: ben.userId },
  ]);
  await expect.poll(() => heard).toEqual(Array.from({ length: 5 }, () => 'locks'));
});

test('a lock ends by its time, and with its owner’s membership', async () => {
  const [olga, ben] = [await person('editor', 'Olga'), await person('editor', 'Ben')];
  const past = new Date(Date.now() - 1_000).toISOString();
  await expect(lock(olga, ['x'], past)).rejects.toMatchObject({ code: 'invalid_input' });
  const soon = new Date(Date.now() + 300).toISOString();
  expect(await lock(olga, ['x'], soon)).toMatchObject({ expiresAt: soon });
  await expect.poll(() => list(ben)).toEqual([]);
  await lock(olga, ['x']);
  await expect(lock(ben, ['x'])).rejects.toMatchObject({ code: 'locked' });
  await services.pool.query('delete from member where "userId" = $1', [olga.userId]);
  expect(await lock(ben, ['x'])).toMatchObject({ ownerName: 'Ben' });
});

test('two people who lock the same at once: one of them does', async () => {
  const [olga, ben] = [await person('editor', 'Olga'), await person('editor', 'Ben')];
  const tries = await Promise.allSettled([lock(olga, ['y']), lock(ben, ['y', 'z'])]);
  expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a lock on a step that is not there is refused, alone or beside others', async () => {
  const olga = await person('editor', 'Olga');
  for (const nodeIds of [['gone'], ['d', 'gone']]) {
    await expect(lock(olga, nodeIds)).rejects.toMatchObject({ code: 'invalid_input' });
  }
  const own = await lock(olga, ['d']);
  const change = changeLock(services, olga, {
    params: { id: workflowId, lockId: own.id },
    query: {},
    body: { nodeIds: ['gone'] },
  });
  await expect(change).rejects.toMatchObject({ code: 'invalid_input' });
});

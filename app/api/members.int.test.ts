import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Services } from '@/server/services';
import { ask } from './testing/client';
import { join, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody & { workspaceId: string };
let admin: Somebody;
let count = 0;

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
  admin = await join(owner, 'admin', 'Ada');
});
afterAll(() => services?.close());
let editor: Somebody;
beforeEach(async () => {
  count += 1;
  editor = await join(owner, 'editor', `Ed${count}`);
});

const setRole = (who: Somebody, target: Somebody, role: string) =>
  ask('PATCH', `/api/v2/members/${target.userId}`, who.headers, { body: { role } });
const remove = (who: Somebody, target: Somebody) =>
  ask('DELETE', `/api/v2/members/${target.userId}`, who.headers);
const owners = () =>
  services.prisma.member.count({ where: { organizationId: owner.workspaceId, role: 'owner' } });

test('the last owner can be neither demoted nor removed, nor leave', async () => {
  expect((await setRole(owner, owner, 'admin')).body.error.code).toBe('conflict');
  expect((await remove(owner, owner)).body.error.code).toBe('conflict');
  expect((await ask('POST', '/api/v2/workspace/leave', owner.headers)).status).toBe(409);
  expect(await owners()).toBe(1);
});

test('two owners who demote each other at once leave one', async () => {
  for (let round = 0; round < 5; round += 1) {
    expect((await setRole(owner, editor, 'owner')).status).toBe(200);
    const answers = await Promise.all([
      setRole(owner, editor, 'admin'),
      setRole(editor, owner, 'admin'),
    ]);
    expect(answers.map((each) => each.status).filter((status) => status === 200)).toHaveLength(1);
    expect(await owners()).toBe(1);
    // Back to the start: whoever stayed owner makes `owner` one again, then steps down.
    if (answers[1]?.status === 200) {
      expect((await setRole(editor, owner, 'owner')).status).toBe(200);
      expect((await setRole(owner, editor, 'editor')).status).toBe(200);
    }
  }
});

test('an admin manages members, but neither makes nor touches owners', async () => {
  expect((await setRole(admin, editor, 'viewer')).status).toBe(200);
  expect((await setRole(admin, editor, 'owner')).status).toBe(403);
  expect((await setRole(admin, admin, 'owner')).status).toBe(403);
  expect((await setRole(admin, owner, 'viewer')).status).toBe(403);
  expect((await remove(admin, owner)).status).toBe(403);
  expect((await remove(admin, editor)).status).toBe(200);
});

test('a new role counts from the next request on', async () => {
  const rename = () =>
    ask('PATCH', '/api/v2/workspace', editor.headers, { body: { name: 'Acme' } });
  expect((await rename()).status).toBe(403);
  await setRole(owner, editor, 'admin');
  expect((await rename()).status).toBe(200);
  await setRole(owner, editor, 'viewer');
  expect((await rename()).status).toBe(403);
});

test('who was removed is out at once, with their keys', async () => {
  const key = (await ask('POST', '/api/v2/api-keys', editor.headers, { body: { name: 'mine' } }))
    .body.key;
  const bearer = { authorization: `Bearer ${key}` };
  expect((await ask('GET', '/api/v2/members', bearer)).status).toBe(200);
  expect((await remove(owner, editor)).status).toBe(200);
  expect((await ask('GET', '/api/v2/members', bearer)).status).toBe(401);
  expect((await ask('GET', '/api/v2/members', editor.headers)).status).toBe(403);
  expect((await ask('GET', '/api/v2/me', editor.headers)).body.workspace).toBeNull();
  expect((await remove(owner, editor)).status).toBe(404);
});

test('changes of members are heard on the bus', async () => {
  const heard: unknown[] = [];
  const stop = await services.bus.subscribe(`workspace:${owner.workspaceId}`, (message) =>
    heard.push(message),
  );
  await setRole(owner, editor, 'viewer');
  await expect.poll(() => heard).toContainEqual({ kind: 'member', id: editor.userId });
  stop();
});

test('somebody else’s key is theirs, but admins see and revoke it', async () => {
  const made = await ask('POST', '/api/v2/api-keys', editor.headers, { body: { name: 'mine' } });
  const other = await join(owner, 'viewer', `Other${count}`);
  expect((await ask('GET', '/api/v2/api-keys', other.headers)).body.items).toEqual([]);
  expect((await ask('DELETE', `/api/v2/api-keys/${made.body.id}`, other.headers)).status).toBe(404);
  expect((await ask('GET', '/api/v2/api-keys', admin.headers)).body.items).toHaveLength(1);
  expect((await ask('DELETE', `/api/v2/api-keys/${made.body.id}`, admin.headers)).status).toBe(200);
});

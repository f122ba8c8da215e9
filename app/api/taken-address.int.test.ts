import { afterAll, beforeAll, expect, test } from 'vitest';
import { resetPassword } from '@/server/people/reset/reset-password';
import type { Services } from '@/server/services';
import { ask, signIn } from './testing/client';
import { join, password, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody & { workspaceId: string };
let eve: Somebody;
let bob: Somebody;

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
  [eve, bob] = [await join(owner, 'viewer', 'Eve'), await join(owner, 'editor', 'Bob')];
  await ask('POST', '/api/v2/workspaces', eve.headers, { body: { name: 'Trap' } });
});
afterAll(() => services?.close());

const ceo = 'ceo@corp.example';
const invite = async (by: Somebody, email: string): Promise<string> => {
  const answer = await ask('POST', '/api/v2/invitations', by.headers, { body: { email } });
  expect(answer.status).toBe(201);
  return answer.body.id;
};
const signUp = (id: string, word: string) =>
  ask('POST', `/api/v2/invitations/${id}/sign-up`, {}, { body: { name: 'Ceo', password: word } });
const status = async (headers: Record<string, string>) =>
  (await ask('GET', '/api/v2/me', headers)).status;

test('an address that a stranger took with a link of their own goes to whom the team invites', async () => {
  const taken = await signUp(await invite(eve, ceo), 'the password of eve');
  expect(taken.status).toBe(201);
  const squatter = { cookie: taken.cookie, origin: 'http://localhost:3000' };
  const user = await services.prisma.user.findUniqueOrThrow({ where: { email: ceo } });
  expect(user.emailVerified).toBe(false);
  const key = await ask('POST', '/api/v2/api-keys', squatter, { body: { name: 'kept' } });
  const byKey = { authorization: `Bearer ${key.body.key}` };
  expect(await status(byKey)).toBe(200);

  const id = await invite(owner, ceo);
  expect((await ask('GET', `/api/v2/invitations/${id}`)).body.hasAccount).toBe(false);
  const real = await signUp(id, password);
  expect(real.status).toBe(201);
  expect([await status(squatter), await status(byKey)]).toEqual([401, 401]);
  await expect(signIn(ceo, 'the password of eve')).rejects.toThrow('INVALID');
  const me = await ask('GET', '/api/v2/me', await signIn(ceo, password));
  expect(me.body.workspaces.map(({ name }: { name: string }) => name)).toEqual(['Acme']);
});

test('nobody known in a team is pushed out by an invitation from elsewhere', async () => {
  for (const email of [bob.email, ceo, owner.email]) {
    const id = await invite(eve, email);
    expect((await ask('GET', `/api/v2/invitations/${id}`)).body.hasAccount, email).toBe(true);
    expect((await signUp(id, 'the password of eve')).status, email).toBe(409);
  }
  expect(await status(bob.headers)).toBe(200);
});

test('who runs the server can give an account back to its person', async () => {
  const made = await ask('POST', '/api/v2/api-keys', bob.headers, { body: { name: 'old' } });
  const reset = await resetPassword(services, 'BOB@example.com');
  expect(reset).toMatchObject({ sessions: 1, keys: 1 });
  expect(await status(bob.headers)).toBe(401);
  expect(await status({ authorization: `Bearer ${made.body.key}` })).toBe(401);
  await expect(signIn(bob.email, password)).rejects.toThrow('INVALID');
  bob = { ...bob, headers: await signIn(bob.email, reset.password) };
  expect(
    (await services.prisma.user.findUniqueOrThrow({ where: { email: bob.email } })).emailVerified,
  ).toBe(true);
  await expect(resetPassword(services, 'nobody@example.com')).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a new password ends all other sessions though nobody asked, and offers to end the keys', async () => {
  const here = await signIn(owner.email, password);
  const there = await signIn(owner.email, password);
  const made = await ask('POST', '/api/v2/api-keys', here, { body: { name: 'robot' } });
  const byKey = { authorization: `Bearer ${made.body.key}` };
  const change = (headers: Record<string, string>, body: object) =>
    ask('POST', '/api/auth/change-password', headers, { body });
  const words = { currentPassword: password, newPassword: 'another long password' };
  const first = await change(here, { ...words, revokeOtherSessions: false });
  expect([first.status, first.body.apiKeys]).toEqual([200, 1]);
  expect([await status(there), await status(owner.headers), await status(byKey)]).toEqual([
    401, 401, 200,
  ]);
  const fresh = { cookie: first.cookie, origin: 'http://localhost:3000' };
  expect(await status(fresh)).toBe(200);
  const back = { currentPassword: words.newPassword, newPassword: password, revokeApiKeys: true };
  const second = await change(fresh, back);
  expect([second.status, second.body.apiKeys]).toEqual([200, 0]);
  expect(await status(byKey)).toBe(401);
});

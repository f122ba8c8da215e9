import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Services } from '@/server/services';
import { ask } from './testing/client';
import { join, password, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody;
let admin: Somebody;
let editor: Somebody;

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
  admin = await join(owner, 'admin', 'Adam');
  editor = await join(owner, 'editor', 'Edith');
});
afterAll(() => services.close());

const linkFor = (maker: Somebody, of: Somebody) =>
  ask('POST', `/api/v2/members/${of.userId}/password-link`, maker.headers);
async function secretFor(maker: Somebody, of: Somebody): Promise<string> {
  const made = await linkFor(maker, of);
  expect(made.status).toBe(201);
  return made.body.url.split('/reset/')[1];
}
const use = (secret: string, next: string) =>
  ask('POST', `/api/v2/password-links/${secret}`, {}, { body: { password: next } });
const signIn = (email: string, secret: string) =>
  ask('POST', '/api/auth/sign-in/email', {}, { body: { email, password: secret } });

it('gives a member who forgot it a new password, once, and ends every way in', async () => {
  const secret = await secretFor(admin, editor);
  expect((await ask('GET', `/api/v2/password-links/${secret}`)).body).toEqual({
    name: 'Edith',
    email: editor.email,
  });
  const sent = await Promise.all([1, 2].map((each) => use(secret, `a new password ${each}`)));
  expect(sent.map(({ status }) => status).sort()).toEqual([200, 404]);
  const which = sent.findIndex(({ status }) => status === 200) + 1;
  expect((await ask('GET', '/api/v2/me', editor.headers)).status).toBe(401);
  expect((await signIn(editor.email, password)).status).toBe(401);
  expect((await signIn(editor.email, `a new password ${which}`)).status).toBe(200);
  expect((await use(secret, 'another password')).status).toBe(404);
});

it('keeps no link, and ends the one before', async () => {
  const [first, second] = [await secretFor(owner, admin), await secretFor(owner, admin)];
  expect((await ask('GET', `/api/v2/password-links/${first}`)).status).toBe(404);
  expect((await ask('GET', `/api/v2/password-links/${second}`)).status).toBe(200);
  const rows = JSON.stringify(await services.prisma.verification.findMany());
  expect(rows).not.toContain(second);
  await services.pool.query(`update verification set "expiresAt" = now() - interval '1 minute'`);
  expect((await use(second, 'a new password')).status).toBe(404);
});

it('gives nobody power over an equal, a higher one, or another workspace', async () => {
  expect((await linkFor(admin, owner)).status).toBe(403);
  expect((await linkFor(admin, admin)).status).toBe(409);
  const other = await join(owner, 'admin', 'Anna');
  expect((await linkFor(admin, other)).status).toBe(403);
  const viewer = await join(owner, 'viewer', 'Vic');
  expect((await linkFor(viewer, viewer)).status).toBe(403);
  const secret = await secretFor(owner, viewer);
  const own = { body: { name: 'Of Vic' } };
  expect((await ask('POST', '/api/v2/workspaces', viewer.headers, own)).status).toBe(201);
  const refused = await linkFor(owner, viewer);
  expect(refused.body.error.message).toMatch(/other workspaces/);
  expect((await use(secret, 'a new password')).status).toBe(404);
});

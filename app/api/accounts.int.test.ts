import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureOwner } from '@/server/people/ensure-owner';
import { idOfLink } from '@/server/people/invitation-store';
import { readSocketUser } from '@/server/people/read-session';
import { readTour } from '@/server/people/workspaces';
import type { Services } from '@/server/services';
import { ask, signIn } from './testing/client';
import { join, password, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody & { workspaceId: string };

beforeAll(async () => {
  services = await startApi();
});
afterAll(() => services?.close());

const wrong = { name: 'x', email: 'x', password: 'short', workspaceName: '' };

test('the first account is made exactly once, however many browsers race', async () => {
  expect((await ask('GET', '/api/v2/setup')).body).toEqual({ needed: true });
  const refused = await ask('POST', '/api/v2/setup', {}, { body: wrong });
  expect(refused.status).toBe(400);
  expect(refused.body.error.details.issues.map((issue: { path: string }) => issue.path)).toEqual([
    'body.email',
    'body.password',
    'body.workspaceName',
  ]);

  const racers = Array.from({ length: 8 }, (_, index) =>
    ask(
      'POST',
      '/api/v2/setup',
      {},
      {
        body: {
          name: `Racer ${index}`,
          email: `racer${index}@example.com`,
          password,
          workspaceName: 'Race',
        },
      },
    ),
  );
  const statuses = (await Promise.all(racers)).map((answer) => answer.status).sort();
  expect(statuses).toEqual([201, ...Array(7).fill(409)]);
  expect(await services.prisma.user.count()).toBe(1);
  expect(await services.prisma.organization.count()).toBe(1);
  expect(await services.prisma.member.count({ where: { role: 'owner' } })).toBe(1);
  expect((await ask('GET', '/api/v2/setup')).body).toEqual({ needed: false });

  await services.prisma.user.deleteMany();
  await services.prisma.organization.deleteMany();
  owner = await setUp();
});

test('the new owner is signed in, in a workspace of that name', async () => {
  const me = await ask('GET', '/api/v2/me', owner.headers);
  expect(me.body.user).toEqual({
    id: owner.userId,
    name: 'Olga Owner',
    email: 'owner@example.com',
  });
  expect(me.body.workspace).toMatchObject({ name: 'Acme', slug: 'acme', role: 'owner' });
  expect(await readSocketUser(services, owner.headers.cookie)).toMatchObject({
    userId: owner.userId,
  });
  expect(
    await readSocketUser(services, 'ensemble.session_token=made-up.signature'),
  ).toBeUndefined();
});

test('how far the tour is belongs to the person, and nobody else', async () => {
  const tour = { state: 'on', step: 'run', workflowId: '019e0000-0000-7000-8000-000000000001' };
  const kept = await ask('PUT', '/api/v2/me/tour', owner.headers, { body: tour });
  expect(kept.body).toEqual(tour);
  expect(await readTour(services, owner.userId)).toEqual(tour);
  expect(await readTour(services, 'somebody-else')).toBeNull();
  expect((await ask('PUT', '/api/v2/me/tour', {}, { body: tour })).status).toBe(401);
  const wrong = await ask('PUT', '/api/v2/me/tour', owner.headers, { body: { state: 'gone' } });
  expect(wrong.status).toBe(400);
});

test('signing in needs the right password, and its cookie is for this host and http alone', async () => {
  const answer = await ask(
    'POST',
    '/api/auth/sign-in/email',
    {},
    {
      body: { email: 'OWNER@example.com', password },
    },
  );
  expect(answer.status).toBe(200);
  const cookie = answer.headers.getSetCookie().find((each) => each.includes('session_token')) ?? '';
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Domain=/i);
  const refused = await ask(
    'POST',
    '/api/auth/sign-in/email',
    {},
    {
      body: { email: owner.email, password: 'something else entirely' },
    },
  );
  expect(refused.status).toBe(401);
});

test('signing out ends the session at once', async () => {
  const headers = await signIn(owner.email, password);
  expect((await ask('GET', '/api/v2/me', headers)).status).toBe(200);
  expect((await ask('POST', '/api/auth/sign-out', headers, { body: {} })).status).toBe(200);
  expect((await ask('GET', '/api/v2/me', headers)).status).toBe(401);
});

test('nobody signs up by better-auth’s own routes', async () => {
  for (const path of ['sign-up/email', 'organization/create', 'api-key/create', 'update-user']) {
    const answer = await ask('POST', `/api/auth/${path}`, owner.headers, {
      body: { name: 'Eve', email: 'eve@example.com', password },
    });
    expect(answer.status, path).toBe(404);
  }
  await expect(
    services.auth.api.signUpEmail({ body: { name: 'Eve', email: 'eve@example.com', password } }),
  ).rejects.toThrow();
  expect(await services.prisma.user.count()).toBe(1);
});

test('guessing one account’s password is slowed down, and only that account’s', async () => {
  const guess = (email: string) =>
    ask('POST', '/api/auth/sign-in/email', {}, { body: { email, password: 'not the password' } });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    statuses.push((await guess('victim@example.com')).status);
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  const last = await guess('victim@example.com');
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await guess('somebody-else@example.com')).status).toBe(401);
});

test('an owner from the environment is made once, and never instead of another', async () => {
  await ensureOwner({
    ...services,
    config: { ...services.config, owner: { email: 'late@example.com', password } },
  });
  expect(await services.prisma.user.count({ where: { email: 'late@example.com' } })).toBe(0);
});

test('links of invitations are kept nowhere, and those handed over before they were hashed still work', async () => {
  const { prisma } = services;
  const made = await ask('POST', '/api/v2/invitations', owner.headers, {
    body: { email: 'eva@example.com', role: 'viewer' },
  });
  const secret: string = made.body.id;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`;
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(
      `select row_to_json(t)::text as row from "${name}" t`,
    );
    expect(
      rows.filter(({ row }) => row.includes(secret)),
      name,
    ).toEqual([]);
  }
  expect(tables.length).toBeGreaterThan(30);

  const sql = readFileSync(
    new URL(
      '../../prisma/migrations/20261129154500_invitation_hashes/migration.sql',
      import.meta.url,
    ),
    'utf8',
  );
  const old = 'AbC_-0123456789abcdefghijklmnopq';
  await prisma.$executeRaw`alter table invitation drop constraint invitation_id_is_a_hash`;
  await prisma.$executeRaw`update invitation set id = ${old} where id = ${idOfLink(secret)}`;
  // The rows of other tests of this file are open links no more.
  await prisma.$executeRaw`delete from invitation where id <> ${old}`;
  for (const statement of sql.split(';').filter((each) => each.trim() !== '')) {
    await prisma.$executeRawUnsafe(statement);
  }
  expect((await ask('GET', `/api/v2/invitations/${old}`)).body.email).toBe('eva@example.com');
  const plain = prisma.$executeRaw`update invitation set id = ${old}`;
  await expect(plain).rejects.toThrow(/invitation_id_is_a_hash/);
});

test('an invitation is used once, by the invited email, and dies when taken back', async () => {
  const invite = async (email: string) =>
    (await ask('POST', '/api/v2/invitations', owner.headers, { body: { email, role: 'viewer' } }))
      .body;
  const first = await invite('ann@example.com');
  expect(first.url).toBe(`${services.config.url}/invite/${first.id}`);
  const second = await invite('ANN@example.com');
  expect((await ask('GET', `/api/v2/invitations/${first.id}`)).status).toBe(404);
  expect((await ask('GET', `/api/v2/invitations/${second.id}`)).body).toMatchObject({
    email: 'ann@example.com',
    workspaceName: 'Acme',
    hasAccount: false,
  });

  const stranger = await ask('POST', `/api/v2/invitations/${second.id}/accept`, owner.headers);
  expect(stranger.status).toBe(403);
  const signUp = () =>
    ask(
      'POST',
      `/api/v2/invitations/${second.id}/sign-up`,
      {},
      { body: { name: 'Ann', password } },
    );
  const both = (await Promise.all([signUp(), signUp()])).map((answer) => answer.status).sort();
  expect(both[0]).toBe(201);
  expect([404, 409]).toContain(both[1]);
  expect((await signUp()).status).toBe(404);
  expect(await services.prisma.user.count({ where: { email: 'ann@example.com' } })).toBe(1);

  const taken = await invite('bob@example.com');
  expect((await ask('DELETE', `/api/v2/invitations/${taken.id}`, owner.headers)).status).toBe(200);
  expect((await ask('GET', `/api/v2/invitations/${taken.id}`)).status).toBe(404);

  const listed = await invite('dan@example.com');
  const list = await ask('GET', '/api/v2/invitations', owner.headers);
  expect(JSON.stringify(list.body)).not.toContain(listed.id);
  const shown = list.body.items.find(({ email }: { email: string }) => email === 'dan@example.com');
  // What the list shows opens nothing, and takes back.
  expect((await ask('GET', `/api/v2/invitations/${shown.id}`)).status).toBe(404);
  expect((await ask('DELETE', `/api/v2/invitations/${shown.id}`, owner.headers)).status).toBe(200);
  expect((await ask('GET', `/api/v2/invitations/${listed.id}`)).status).toBe(404);

  const late = await invite('cid@example.com');
  await services.prisma.invitation.update({
    where: { id: idOfLink(late.id) },
    data: { expiresAt: new Date(0) },
  });
  const tooLate = await ask(
    'POST',
    `/api/v2/invitations/${late.id}/sign-up`,
    {},
    {
      body: { name: 'Cid', password },
    },
  );
  expect(tooLate.status).toBe(404);
});

test('one person has several workspaces and names the one meant', async () => {
  const made = await ask('POST', '/api/v2/workspaces', owner.headers, { body: { name: 'Acme' } });
  expect(made.status).toBe(201);
  expect(made.body.slug).toMatch(/^acme-[0-9a-f]{6}$/);
  const current = async (header?: string) =>
    (
      await ask('GET', '/api/v2/workspace', {
        ...owner.headers,
        ...(header ? { 'x-workspace': header } : {}),
      })
    ).body;
  expect((await current()).id).toBe(made.body.id);
  expect((await current('acme')).id).toBe(owner.workspaceId);
  expect((await current(made.body.id)).id).toBe(made.body.id);
  expect((await current('nowhere')).error.code).toBe('not_found');

  const other = await join(owner, 'admin', 'Otto');
  const back = await ask('POST', '/api/v2/workspaces/acme/switch', owner.headers);
  expect(back.status).toBe(200);
  expect((await current()).id).toBe(owner.workspaceId);
  const foreign = await ask(
    'POST',
    `/api/v2/workspaces/${owner.workspaceId}/switch`,
    other.headers,
  );
  expect(foreign.status).toBe(404);
});

test('an API key acts as its maker in its one workspace, until it is revoked', async () => {
  const made = await ask('POST', '/api/v2/api-keys', owner.headers, { body: { name: 'deploy' } });
  expect(made.status).toBe(201);
  expect(made.body.key).toMatch(/^ens_/);
  const bearer = { authorization: `Bearer ${made.body.key}` };
  expect((await ask('GET', '/api/v2/workspace', bearer)).body).toMatchObject({
    id: owner.workspaceId,
    role: 'owner',
  });
  expect((await ask('GET', '/api/v2/workspace', { ...bearer, 'x-workspace': 'acme' })).status).toBe(
    200,
  );
  const others = (await ask('GET', '/api/v2/me', owner.headers)).body.workspaces.at(-1);
  expect(
    (await ask('GET', '/api/v2/workspace', { ...bearer, 'x-workspace': others.id })).status,
  ).toBe(404);
  expect((await ask('GET', '/api/v2/me', bearer)).body.workspaces).toHaveLength(1);
  expect((await ask('POST', '/api/v2/api-keys', bearer, { body: { name: 'child' } })).status).toBe(
    403,
  );

  const listed = await ask('GET', '/api/v2/api-keys', owner.headers);
  expect(listed.body.items[0]).toMatchObject({
    id: made.body.id,
    name: 'deploy',
    start: made.body.start,
  });
  expect(JSON.stringify(listed.body)).not.toContain(made.body.key);
  const rows = JSON.stringify(await services.prisma.apikey.findMany());
  expect(rows).not.toContain(made.body.key);

  expect(
    (await ask('GET', '/api/v2/me', { authorization: 'Bearer ens_wrong', ...owner.headers }))
      .status,
  ).toBe(401);
  expect((await ask('DELETE', `/api/v2/api-keys/${made.body.id}`, owner.headers)).status).toBe(200);
  expect((await ask('GET', '/api/v2/workspace', bearer)).status).toBe(401);
});

test('the trail tells who did what, and keeps no secret', async () => {
  const answer = await ask('GET', '/api/v2/audit?limit=3', owner.headers);
  expect(answer.body.items).toHaveLength(3);
  const next = await ask(
    'GET',
    `/api/v2/audit?limit=200&cursor=${answer.body.nextCursor}`,
    owner.headers,
  );
  const actions = [...answer.body.items, ...next.body.items].map(
    (row: { action: string }) => row.action,
  );
  expect(actions).toEqual(
    expect.arrayContaining([
      'api-key.revoked',
      'api-key.created',
      'invitation.revoked',
      'invitation.accepted',
      'invitation.created',
      'workspace.created',
    ]),
  );
  await expect(services.prisma.audit.deleteMany()).rejects.toThrow();
});

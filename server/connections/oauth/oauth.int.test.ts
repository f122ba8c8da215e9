import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsSchema } from '@/lib/connections/schema';
import type { Actor } from '@/lib/people/schema';
import { at } from '@/lib/values/unknown';
import { createServices } from '@/server/compose';
import { eventually } from '@/server/testing/eventually';
import { getConnection } from '../get-connection';
import { openConnection } from '../open-connection';
import { findSealed } from '../store';
import { testConnection } from '../test-connection';
import { openProvider } from '../testing/provider';
import { none, openWorld } from '../testing/world';
import { accessToken } from './access-token';
import { beginSignIn } from './begin-sign-in';
import { finishSignIn } from './finish-sign-in';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;
let provider: Awaited<ReturnType<typeof openProvider>>;

beforeAll(async () => {
  world = await openWorld();
  provider = await openProvider();
});
afterAll(async () => {
  provider?.close();
  await world?.close();
});

const requestIn = (session: string) =>
  new Request('http://localhost/api', {
    headers: { cookie: `a=b; better-auth.session_token=${session}` },
  });
const settings = (more: object = {}) => ({
  ...{ hosts: [provider.host], testUrl: `${provider.origin}/me`, scopes: 'read write' },
  ...{ tokenUrl: `${provider.origin}/token`, clientId: 'the-client', ...more },
});
const forPeople = (more: object = {}) =>
  settings({ grant: 'authorization_code', authorizeUrl: `${provider.origin}/authorize`, ...more });

async function connect(config: object = forPeople()) {
  const name = `Service ${randomUUID()}`;
  const parsed = settingsSchema.parse({ kind: 'oauth2', config });
  if (parsed.kind !== 'oauth2') throw new Error('another kind');
  const { id } = await world.create(world.ada, {
    ...{ ...parsed, name, secret: 'client-secret', allowedWorkflowIds: null, allowedUserIds: null },
  });
  return { id, name, params: { id } };
}
const begin = (id: string, session = 'mine', actor: Actor = world.ada) =>
  beginSignIn(world.services, actor, { ...none, params: { id } }, requestIn(session));
const finish = (
  body: { state: string; code?: string; iss?: string; error?: string },
  session = 'mine',
  actor: Actor = world.ada,
) => finishSignIn(world.services, actor, { ...none, body }, requestIn(session));
async function signedIn(config?: object) {
  const made = await connect(config);
  const { url } = await begin(made.id);
  await finish(provider.approve(url));
  return made;
}
const seen = (id: string) => getConnection(world.services, world.ada, { ...none, params: { id } });
/** Makes a token old: to be renewed ahead, or past its end. */
const age = (id: string, endsIn: '1 minute' | '0 s') =>
  world.services.pool.query(
    `update connection_token set refresh_at = now(), expires_at = now() + $2::interval
     where connection_id = $1`,
    [id, endsIn],
  );
async function tokenOf(id: string, services = world.services) {
  const row = await findSealed(services.pool, world.ada.workspaceId, { id });
  if (row?.kind !== 'oauth2') throw new Error('no such connection');
  return (await accessToken(services, row)).tokens.access;
}

test('somebody signs in with PKCE at the exact redirect address, and a step uses the token', async () => {
  const { id, name } = await connect();
  expect((await seen(id)).signIn).toMatchObject({ state: 'missing' });
  const before = await world.run({ url: `${provider.origin}/me`, connection: name });
  expect(before.error).toMatchObject({ code: 'connection_sign_in', retryable: false });
  const { url } = await begin(id);
  const query = Object.fromEntries(new URL(url).searchParams);
  expect(query).toMatchObject({
    ...{ response_type: 'code', client_id: 'the-client', code_challenge_method: 'S256' },
    ...{
      scope: 'read write',
      redirect_uri: `${world.services.config.url}/settings/connections/callback`,
    },
  });
  expect(query.code_challenge).toMatch(/^[\w-]{43}$/);
  const answer = provider.approve(url);
  const done = await finish(answer);
  expect(done.signIn).toMatchObject({ state: 'ok', problem: null });
  const { state, step } = await world.run({
    url: `${provider.origin}/me`,
    connection: name,
    expect: '200',
  });
  expect(state.status).toBe('succeeded');
  expect(at(step?.output, 'body', 'said')).toBe('Bearer [secret]');
  // A code and a state work once.
  await expect(finish(answer)).rejects.toMatchObject({ code: 'invalid_input' });
});

test('a stolen code or state is worth nothing to anybody else', async () => {
  const { id } = await connect();
  const steal = async (session: string, actor?: Actor) => {
    const { url } = await begin(id);
    const before = provider.asked.length;
    const tried = await finish(provider.approve(url), session, actor).catch(
      (error: unknown) => error,
    );
    return [at(tried, 'code'), provider.asked.length - before];
  };
  const eve = { ...world.ada, userId: 'eve' };
  expect(await steal('another-session')).toEqual(['invalid_input', 0]);
  expect(await steal('mine', eve)).toEqual(['invalid_input', 0]);
  expect(await steal('mine', world.stranger)).toEqual(['invalid_input', 0]);
  // The code of one sign-in under the state of another: the proof does not fit.
  const [one, other] = [await begin(id), await begin(id)];
  const mixed = { ...provider.approve(one.url), state: provider.approve(other.url).state };
  await expect(finish(mixed)).rejects.toMatchObject({ code: 'invalid_input' });
  // Too late.
  const late = await begin(id);
  await world.services.pool.query(
    "update connection_sign_in set expires_at = now() - interval '1 s'",
  );
  await expect(finish(provider.approve(late.url))).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(finish({ state: 'made-up', code: 'x' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect((await seen(id)).signIn?.state).toBe('missing');
  const noSession = new Request('http://localhost/api', {
    headers: { authorization: 'Bearer key' },
  });
  await expect(
    beginSignIn(world.services, world.ada, { ...none, params: { id } }, noSession),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await expect(begin(id, 'mine', world.stranger)).rejects.toMatchObject({ code: 'not_found' });
});

test('where an issuer is named, a code of another one, or of nobody, is sent nowhere', async () => {
  const { id } = await connect(forPeople({ issuer: provider.origin }));
  for (const iss of ['https://evil.example.com', `${provider.origin}/`, undefined]) {
    const { url } = await begin(id);
    const before = provider.asked.length;
    const body = { ...provider.approve(url), ...(iss === undefined ? {} : { iss }) };
    await expect(finish(body)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(provider.asked.length).toBe(before);
  }
  const { url } = await begin(id);
  const done = await finish({ ...provider.approve(url), iss: provider.origin });
  expect(done.signIn?.state).toBe('ok');
});

test('no answer leads a person or a token anywhere else', async () => {
  const ok = (more: object) =>
    settingsSchema.safeParse({ kind: 'oauth2', config: forPeople(more) }).success;
  expect(ok({})).toBe(true);
  for (const address of [
    'javascript:alert(1)',
    'http://provider.example.com/x',
    'https://a@b.example/x',
    '//x',
  ]) {
    expect([ok({ authorizeUrl: address }), ok({ tokenUrl: address })]).toEqual([false, false]);
  }
  expect(ok({ authorizeUrl: undefined })).toBe(false);
  const { id, name } = await signedIn();
  // New hosts, another provider or another client: the secret is needed, and what was given is forgotten.
  const config = forPeople({ hosts: ['evil.example.com'], testUrl: undefined });
  const parsed = settingsSchema.parse({ kind: 'oauth2', config }).config;
  await expect(world.patch(world.ada, id, { config: parsed })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const other = await world.run({ url: world.url('/'), connection: name });
  expect([other.error?.code, other.sent.length]).toEqual(['connection_host', 0]);
  await world.patch(world.ada, id, { config: parsed, secret: 'client-secret' });
  expect((await seen(id)).signIn?.state).toBe('missing');
});

test('50 who need a token at once, in two processes, fetch one; all go on with it', async () => {
  const { id } = await signedIn();
  const second = await createServices({ ...world.services.config }, 'second');
  try {
    provider.state.delayMs = 200;
    const first = await tokenOf(id);
    await age(id, '0 s');
    const before = provider.asked.length;
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) => tokenOf(id, n % 2 === 0 ? world.services : second)),
    );
    expect(provider.asked.length - before).toBe(1);
    expect(new Set(all)).toEqual(new Set([provider.issued.at(-1)]));
    expect(all).not.toContain(first);
    // Ahead of its end: who finds another one at it goes on with what is still good.
    await age(id, '1 minute');
    const ahead = await Promise.all(Array.from({ length: 50 }, () => tokenOf(id)));
    expect(provider.asked.length - before).toBe(2);
    expect([...new Set(ahead)].sort()).toEqual([all[0], provider.issued.at(-1)].sort());
    process.stdout.write('refresh races: 2 × 50 askers, 2 requests to the provider\n');
  } finally {
    provider.state.delayMs = 0;
    await second.close();
  }
});

test('who takes the lease in the moment in which another has renewed goes on with that token', async () => {
  const { id } = await signedIn();
  const { pool } = world.services;
  await age(id, '0 s');
  const [asked, current] = [provider.asked.length, provider.issued.at(-1)];
  await pool.query(
    `insert into connection_token_lease (connection_id, workspace_id, lease, until)
     values ($1, $2, 'another', now() + interval '1 minute')`,
    [id, world.ada.workspaceId],
  );
  const another = await pool.connect();
  try {
    await another.query('begin');
    await another.query('delete from connection_token_lease where connection_id = $1', [id]);
    await another.query(
      `update connection_token set version = version + 1, expires_at = now() + interval '1 hour',
         refresh_at = now() + interval '1 hour' where connection_id = $1`,
      [id],
    );
    const token = tokenOf(id);
    // It has seen the old token by now, and waits for the lease.
    await eventually(async () => {
      const { rowCount } = await pool.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
           and query like '%into connection_token_lease%'`,
      );
      expect(rowCount).toBe(1);
    });
    await another.query('commit');
    expect(await token).toBe(current);
    expect(provider.asked).toHaveLength(asked);
  } finally {
    another.release();
  }
});

test('a token that comes while the connection is led elsewhere is kept by nobody', async () => {
  const { id } = await signedIn();
  await age(id, '0 s');
  const config = settingsSchema.parse({
    ...{ kind: 'oauth2', config: forPeople({ hosts: ['other.example.com'], testUrl: undefined }) },
  }).config;
  provider.state.delayMs = 300;
  const before = provider.asked.length;
  const renewing = tokenOf(id).catch((error: unknown) => at(error, 'code'));
  await eventually(() => expect(provider.asked.length).toBe(before + 1));
  await world.patch(world.ada, id, { config, secret: 'client-secret' });
  expect(await renewing).toBe('token_failed');
  provider.state.delayMs = 0;
  expect((await seen(id)).signIn?.state).toBe('missing');
});

test('a process that dies while it fetches a token holds nobody up for ever', async () => {
  const { id } = await signedIn();
  await age(id, '0 s');
  await world.services.pool.query(
    `insert into connection_token_lease (connection_id, workspace_id, lease, until)
     values ($1, $2, 'dead', now() + interval '1 s')`,
    [id, world.ada.workspaceId],
  );
  expect(await tokenOf(id)).toBe(provider.issued.at(-1));
});

test('a refused refresh asks people to sign in again; what may pass is tried again', async () => {
  const { id, name } = await signedIn();
  await age(id, '0 s');
  provider.state.status = 503;
  const busy = await world.run({ url: `${provider.origin}/me`, connection: name });
  expect(busy.error).toMatchObject({ code: 'token_failed', retryable: true });
  provider.state.status = 0;
  provider.state.refuses = true;
  const refused = await world.run({ url: `${provider.origin}/me`, connection: name });
  expect(refused.error).toMatchObject({ code: 'connection_sign_in', retryable: false });
  expect(refused.error?.message).toContain('Token has been revoked');
  const before = provider.asked.length;
  await world.run({ url: `${provider.origin}/me`, connection: name });
  expect(provider.asked.length).toBe(before);
  provider.state.refuses = false;
  expect((await seen(id)).signIn).toMatchObject({
    state: 'again',
    problem: 'Token has been revoked',
  });
  const { url } = await begin(id);
  await finish(provider.approve(url));
  expect((await seen(id)).signIn).toMatchObject({ state: 'ok', problem: null });
});

test('a token that the service no longer takes is renewed, and the request goes once more', async () => {
  const { id, name } = await signedIn();
  const old = await tokenOf(id);
  provider.issued.push('revoked-by-the-service');
  const { state } = await world.run({
    url: `${provider.origin}/me`,
    connection: name,
    expect: '200',
  });
  expect(state.status).toBe('succeeded');
  expect(await tokenOf(id)).not.toBe(old);
});

test('an application signs in by itself, and a wrong secret is told without being repeated', async () => {
  const { id, name, params } = await connect(
    settings({ grant: 'client_credentials', clientAuth: 'body' }),
  );
  expect((await seen(id)).signIn).toBeNull();
  const { state } = await world.run({
    url: `${provider.origin}/me`,
    connection: name,
    expect: '200',
  });
  expect(state.status).toBe('succeeded');
  expect(provider.asked.at(-1)).toMatchObject({ client_id: 'the-client', scope: 'read write' });
  expect((await testConnection(world.services, world.ada, { ...none, params })).ok).toBe(true);
  await world.patch(world.ada, id, { secret: 'a-wrong-secret' });
  const wrong = await world.run({ url: `${provider.origin}/me`, connection: name });
  expect(wrong.error).toMatchObject({ code: 'token_failed', retryable: false });
  expect(JSON.stringify(wrong.state)).not.toContain('a-wrong-secret');
});

test('no token is in the database, an answer, or what runs keep', async () => {
  const { id, name } = await signedIn();
  const { state } = await world.run({
    url: `${provider.origin}/me`,
    connection: name,
    expect: '404',
  });
  await openConnection(world.services, {
    workspaceId: world.ada.workspaceId,
    workflowId: null,
    userId: null,
    name,
  });
  const tables = [
    'connection',
    'connection_token',
    'connection_sign_in',
    'run_event',
    'audit',
    'step',
  ];
  const dumps: string[] = [JSON.stringify([state, await seen(id)])];
  for (const table of tables) {
    const { rows } = await world.services.pool.query<{ line: string }>(
      `select convert_to(t::text, 'UTF8')::text as line from ${table} t`,
    );
    dumps.push(
      rows.map(({ line }) => Buffer.from(line.slice(2), 'hex').toString('latin1')).join('\n'),
    );
  }
  const hex = (text: string) => Buffer.from(text).toString('hex');
  const needles = provider.secrets().flatMap((secret) => [secret, hex(secret)]);
  const hits = needles.filter((needle) => dumps.some((dump) => dump.includes(needle)));
  process.stdout.write(
    `tokens found: ${hits.length} of ${needles.length} forms, in ${tables.length} tables\n`,
  );
  expect(hits).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '@/lib/workflows/compile';
import { ended } from '@/server/runs/testing/harness';
import { addWorkflow } from '@/server/workflows/create-workflow';
import { publishWorkflow } from '@/server/workflows/publish-workflow';
import { problemsOf } from '@/server/workflows/view-workflow';
import { deleteConnection } from './delete-connection';
import { getConnection } from './get-connection';
import { getConnectionUses } from './get-uses';
import { testConnection } from './test-connection';
import { none, openWorld, request } from './testing/world';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

test('a redirect to another host takes nothing along, and one that repeats the secret is stopped', async () => {
  const secret = `canary-${randomUUID()}`;
  await world.create(world.ada, world.bearer('Redirected', secret));
  await world.create(world.ada, {
    ...{
      name: 'Redirected by query',
      kind: 'api_key',
      secret,
      allowedWorkflowIds: null,
      allowedUserIds: null,
    },
    config: { hosts: [world.outside.bound.host], in: 'query', name: 'key' },
  });
  world.outside.bound.answer = (asked, response) => {
    response.writeHead(302, { location: `http://${world.outside.other.host}${asked.url}` }).end();
  };
  const away = await world.run({ url: world.url('/away'), connection: 'Redirected' });
  expect(away.sent.map(({ server }) => server)).toEqual(['bound', 'other']);
  expect(away.sent[0]?.headers.authorization).toBe(`Bearer ${secret}`);
  expect(JSON.stringify(away.sent[1])).not.toContain(secret);
  const repeated = await world.run({ url: world.url('/away'), connection: 'Redirected by query' });
  expect(repeated.sent.map(({ server }) => server)).toEqual(['bound']);
  expect(repeated.error).toMatchObject({ code: 'connection_host', retryable: false });
  world.outside.bound.answer = (asked, response) => {
    world.outside.bound.answer = undefined;
    response.writeHead(302, { location: '/again' }).end(asked.method);
  };
  const same = await world.run({ url: world.url('/first'), connection: 'Redirected' });
  expect(same.sent.map(({ url: path, headers }) => [path, headers.authorization])).toEqual([
    ['/first', `Bearer ${secret}`],
    ['/again', `Bearer ${secret}`],
  ]);
  world.outside.bound.answer = undefined;
});

test('a host that is not bound gets no request at all', async () => {
  await world.create(world.ada, world.bearer('Bound', 'a-secret-of-length'));
  const wrong = await world.run({
    url: `http://${world.outside.other.host}/`,
    connection: 'Bound',
  });
  expect(wrong.error).toMatchObject({ code: 'connection_host', retryable: false });
  expect(wrong.sent).toEqual([]);
  const missing = await world.run({ url: world.url(), connection: 'Nobody' });
  expect(missing.error).toMatchObject({ code: 'connection_missing', retryable: false });
  expect(missing.sent).toEqual([]);
});

test('a rehearsal sends nothing and does not look at the secret', async () => {
  const made = await world.create(world.ada, world.bearer('Rehearsed', 'a-secret-of-length'));
  const rehearsed = await world.run(
    { url: world.url(), connection: 'Rehearsed' },
    { mode: 'rehearsal' },
  );
  expect(rehearsed.state.status).toBe('succeeded');
  expect(rehearsed.sent).toEqual([]);
  expect(rehearsed.step?.reason).toContain('needs the connection "Rehearsed"');
  const after = await getConnection(world.services, world.ada, {
    ...none,
    params: { id: made.id },
  });
  expect(after.lastUsedAt).toBeNull();
});

test('what is entered by hand under the same name is not sent', async () => {
  await world.create(world.ada, world.bearer('Wins', 'a-secret-that-wins'));
  const headers = [{ id: 'h', name: 'Authorization', value: 'Bearer by hand' }];
  const config = { url: world.url(), connection: 'Wins', headers };
  const { sent } = await world.run(config);
  expect(sent.map(({ headers: { authorization } }) => authorization)).toEqual([
    'Bearer a-secret-that-wins',
  ]);
  expect(await problemsOf(world.services, world.ada, request(config), randomUUID())).toMatchObject([
    { severity: 'warning', code: 'connection_wins', path: ['headers', 0, 'name'] },
  ]);
});

test('a rotation while a run is under way: its next request has the new secret', async () => {
  const made = await world.create(world.ada, world.bearer('Rotated', 'the-first-secret'));
  world.outside.bound.answer = (_asked, response) => {
    world.outside.bound.answer = undefined;
    void world
      .patch(world.ada, made.id, { secret: 'the-second-secret' })
      .then(() => response.writeHead(503).end());
  };
  const definition = request({ url: world.url(), connection: 'Rotated', expect: '2xx' });
  const plan = compile(definition, catalogue);
  const retried = {
    ...plan,
    steps: plan.steps.map((step) => ({
      ...step,
      retry: { attempts: 3, backoffMs: 10, maxBackoffMs: 20 },
    })),
  };
  const before = world.seen.length;
  const { id } = await world.services.engine.start({
    ...{ workspaceId: world.ada.workspaceId, name: 'Calls', mode: 'live', trigger: 'manual' },
    ...{ plan: retried, definitionHash: 'h', input: {} },
  });
  expect(await ended(world.services, id)).toMatchObject({ status: 'succeeded' });
  expect(world.seen.slice(before).map(({ headers }) => headers.authorization)).toEqual([
    'Bearer the-first-secret',
    'Bearer the-second-secret',
  ]);
});

test('what is used is not deleted or renamed by mistake, and its steps say what is missing', async () => {
  const made = await world.create(world.ada, world.bearer('Used', 'a-secret-of-length'));
  const definition = request({ url: world.url(), connection: 'Used' });
  const workflowId = await addWorkflow(world.services, world.ada, definition);
  const params = { id: made.id };
  const uses = async () =>
    (await getConnectionUses(world.services, world.ada, { ...none, params })).items;
  expect(await uses()).toEqual([
    {
      ...{ workflowId, workflowName: 'Calls', inDraft: true, inLive: false },
      steps: [{ id: 'call', name: 'Call' }],
    },
  ]);
  await publishWorkflow(world.services, world.ada, {
    params: { id: workflowId },
    query: {},
    body: { note: '' },
  });
  expect(await uses()).toMatchObject([{ inDraft: true, inLive: true }]);
  const refused = { code: 'conflict', details: { uses: [{ workflowId }] } };
  const remove = (query: { force?: '' }) =>
    deleteConnection(world.services, world.ada, { params, query, body: undefined });
  await expect(remove({})).rejects.toMatchObject(refused);
  await expect(world.patch(world.ada, made.id, { name: 'New name' })).rejects.toMatchObject(
    refused,
  );
  expect(await remove({ force: '' })).toEqual({ id: made.id });
  expect(await problemsOf(world.services, world.ada, definition, workflowId)).toMatchObject([
    { severity: 'error', code: 'unknown_connection', path: ['connection'] },
  ]);
  const { error } = await world.run({ url: world.url(), connection: 'Used' }, { workflowId });
  expect(error?.code).toBe('connection_missing');
});

test('only the workflows that are named may use it', async () => {
  const definition = request({ url: world.url(), connection: 'Few' });
  const [mine, others] = [
    await addWorkflow(world.services, world.ada, definition),
    await addWorkflow(world.services, world.ada, definition),
  ];
  await world.create(
    world.ada,
    world.bearer('Few', 'a-secret-of-length', { allowedWorkflowIds: [mine] }),
  );
  const config = { url: world.url(), connection: 'Few' };
  expect((await world.run(config, { workflowId: mine })).state.status).toBe('succeeded');
  expect((await world.run(config, { workflowId: others })).error?.code).toBe(
    'connection_forbidden',
  );
  expect((await world.run(config)).error?.code).toBe('connection_forbidden');
  // Nor does another one get what was kept of an answer to them.
  const policy = { cache: { forMs: 60_000, key: '"same"' } };
  const kept = () => world.run(config, { workflowId: mine, policy });
  expect([(await kept()).sent.length, (await kept()).sent.length]).toEqual([1, 0]);
  expect((await world.run(config, { workflowId: others, policy })).error?.code).toBe(
    'connection_forbidden',
  );
  expect(await problemsOf(world.services, world.ada, definition, mine)).toEqual([]);
  expect(await problemsOf(world.services, world.ada, definition, others)).toMatchObject([
    { code: 'connection_forbidden' },
  ]);
  const foreign = await addWorkflow(world.services, world.stranger, definition);
  await expect(
    world.create(world.ada, world.bearer('Foreign', 'a-secret', { allowedWorkflowIds: [foreign] })),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

test('another workspace finds, changes and uses nothing', async () => {
  const made = await world.create(world.stranger, world.bearer('Theirs', 'a-secret-of-theirs'));
  const params = { id: made.id };
  const attempts = [
    () => getConnection(world.services, world.ada, { ...none, params }),
    () => getConnectionUses(world.services, world.ada, { ...none, params }),
    () => testConnection(world.services, world.ada, { ...none, params }),
    () => world.patch(world.ada, made.id, { secret: 'taken-over' }),
    () =>
      deleteConnection(world.services, world.ada, {
        params,
        query: { force: '' },
        body: undefined,
      }),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  }
  const { error, sent } = await world.run({ url: world.url(), connection: 'Theirs' });
  expect([error?.code, sent.length]).toEqual(['connection_missing', 0]);
  // A row that is copied to another workspace does not open there.
  await world.services.pool.query(
    `insert into connection (id, workspace_id, name, kind, config, ciphertext, wrapped_key, master_key_id)
     select gen_random_uuid(), $1, 'Copied', kind, config, ciphertext, wrapped_key, master_key_id
     from connection where id = $2`,
    [world.ada.workspaceId, made.id],
  );
  const copied = await world.run({ url: world.url(), connection: 'Copied' });
  expect([copied.error?.code, copied.sent.length]).toEqual(['connection_unreadable', 0]);
});

test('changes at once all succeed, and each leaves its line in the audit trail', async () => {
  const made = await world.create(world.ada, world.bearer('Many', 'the-secret-before'));
  const config = { hosts: [world.outside.bound.host], testUrl: world.url('/test') };
  await Promise.all([
    world.patch(world.ada, made.id, { secret: 'the-secret-after' }),
    world.patch(world.ada, made.id, { name: 'Many changed' }),
    world.patch(world.ada, made.id, { config }),
    ...Array.from({ length: 10 }, () =>
      world.patch(world.ada, made.id, { allowedWorkflowIds: null, allowedUserIds: null }),
    ),
  ]);
  const after = await getConnection(world.services, world.ada, {
    ...none,
    params: { id: made.id },
  });
  expect(after).toMatchObject({ name: 'Many changed', config });
  const { sent } = await world.run({ url: world.url(), connection: 'Many changed' });
  expect(sent[0]?.headers.authorization).toBe('Bearer the-secret-after');
  const { rows } = await world.services.pool.query<{ action: string }>(
    "select action from audit where subject_type = 'connection' and subject_id = $1",
    [made.id],
  );
  expect(rows.map(({ action }) => action).sort()).toEqual([
    ...Array(12).fill('connection.changed'),
    'connection.created',
    'connection.secret-changed',
  ]);
});

test('a stored secret is not led elsewhere, and names are taken once', async () => {
  const made = await world.create(world.ada, world.bearer('Kept', 'the-kept-secret'));
  const hosts = [world.outside.bound.host, 'evil.example.com'];
  await expect(world.patch(world.ada, made.id, { config: { hosts } })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect(
    await world.patch(world.ada, made.id, { config: { hosts }, secret: 'entered-again' }),
  ).toMatchObject({
    config: { hosts },
  });
  await expect(
    world.patch(world.ada, made.id, { config: { hosts, userName: 'ada' } }),
  ).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(world.create(world.ada, world.bearer('Kept', 'another'))).rejects.toMatchObject({
    code: 'conflict',
  });
  const two = await world.create(world.ada, world.bearer('Kept 2', 'another'));
  await expect(world.patch(world.ada, two.id, { name: 'Kept' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await world.create(world.stranger, world.bearer('Kept', 'another'))).toMatchObject({
    name: 'Kept',
  });
});

test('a test says in a sentence how the server answered', async () => {
  const secret = `canary-${randomUUID()}`;
  const config = { hosts: [world.outside.bound.host], testUrl: world.url('/me') };
  const made = await world.create(world.ada, world.bearer('Tested', secret, { config }));
  const tried = () =>
    testConnection(world.services, world.ada, { ...none, params: { id: made.id } });
  expect(await tried()).toEqual({
    ok: true,
    message: `${world.outside.bound.host} accepted the credentials (status 200).`,
  });
  expect(world.seen.at(-1)?.headers.authorization).toBe(`Bearer ${secret}`);
  world.outside.bound.answer = (_asked, response) => response.writeHead(401).end(secret);
  const rejected = await tried();
  expect(rejected).toMatchObject({ ok: false, message: expect.stringContaining('rejected') });
  world.outside.bound.answer = (_asked, response) => response.destroy();
  expect(await tried()).toMatchObject({ ok: false, message: expect.stringContaining('broke') });
  world.outside.bound.answer = undefined;
  const bare = await world.create(world.ada, world.bearer('Untested', secret));
  await expect(
    testConnection(world.services, world.ada, { ...none, params: { id: bare.id } }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

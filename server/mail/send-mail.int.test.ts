import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { at } from '@/lib/values/unknown';
import { testConnection } from '@/server/connections/test-connection';
import { none, openWorld } from '@/server/connections/testing/world';
import { createEgress } from '@/server/egress/client';
import { localTls } from '@/server/testing/tls';
import { openMailServer } from './testing/mail-server';
import { tryMailServer } from './try-mail-server';

type World = Awaited<ReturnType<typeof openWorld>>;
type Server = Awaited<ReturnType<typeof openMailServer>>;
let world: World;
const servers: Server[] = [];

beforeAll(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => world?.close());

async function serve(...options: Parameters<typeof openMailServer>): Promise<Server> {
  const server = await openMailServer(...options);
  servers.push(server);
  return server;
}

const settingsFor = ({ port }: Pick<Server, 'port'>, more: object = {}) => ({
  ...{ host: '127.0.0.1', port, security: 'starttls' as const, userName: 'ada' },
  ...{ from: 'Shop <shop@example.com>', certificate: localTls.cert, ...more },
});

async function connect(server: Server, more: object = {}, secret = 'right-password') {
  const name = `Mail ${randomUUID()}`;
  const config = settingsFor(server, more);
  const made = await world.create(world.ada, {
    ...{ name, kind: 'smtp', config, secret, allowedWorkflowIds: null, allowedUserIds: null },
  });
  return { name, id: made.id };
}

const mail = (connection: string, more: object = {}) => ({
  ...{ connection, to: 'ben@example.com', subject: 'Orders', message: 'Three orders.', ...more },
});
const send = (config: object, more: Parameters<World['run']>[1] = {}) =>
  world.run(config, { type: 'send-mail', ...more });
const twice = { retry: { attempts: 2, backoffMs: 10, maxBackoffMs: 20 } };

test('an email with everything reaches the server, and hidden recipients stay hidden', async () => {
  const server = await serve();
  const { name } = await connect(server);
  const { rows } = await world.services.pool.query<{ id: string }>(
    `insert into file (id, workspace_id, name, media_type, size, sha256, data)
     values (gen_random_uuid(), $1, 'orders.csv', 'text/csv', 3, 'x', 'a;b') returning id`,
    [world.ada.workspaceId],
  );
  const { state, step } = await send(
    mail(name, {
      ...{ to: '{{ input.to }}', cc: 'Cleo <cleo@example.com>', bcc: 'dan@example.com' },
      ...{ replyTo: 'desk@example.com', subject: 'Größe für {{ input.who }}' },
      ...{ format: 'html', message: '<p>Dear {{ input.who }},</p>' },
      attachments: [
        { id: 'a', source: 'file', file: rows[0]?.id },
        { id: 'b', source: 'text', name: 'sum.txt', content: 'Sum: {{ 1 + 1 }}' },
      ],
    }),
    { input: { to: ['ben@example.com', 'eve@example.com'], who: '<b>Ben</b>' } },
  );
  expect(state.status).toBe('succeeded');
  const [got] = server.received;
  expect(server.received).toHaveLength(1);
  expect(got?.from).toBe('shop@example.com');
  expect(got?.to).toEqual([
    ...['ben@example.com', 'eve@example.com', 'cleo@example.com', 'dan@example.com'],
  ]);
  expect(got?.text).not.toContain('dan@example.com');
  for (const part of [
    ...['From: Shop <shop@example.com>', 'Reply-To: desk@example.com', 'orders.csv', 'sum.txt'],
    ...['&lt;b&gt;Ben&lt;/b&gt;', 'Auto-Submitted: auto-generated', 'multipart/alternative'],
    ...[Buffer.from('a;b').toString('base64'), Buffer.from('Sum: 2').toString('base64')],
  ]) {
    expect(got?.text).toContain(part);
  }
  expect(got?.text).toContain(`Message-ID: ${at(step?.output, 'messageId')}`);
  expect(step?.output).toMatchObject({ accepted: got?.to, rejected: [] });
  expect(step?.input).toMatchObject({ message: '<p>Dear &lt;b&gt;Ben&lt;/b&gt;,</p>' });
});

test('what would add a header or a recipient is refused, and nothing is sent', async () => {
  const server = await serve();
  const { name } = await connect(server);
  const evil = [
    'ben@example.com\r\nBcc: eve@example.com',
    'ben@example.com>\nRCPT TO:<eve@example.com',
  ];
  const hostile = [
    ...evil.map((to) => ({ config: { to: '{{ input.x }}' }, x: to })),
    ...evil.map((from) => ({ config: { from: '{{ input.x }}' }, x: from })),
    ...evil.map((replyTo) => ({ config: { replyTo: '{{ input.x }}' }, x: replyTo })),
    { config: { subject: '{{ input.x }}' }, x: 'Hello\r\nBcc: eve@example.com' },
    { config: { subject: '{{ input.x }}' }, x: 'Hello\u2028Bcc: eve@example.com' },
    {
      config: { attachments: [{ id: 'a', source: 'text', name: '{{ input.x }}', content: 'x' }] },
      x: 'a.txt"\r\nX-Evil: 1',
    },
    { config: { to: '{{ input.x }}' }, x: Array(101).fill('ben@example.com').join(',') },
  ];
  const codes = [];
  for (const { config, x } of hostile) {
    codes.push((await send(mail(name, config), { input: { x } })).error?.code);
  }
  expect(new Set(codes)).toEqual(
    new Set(['invalid_address', 'invalid_header', 'too_many_recipients']),
  );
  expect(server.received).toEqual([]);
});

test('a refusal for now is tried again although an email is sent once only', async () => {
  let refusals = 0;
  const server = await serve({
    onRcptTo(_address, _session, done) {
      refusals += 1;
      if (refusals > 1) return done();
      done(Object.assign(new Error('greylisted'), { responseCode: 451 }));
    },
  });
  const { name } = await connect(server);
  const { state, step } = await send(mail(name), { policy: twice });
  expect([state.status, step?.attempt, server.received.length]).toEqual(['succeeded', 2, 1]);
  const wrong = await connect(server, {}, 'wrong-password');
  const refused = await send(mail(wrong.name), { policy: twice });
  expect(refused.error).toMatchObject({ code: 'mail_sign_in', retryable: false });
  expect(JSON.stringify(refused.state)).not.toContain('wrong-password');
});

test('a server that is lost after it had the message: not sent again unless the policy says so', async () => {
  const ids: (string | undefined)[] = [];
  const server = await serve({
    onData(stream) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      stream.on('end', () => {
        ids.push(/^Message-ID: (.*)$/m.exec(text)?.[1]?.trim());
        server.cut();
      });
    },
  });
  const { name } = await connect(server);
  const once = await send(mail(name), { policy: twice });
  expect(once.error?.code).toBe('outcome_unknown');
  expect(ids).toHaveLength(1);
  const repeated = await send(mail(name), { policy: { ...twice, sideEffects: 'repeat' } });
  expect(repeated.error?.code).toBe('outcome_unknown');
  expect(ids).toHaveLength(3);
  expect(ids[2]).toBe(ids[1]);
  expect(ids[1]).not.toBe(ids[0]);
});

test('a password leaves for nobody who cannot prove to be the server', {
  tags: 'long',
}, async () => {
  const open = await serve({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
  const stripped = await send(mail((await connect(open)).name));
  expect(stripped.error).toMatchObject({ code: 'mail_refused' });
  const strange = await serve();
  const untrusted = await send(mail((await connect(strange, { certificate: undefined })).name));
  expect(untrusted.error?.message).toContain('encrypted connection');
  expect([...open.attempts.auth, ...strange.attempts.auth]).toEqual([]);
  await expect(connect(strange, { security: 'none' })).rejects.toThrow();
});

test('a private server gets no connection unless the operator allows it', async () => {
  const server = await serve();
  const closed = createEgress({ egressAllow: [] });
  for (const host of ['127.0.0.1', 'localhost']) {
    const config = { ...settingsFor(server), host };
    const redact = { text: (text: string) => text, value: <T>(value: T) => value };
    const opened = {
      kind: 'smtp' as const,
      config,
      name: 'Mail',
      secret: 'right-password',
      redact,
    };
    const tried = await tryMailServer(closed, opened);
    expect(tried).toMatchObject({ ok: false, message: expect.stringContaining('only public') });
  }
  await closed.close();
  expect(server.attempts.connections).toBe(0);
});

test('a rehearsal sends nothing, and a test signs in without sending', async () => {
  const server = await serve();
  const { name, id } = await connect(server);
  const rehearsed = await send(mail(name), { mode: 'rehearsal' });
  expect(rehearsed.step?.reason).toBe('Rehearsed: “Orders” was not sent to ben@example.com.');
  expect(server.attempts.connections).toBe(0);
  const tried = await testConnection(world.services, world.ada, { ...none, params: { id } });
  expect(tried).toEqual({ ok: true, message: '127.0.0.1 accepted the user name and password.' });
  const wrong = await connect(server, {}, 'wrong-password');
  const params = { id: wrong.id };
  const refused = await testConnection(world.services, world.ada, { ...none, params });
  expect(refused.ok).toBe(false);
  expect(refused.message).toContain('rejected the user name or password');
  expect(refused.message).not.toContain('wrong-password');
  expect(server.received).toEqual([]);
});

test('another server or less encryption needs the password again', async () => {
  const server = await serve();
  const { id } = await connect(server);
  const changes = [{ host: 'localhost' }, { port: 25 }, { certificate: undefined }];
  for (const change of changes) {
    const config = settingsFor(server, change);
    await expect(world.patch(world.ada, id, { config })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  }
  const config = settingsFor(server, { from: 'New <new@example.com>' });
  await expect(world.patch(world.ada, id, { config })).resolves.toMatchObject({ config });
});

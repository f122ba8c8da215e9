import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { at, listIn } from '@/lib/values/unknown';
import { testConnection } from '@/server/connections/test-connection';
import { none, openWorld } from '@/server/connections/testing/world';
import { createEgress } from '@/server/egress/client';
import { localTls } from '@/server/testing/tls';
import { email, type ImapOptions, multipart, openImapServer } from '../testing/imap-server';
import { tryMailbox } from './try-mailbox';

type World = Awaited<ReturnType<typeof openWorld>>;
type Server = Awaited<ReturnType<typeof openImapServer>>;
let world: World;
const servers: Server[] = [];

beforeAll(async () => {
  world = await openWorld();
  // The program that reads emails is made now.
  await world.services.documents.mail({ bytes: new Uint8Array(), cut: false }, 'warm');
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => world?.close());

async function serve(options: ImapOptions = {}): Promise<Server> {
  const server = await openImapServer(options);
  servers.push(server);
  return server;
}

const settingsFor = ({ port }: { port: number }, more: object = {}) => ({
  ...{ host: '127.0.0.1', port, security: 'tls' as const, userName: 'ada' },
  ...{ certificate: localTls.cert, ...more },
});

async function connect(server: Server, more: object = {}, secret = 'right-password') {
  const name = `Mailbox ${randomUUID()}`;
  const made = await world.create(world.ada, {
    ...{
      name,
      kind: 'imap',
      config: settingsFor(server, more),
      secret,
      allowedWorkflowIds: null,
      allowedUserIds: null,
    },
  });
  return { name, id: made.id };
}

const read = async (config: object, more: Parameters<World['run']>[1] = {}) => {
  const run = await world.run(config, { type: 'read-mailbox', ...more });
  return { ...run, output: run.step?.output };
};
const subjects = (output: unknown) =>
  listIn(at(output, 'messages')).map((one) => at(one, 'subject'));
const twice = { retry: { attempts: 3, backoffMs: 10, maxBackoffMs: 20 } };

test('emails are read as data, oldest first, with their files; nothing is changed', async () => {
  const server = await serve();
  const { name } = await connect(server);
  const [body, type] = multipart([
    {
      type: 'text/plain; charset=iso-8859-1',
      body: 'Gr=FC=DFe',
      head: 'Content-Transfer-Encoding: quoted-printable\r\n',
    },
    {
      type: 'text/csv; name="=?utf-8?q?Bestellung_=C3=A4.csv?="',
      body: Buffer.from('id;total\n1;9').toString('base64'),
      head: 'Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n',
    },
  ]);
  const receivedAt = new Date('2026-05-04T09:30:00Z');
  server.deliver(
    email({ Subject: '=?utf-8?b?R3LDvMOfZQ==?=', 'Reply-To': 'x@example.com' }, body, type),
    { receivedAt },
  );
  server.deliver(email({ Subject: 'Second' }, 'Two'));
  const { output } = await read({ connection: name });
  expect(output).toMatchObject({
    ...{ count: 2, more: 0 },
    messages: [
      {
        ...{ id: '1:1', from: 'ben@example.com', fromName: 'Ben', replyTo: 'x@example.com' },
        ...{ subject: 'Grüße', text: 'Grüße', unread: true, incomplete: false },
        ...{ to: ['orders@example.com'], receivedAt: '2026-05-04T09:30:00.000Z' },
        attachments: [{ name: 'Bestellung ä.csv', mediaType: 'text/csv', size: 12 }],
      },
      { id: '1:2', subject: 'Second', text: 'Two' },
    ],
  });
  const file = at(listIn(at(listIn(at(output, 'messages'))[0], 'attachments'))[0], 'id');
  const { rows } = await world.services.pool.query(
    'select data, workspace_id from file where id = $1',
    [file],
  );
  expect(rows).toMatchObject([{ workspace_id: world.ada.workspaceId }]);
  expect(String(rows[0].data)).toBe('id;total\n1;9');
  expect(server.list('INBOX')).toEqual([
    { uid: 1, read: false },
    { uid: 2, read: false },
  ]);
});

test('filters, limits and order', async () => {
  const server = await serve();
  const { name } = await connect(server);
  for (let index = 1; index <= 12; index += 1) {
    const From = index % 3 === 0 ? 'Eva <eva@shop.example>' : 'Ben <ben@example.com>';
    server.deliver(email({ From, Subject: `Order ${index}` }, index === 7 ? 'wörter' : 'x'));
  }
  const asked = async (config: object) => (await read({ connection: name, ...config })).output;
  expect(subjects(await asked({ from: '@shop' }))).toEqual([3, 6, 9, 12].map((n) => `Order ${n}`));
  expect(subjects(await asked({ words: 'wörter' }))).toEqual(['Order 7']);
  const newest = await asked({ limit: 2, order: 'newest' });
  expect([subjects(newest), at(newest, 'more')]).toEqual([['Order 12', 'Order 11'], 10]);
  expect(subjects(await asked({ subject: 'nothing of the kind' }))).toEqual([]);
});

test('marking and moving come after the emails are kept: a break in between loses none', async () => {
  let breaks = 2;
  const server: Server = await serve({
    instead(command) {
      if (!/^UID (STORE|MOVE)/.test(command) || breaks === 0) return undefined;
      breaks -= 1;
      setImmediate(() => server.cut());
      return '* OK ';
    },
  });
  const { name } = await connect(server);
  server.deliver(email({ Subject: 'Once' }, 'x'));
  const first = await read({ connection: name, after: 'mark-read' }, { policy: twice });
  expect([first.state.status, subjects(first.output), breaks]).toEqual(['succeeded', ['Once'], 0]);
  expect(server.list('INBOX')).toEqual([{ uid: 1, read: true }]);
  expect(subjects((await read({ connection: name, after: 'mark-read' })).output)).toEqual([]);
  server.deliver(email({ Subject: 'Twice' }, 'x'));
  breaks = 1;
  const moved = await read(
    { connection: name, after: 'move', moveTo: 'Archive' },
    { policy: twice },
  );
  expect([moved.state.status, subjects(moved.output)]).toEqual(['succeeded', ['Twice']]);
  expect(server.list('INBOX')).toEqual([{ uid: 1, read: true }]);
  expect(server.list('Archive')).toHaveLength(1);
  const nowhere = await read({
    connection: name,
    unreadOnly: false,
    after: 'move',
    moveTo: 'Nope',
  });
  expect(nowhere.state.status).toBe('failed');
  expect(server.list('INBOX')).toHaveLength(1);
});

test('hostile emails are bounded, and hold no other one up', { tags: 'long' }, async () => {
  const server = await serve();
  const { name } = await connect(server);
  let nested = 'Content-Type: text/plain\r\n\r\ndeep';
  for (let depth = 0; depth < 300; depth += 1) {
    const boundary = `b${depth}`;
    nested = `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n--${boundary}\r\n${nested}\r\n--${boundary}--`;
  }
  server.deliver(`Subject: nested\r\n${nested}`);
  server.deliver(email({ Subject: 'huge' }, 'a'.repeat(26 * 1_048_576)));
  server.deliver(email({ Subject: 'long' }, 'b'.repeat(1_000_000)));
  server.deliver(Buffer.from([0, 255, 254, 13, 10, 0, 1, 2]));
  server.deliver(`Subject: many\r\n${'X: y\r\n'.repeat(300_000)}\r\nx`);
  server.deliver(
    email({ Subject: 'html' }, '<p>Hello<script>alert(1)</script> &amp; bye</p>', 'text/html'),
  );
  const [body, type] = multipart(
    Array.from({ length: 200 }, (_, index) => ({
      type: 'text/plain; name="../../etc/passwd\u202Etxt"',
      body: String(index),
      head: 'Content-Disposition: attachment\r\n',
    })),
  );
  server.deliver(email({ Subject: 'files\r\n\tX-Evil: 1' }, body, type));
  server.deliver(email({ Subject: 'normal' }, 'fine'));
  const { output, state } = await read({ connection: name });
  expect(state.status).toBe('succeeded');
  const messages = listIn(at(output, 'messages'));
  expect(messages).toHaveLength(8);
  const by = (subject: string) => messages.find((one) => at(one, 'subject') === subject);
  expect(at(by('huge'), 'incomplete')).toBe(true);
  expect(at(by('long'), 'incomplete')).toBe(true);
  expect(at(by('html'), 'text')).toContain('Hello');
  expect(at(by('normal'), 'text')).toBe('fine');
  const files = listIn(at(by('files X-Evil: 1'), 'attachments'));
  expect(files).toHaveLength(50);
  expect(String(at(files[0], 'name'))).not.toMatch(/[/\\\u202E]/);
  expect(
    messages.filter((one) => String(at(one, 'text')).startsWith('This email could not be read')),
  ).toHaveLength(2);
});

test('what is taken of a text has an end, and a pile of parts is read within its process', async () => {
  const { documents } = world.services;
  const long = Buffer.from(email({ Subject: 's'.repeat(5_000) }, '\0<b>'.repeat(300_000)));
  const read = await documents.mail({ bytes: long, cut: false }, 'one');
  if ('problem' in read) throw new Error(read.problem);
  expect([read.text.length, read.subject.length, read.incomplete]).toEqual([200_000, 1_000, true]);
  expect(read.text).not.toContain('\0');
  const people = Array.from({ length: 5_000 }, (_, at) => `P${at} <p${at}@example.com>`).join(', ');
  const crowd = await documents.mail(
    { bytes: Buffer.from(email({ To: people }, 'x')), cut: false },
    'one',
  );
  expect('problem' in crowd ? crowd : [crowd.to.length, crowd.incomplete]).toEqual([200, true]);
});

test('hostile servers are bounded: endless lines and huge literals', async () => {
  for (const instead of [
    () => `* OK ${'x'.repeat(5 * 1_048_576)}\r\n`,
    () => `* 1 FETCH (UID 1 BODY[] {${2 ** 40}}\r\n`,
  ]) {
    const server = await serve({
      instead: (command) => (command.startsWith('UID SEARCH') ? instead() : undefined),
    });
    const { name } = await connect(server);
    const { state, error } = await read({ connection: name });
    expect([state.status, error?.code]).toEqual(['failed', 'mail_refused']);
  }
}, 60_000);

test('a password leaves for nobody who cannot prove to be the server, and comes back nowhere', {
  tags: 'long',
}, async () => {
  const open = await serve({ withoutTls: true });
  const stripped = await connect(open, { port: open.plainPort, security: 'starttls' });
  expect((await read({ connection: stripped.name })).state.status).toBe('failed');
  const strange = await serve();
  const untrusted = await read({
    connection: (await connect(strange, { certificate: undefined })).name,
  });
  expect(untrusted.error?.message).toContain('encrypted connection');
  expect([...open.commands, ...strange.commands].filter((one) => one === 'LOGIN')).toEqual([]);
  const wrong = await connect(strange, {}, 'wrong-password');
  const refused = await read({ connection: wrong.name }, { policy: twice });
  expect(refused.error).toMatchObject({ code: 'mail_sign_in', retryable: false });
  expect(JSON.stringify(refused.state)).not.toContain('wrong-password');
  const params = { id: wrong.id };
  const tried = await testConnection(world.services, world.ada, { ...none, params });
  expect(tried.ok).toBe(false);
  expect(tried.message).not.toContain('wrong-password');
  await expect(connect(strange, { security: 'none' })).rejects.toThrow();
});

test('STARTTLS, a test that reads nothing, and a rehearsal that connects to nobody', async () => {
  const server = await serve();
  server.deliver(email({ Subject: 'Hello' }, 'x'));
  const { name, id } = await connect(server, { port: server.plainPort, security: 'starttls' });
  expect(subjects((await read({ connection: name })).output)).toEqual(['Hello']);
  const tried = await testConnection(world.services, world.ada, { ...none, params: { id } });
  expect(tried).toEqual({ ok: true, message: '127.0.0.1 accepted the user name and password.' });
  const before = server.connections;
  const rehearsed = await read({ connection: name }, { mode: 'rehearsal' });
  expect(at(rehearsed.output, 'rehearsed')).toBe(true);
  expect(server.connections).toBe(before);
});

test('a private server gets no connection unless the operator allows it; another server needs the password again', async () => {
  const server = await serve();
  const closed = createEgress({ egressAllow: [] });
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
    const redact = { text: (text: string) => text, value: <T>(value: T) => value };
    const tried = await tryMailbox(closed, {
      ...{ kind: 'imap', config: { ...settingsFor(server), host }, name: 'Mailbox' },
      ...{ secret: 'right-password', redact },
    });
    expect(tried).toMatchObject({ ok: false, message: expect.stringContaining('only public') });
  }
  await closed.close();
  expect(server.connections).toBe(0);
  const { id } = await connect(server);
  for (const change of [{ host: 'localhost' }, { port: 25 }, { certificate: undefined }]) {
    const config = settingsFor(server, change);
    await expect(world.patch(world.ada, id, { config })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  }
});

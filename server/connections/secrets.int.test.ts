import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at } from '@/lib/values/unknown';
import { openImapServer } from '@/server/mail/testing/imap-server';
import { openMailServer } from '@/server/mail/testing/mail-server';
import { emptyDatabase } from '@/server/testing/database';
import { localTls } from '@/server/testing/tls';
import { listConnections } from './list-connections';
import { openProvider } from './testing/provider';
import { none, openWorld } from './testing/world';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

/** All rows of all tables as text, but for the sealed column itself; what is binary as hex and as its characters. */
async function dump(): Promise<{ tables: number; text: string }> {
  const { rows } = await world.services.pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const parts: string[] = [];
  for (const { name } of rows) {
    const { rows: held } = await world.services.pool.query(`select * from ${name}`);
    parts.push(
      JSON.stringify(held, (_key, value: unknown) => {
        const data = at(value, 'type') === 'Buffer' ? at(value, 'data') : undefined;
        return Array.isArray(data) ? Buffer.from(data).toString('latin1') : value;
      }),
    );
  }
  return { tables: rows.length, text: parts.join('\n') };
}

test('a secret of each kind arrives, and is found nowhere else', async () => {
  const canary = () => `canary-${randomUUID()}`;
  const secrets = { header: canary(), query: canary(), bearer: canary(), basic: canary() };
  const hosts = [world.outside.bound.host];
  const all = { allowedWorkflowIds: null, allowedUserIds: null };
  const answers: unknown[] = [
    await world.create(world.ada, {
      ...{ name: 'Header', kind: 'api_key', secret: secrets.header, ...all },
      config: { hosts, in: 'header', name: 'X-Key' },
    }),
    await world.create(world.ada, {
      ...{ name: 'Query', kind: 'api_key', secret: secrets.query, ...all },
      config: { hosts, in: 'query', name: 'key' },
    }),
    await world.create(world.ada, world.bearer('Bearer', secrets.bearer)),
    await world.create(world.ada, {
      ...{ name: 'Basic', kind: 'basic', secret: secrets.basic, ...all },
      config: { hosts, userName: 'ada' },
    }),
  ];
  const runs = [];
  for (const connection of ['Header', 'Query', 'Bearer', 'Basic']) {
    runs.push(await world.run({ url: world.url('/a?x=1'), connection }));
    runs.push(await world.run({ url: world.url('/a'), connection, expect: '404' }));
  }
  const sent = runs.flatMap((each) => each.sent).map((each) => JSON.stringify(each));
  const basic = Buffer.from(`ada:${secrets.basic}`).toString('base64');
  const forms = [secrets.header, secrets.query, `Bearer ${secrets.bearer}`, `Basic ${basic}`];
  for (const [index, form] of forms.entries()) {
    expect(sent.slice(2 * index, 2 * index + 2).every((line) => line.includes(form))).toBe(true);
  }
  expect(sent[2]).toContain('/a?x=1&key=');
  expect(runs.map(({ state }) => state.status)).toEqual(
    Array(4).fill(['succeeded', 'failed']).flat(),
  );
  expect(JSON.stringify(runs[0]?.step?.output)).toContain('[secret]');
  answers.push(await listConnections(world.services, world.ada, none));
  const { tables, text } = await dump();
  const places = { database: text, runs: JSON.stringify(runs.map(({ state }) => state)) };
  const haystack = [places.database, places.runs, JSON.stringify(answers)];
  const needles = [...Object.values(secrets), basic].flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
  ]);
  const hits = needles.filter((needle) => haystack.some((hay) => hay.includes(needle)));
  process.stdout.write(
    `secrets found: ${hits.length} of ${needles.length} forms, in ${tables} tables (${text.length} characters), ${runs.length} runs, ${answers.length} answers\n`,
  );
  expect(hits).toEqual([]);
  expect(tables).toBeGreaterThan(20);
});

test('secrets and tokens of the kinds that open servers or sign in are found nowhere else', async () => {
  const canary = () => `canary-${randomUUID()}`;
  const all = { allowedWorkflowIds: null, allowedUserIds: null };
  const inbox = await openImapServer();
  const secrets = {
    mail: canary(),
    inbox: canary(),
    bank: canary(),
    shop: canary(),
    client: 'client-secret',
  };
  const provider = await openProvider();
  const mails = await openMailServer({
    // It repeats the password, as servers of others may.
    onAuth: ({ password }, _session, done) => done(new Error(`wrong password ${password}`)),
  });
  const bank = new URL(await emptyDatabase());
  const name = bank.username;
  const config = { host: '127.0.0.1', database: bank.pathname.slice(1), userName: name };
  const open = { security: 'none' as const };
  const answers: unknown[] = [
    await world.create(world.ada, {
      ...{ name: 'Mails', kind: 'smtp', secret: secrets.mail, ...all },
      config: {
        ...{ host: '127.0.0.1', port: mails.port, security: 'starttls', userName: 'ada' },
        ...{ from: 'shop@example.com', certificate: localTls.cert },
      },
    }),
    await world.create(world.ada, {
      ...{ name: 'Inbox', kind: 'imap', secret: secrets.inbox, ...all },
      config: {
        ...{ host: '127.0.0.1', port: inbox.port, security: 'tls', userName: 'ada' },
        certificate: localTls.cert,
      },
    }),
    await world.create(world.ada, {
      ...{ name: 'Bank', kind: 'postgres', secret: secrets.bank, ...all },
      config: { ...config, ...open, port: Number(bank.port) },
    }),
    // Nothing listens there.
    await world.create(world.ada, {
      ...{ name: 'Shop', kind: 'mysql', secret: secrets.shop, ...all },
      config: { ...config, ...open, port: 9 },
    }),
    await world.create(world.ada, {
      ...{ name: 'App', kind: 'oauth2', secret: secrets.client, ...all },
      config: {
        ...{ hosts: [provider.host], grant: 'client_credentials', clientId: 'c' },
        ...{ tokenUrl: `${provider.origin}/token`, scopes: '', clientAuth: 'basic' },
      },
    }),
  ];
  const ask = { statement: 'select $1::text as said', parameters: [{ id: 'p', value: '"x"' }] };
  const send = { to: 'ben@example.com', subject: 'Hi', message: 'Hi' };
  const runs = [
    await world.run({ connection: 'Mails', ...send }, { type: 'send-mail' }),
    await world.run({ connection: 'Inbox' }, { type: 'read-mailbox' }),
    await world.run({ connection: 'Bank', ...ask }, { type: 'sql-query' }),
    await world.run({ connection: 'Bank', statement: 'select broken' }, { type: 'sql-query' }),
    await world.run({ connection: 'Shop', statement: 'select 1' }, { type: 'sql-query' }),
    await world.run({ connection: 'App', url: `${provider.origin}/me` }),
    await world.run({ connection: 'App', url: `${provider.origin}/me`, expect: '404' }),
  ];
  expect(mails.attempts.connections).toBe(1);
  expect(runs[0]?.error?.code).toBe('mail_sign_in');
  expect(runs[1]?.error?.code).toBe('mail_sign_in');
  expect(JSON.stringify(runs[5]?.step?.output)).toContain('Bearer [secret]');
  answers.push(await listConnections(world.services, world.ada, none));
  const { tables, text } = await dump();
  const haystack = [text, JSON.stringify(runs.map(({ state }) => state)), JSON.stringify(answers)];
  const planted = [...Object.values(secrets), ...provider.secrets()];
  const needles = planted.flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
  ]);
  const hits = needles.filter((needle) => haystack.some((hay) => hay.includes(needle)));
  process.stdout.write(
    `secrets of servers and tokens found: ${hits.length} of ${needles.length} forms, in ${tables} tables (${text.length} characters), ${runs.length} runs, ${answers.length} answers\n`,
  );
  expect(hits).toEqual([]);
  provider.close();
  await mails.close();
  await inbox.close();
});

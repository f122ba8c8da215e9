import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at } from '@/lib/values/unknown';
import type { OpenServer } from '@/server/connections/open-connection';
import { testConnection } from '@/server/connections/test-connection';
import { none, openWorld } from '@/server/connections/testing/world';
import { emptyDatabase } from '@/server/testing/database';
import { askDatabase } from './ask-database';
import { hostileValues } from './testing/hostile-values';
import { hasMysql, startMysql } from './testing/mysql-server';

type World = Awaited<ReturnType<typeof openWorld>>;
type Server = OpenServer<'postgres' | 'mysql'>;
type Database = {
  server: Server;
  /** The place of the first value. */
  mark: string;
  /** What the table holds, as the owner sees it. */
  held(): Promise<unknown>;
};
let world: World;
let postgres: Database;
let mysql: Database | undefined;
const closing: (() => Promise<unknown>)[] = [];

const setUp = [
  'create table accounts (id int primary key, name varchar(200), balance int)',
  "insert into accounts values (1, 'Ada', 100), (2, 'Ben', 50)",
];
const redact = { text: (text: string) => text, value: <T>(value: T) => value };

beforeAll(async () => {
  world = await openWorld();
  postgres = await openPostgres();
  if (hasMysql) mysql = await openMysql();
  else process.stdout.write('MySQL: not tested, this machine has no mariadbd\n');
});
afterAll(async () => {
  for (const close of closing) await close();
  await world?.close();
});

async function openPostgres(): Promise<Database> {
  const url = new URL(await emptyDatabase());
  const client = new Client({ connectionString: url.href });
  await client.connect();
  closing.push(() => client.end());
  for (const statement of setUp) await client.query(statement);
  await client.query(
    "create function sneak() returns int language sql as 'delete from accounts returning 1'",
  );
  const server: Server = {
    ...{ kind: 'postgres', name: 'Bank', redact, secret: decodeURIComponent(url.password) },
    config: {
      ...{ host: '127.0.0.1', port: Number(url.port), database: url.pathname.slice(1) },
      ...{ userName: url.username, security: 'none' },
    },
  };
  const held = async () => (await client.query('select * from accounts order by id')).rows;
  return { server, mark: '$1', held };
}

async function openMysql(): Promise<Database> {
  const { port, root, stop } = await startMysql();
  closing.push(stop);
  await root.query('use shop');
  for (const statement of setUp) await root.query(statement);
  const server: Server = {
    ...{ kind: 'mysql', name: 'Bank', redact, secret: 'right-password' },
    config: { host: '127.0.0.1', port, database: 'shop', userName: 'ada', security: 'none' },
  };
  const held = async () => (await root.query('select * from accounts order by id'))[0];
  return { server, mark: '?', held };
}

const databases = () => [postgres, ...(mysql ? [mysql] : [])];
const ask = ({ server }: Database, statement: string, more: object = {}) =>
  askDatabase(
    world.services.egress,
    server,
    {
      ...{ connection: 'Bank', statement, parameters: [], write: false, maxRows: 10 },
      ...{ timeoutMs: 20_000, ...more },
    },
    new AbortController().signal,
  );

test('a query gives columns and rows, with values beside it', async () => {
  for (const database of databases()) {
    const found = await ask(
      database,
      `select name, balance from accounts where id = ${database.mark}`,
      {
        parameters: [1],
      },
    );
    expect(found).toEqual({
      ...{ columns: ['name', 'balance'], rowCount: 1, changed: null },
      rows: [{ name: 'Ada', balance: 100 }],
    });
  }
  const kinds = await ask(
    postgres,
    `select true as yes, 9007199254740993::int8 as large, 1.50::numeric as exact, null as nothing,
       '{"a":1}'::jsonb as json, date '2026-11-30' as day`,
  );
  expect(kinds.rows[0]).toEqual({
    ...{ yes: true, large: '9007199254740993', exact: '1.50', nothing: null },
    ...{ json: { a: 1 }, day: '2026-11-30' },
  });
});

const hostile = Number(process.env.ENSEMBLE_HOSTILE_VALUES ?? 250);

test(`${hostile} hostile values are values: found nowhere, and 0 effects`, async () => {
  const values = hostileValues(hostile);
  for (const database of databases()) {
    const before = await database.held();
    let effects = 0;
    for (const [index, value] of values.entries()) {
      // Also where the statement may write, so that nothing but the parameter holds them back.
      const write = index % 2 === 1;
      const text = `select count(*) as found from accounts where name = ${database.mark}`;
      const { rows } = await ask(database, text, { parameters: [value], write });
      if (Number(rows[0]?.found) !== 0) effects += 1;
    }
    if (JSON.stringify(await database.held()) !== JSON.stringify(before)) effects += 1;
    process.stdout.write(`${database.server.kind}: ${values.length} values, ${effects} effects\n`);
    expect(effects).toBe(0);
  }
}, 600_000);

test('without the switch nothing is changed, however it is asked', async () => {
  const attempts = [
    "insert into accounts values (3, 'Eve', 1)",
    'update accounts set balance = 0',
    'delete from accounts',
    'drop table accounts',
    'truncate table accounts',
    'create table more (id int)',
    'select 1; delete from accounts',
    'commit; delete from accounts',
    'select * from accounts for update',
  ];
  const own = {
    postgres: [
      "select set_config('transaction_read_only', 'off', false), sneak()",
      'select sneak()',
      'with gone as (delete from accounts returning 1) select * from gone',
      'do $$ begin delete from accounts; end $$',
      "copy accounts to program 'true'",
      'commit',
      'set transaction read write',
    ],
    mysql: ["load data local infile '/etc/passwd' into table accounts", 'set autocommit = 1'],
  };
  for (const database of databases()) {
    const before = await database.held();
    let refused = 0;
    const all = [...attempts, ...own[database.server.kind]];
    for (const statement of all) {
      await ask(database, statement).catch((error: unknown) => {
        refused += 1;
        expect(at(error, 'code')).toBe('sql_refused');
      });
    }
    expect(await database.held()).toEqual(before);
    process.stdout.write(
      `${database.server.kind}: ${all.length} attempts to write, ${refused} refused, 0 effects\n`,
    );
    expect(refused).toBeGreaterThan(8);
  }
});

test('with the switch a change is made, and none where the statement fails', async () => {
  for (const database of databases()) {
    const text = `update accounts set balance = balance + ${database.mark} where id = 1`;
    expect(await ask(database, text, { parameters: [5], write: true })).toMatchObject({
      changed: 1,
    });
    expect(at(await database.held(), 0, 'balance')).toBe(105);
    await ask(database, text, { parameters: [-5], write: true });
    await expect(
      ask(database, "insert into accounts values (1, 'again', 0)", { write: true }),
    ).rejects.toMatchObject({ code: 'sql_refused', retryable: false, noEffect: true });
  }
});

test('limits on rows and time end a query with a reason, never with a part of it', async () => {
  for (const database of databases()) {
    await expect(ask(database, 'select * from accounts', { maxRows: 1 })).rejects.toMatchObject({
      code: 'too_many_rows',
    });
    const slow = database.server.kind === 'postgres' ? 'select pg_sleep(20)' : 'select sleep(20)';
    await expect(ask(database, slow, { timeoutMs: 500 })).rejects.toMatchObject({
      code: 'request_timeout',
    });
  }
});

test('a step asks under a connection; templates in a statement are refused; a rehearsal asks nobody', async () => {
  const name = `Bank ${randomUUID()}`;
  const { secret, config } = postgres.server;
  const made = await world.create(world.ada, {
    ...{ name, kind: 'postgres', config, secret, allowedWorkflowIds: null, allowedUserIds: null },
  });
  const step = {
    ...{ connection: name, statement: 'select name from accounts where id = $1' },
    parameters: [{ id: 'p', value: 'input.id' }],
  };
  const run = (more: object = {}) =>
    world.run(step, { type: 'sql-query', input: { id: 2 }, ...more });
  expect((await run()).step?.output).toMatchObject({ rows: [{ name: 'Ben' }] });
  expect((await run({ mode: 'rehearsal' })).step?.reason).toContain('not sent');
  await expect(
    world.run({ ...step, statement: 'select {{ input.id }}' }, { type: 'sql-query' }),
  ).rejects.toThrow('Parameters');
  const wrong = await world.run(
    { ...step, connection: 'Nobody', parameters: [] },
    { type: 'sql-query' },
  );
  expect(wrong.error?.code).toBe('connection_missing');
  const tested = await testConnection(world.services, world.ada, {
    ...none,
    params: { id: made.id },
  });
  expect(tested.ok).toBe(true);
  const http = await world.run({ url: world.url(), connection: name });
  expect([http.error?.code, http.sent.length]).toEqual(['connection_kind', 0]);
});

test('a wrong password is refused without being repeated; TLS is insisted on', async () => {
  for (const database of databases()) {
    const { server } = database;
    const wrong = { ...database, server: { ...server, secret: 'the-wrong-password' } };
    // The embedded Postgres of the tests may let everybody in.
    const error = await ask(wrong, 'select 1').catch((thrown: unknown) => thrown);
    expect(String(at(error, 'message'))).not.toContain('the-wrong-password');
    const config = { ...server.config, security: 'tls' as const };
    await expect(
      ask({ ...database, server: { ...server, config } }, 'select 1'),
    ).rejects.toMatchObject({
      code: 'network_failed',
    });
  }
});

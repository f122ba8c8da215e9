import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at } from '@/lib/values/unknown';
import { listConnections } from './list-connections';
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
  const all = { allowedWorkflowIds: null };
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

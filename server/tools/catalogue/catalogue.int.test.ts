import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServices } from '@/server/compose';
import { databaseUrl } from '@/server/config';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { findTools, grantedTools } from '../find-tools';
import { aMember } from '../testing/task-world';

let services: Services;
/** The pool of another process. */
let other: Pool;
beforeAll(async () => {
  const config = await testConfig();
  services = await createServices(config, 'test');
  other = new Pool({ connectionString: databaseUrl(config), max: 4 });
});
afterAll(async () => {
  await other.end();
  await services.close();
});

const pinned = (name: string, description: string) => ({
  ...{ name, title: name, description, inputSchema: { type: 'object' }, print: description },
  hints: { readOnly: false, destructive: true, idempotent: false, openWorld: true },
  reads: false,
});
async function aServer(pool: Pool, workspaceId: string, name: string, tools: object[]) {
  const id = randomUUID();
  await pool.query(
    `insert into mcp_server (id, workspace_id, name, slug, url, title, protocol, tools, refused, updated_at)
     values ($1, $2, $3, $3, 'https://demo.example/mcp', $3, '2026-07-28', $4, '[]', now())`,
    [id, workspaceId, name, JSON.stringify(tools)],
  );
  return id;
}

const shownOf = (tools: Awaited<ReturnType<typeof findTools>>) =>
  tools.map(({ name, ref, title, description, unavailable, trouble }) =>
    [name, ref, title, description, unavailable, trouble].join('|'),
  );

it('reads nothing again while nothing changes, and sees at once what another process changed', async () => {
  const { workspaceId } = await aMember(services.pool, 'editor');
  const id = await aServer(other, workspaceId, 'demo', [pinned('a', 'Does a.')]);
  const first = await findTools(services, workspaceId);
  expect(await findTools(services, workspaceId)).toBe(first);
  await other.query(`update mcp_server set tools = $2 where id = $1`, [
    id,
    JSON.stringify([pinned('a', 'Does a better.')]),
  ]);
  const next = await findTools(services, workspaceId);
  expect(next.find(({ name }) => name === 'mcp_demo_a')?.description).toBe('Does a better.');
  // The other sources did not change: their tools are the same.
  const ready = (tools: typeof first) => tools.find(({ source }) => source === 'service');
  expect(ready(next)).toBe(ready(first));
  await other.query('delete from mcp_server where id = $1', [id]);
  expect(
    await grantedTools(services, workspaceId, [{ name: 'mcp_demo_a', approval: 'policy' }]),
  ).toEqual([]);
});

it('a workspace never gets tools of another one', async () => {
  const [one, two] = [
    await aMember(services.pool, 'editor'),
    await aMember(services.pool, 'editor'),
  ];
  await aServer(other, one.workspaceId, 'demo', [pinned('mine', 'Mine.')]);
  const found = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      findTools(services, at % 2 === 0 ? one.workspaceId : two.workspaceId),
    ),
  );
  const has = found.map((tools) => tools.some(({ name }) => name === 'mcp_demo_mine'));
  expect(has).toEqual(has.map((_, at) => at % 2 === 0));
});

it('two processes never give out what was before a change that is over', async () => {
  const { workspaceId } = await aMember(services.pool, 'editor');
  let seed = 7;
  const chance = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * most);
  };
  let made = 0;
  const servers: string[] = [];
  const tables: string[] = [];
  const change = async (pool: Pool) => {
    const text = `Version ${chance(3)}.`;
    switch (chance(6)) {
      case 0:
        made += 1;
        servers.push(await aServer(pool, workspaceId, `s${made}`, [pinned('t', text)]));
        break;
      case 1: {
        const id = servers[chance(servers.length)];
        // Back to an earlier state as well, which is another one all the same.
        await pool.query('update mcp_server set tools = $2 where id = $1', [
          id,
          JSON.stringify([pinned('t', text)]),
        ]);
        break;
      }
      case 2: {
        const [id] = servers.splice(chance(servers.length), 1);
        if (id !== undefined) await pool.query('delete from mcp_server where id = $1', [id]);
        break;
      }
      case 3: {
        const id = randomUUID();
        tables.push(id);
        await pool.query(
          `insert into data_table (id, workspace_id, name, columns, updated_at) values ($1, $2, $3, '[]', now())`,
          [id, workspaceId, `Table ${tables.length}`],
        );
        break;
      }
      case 4:
        await pool.query('update data_table set name = $2 where id = $1', [
          tables[chance(tables.length)] ?? randomUUID(),
          `Renamed ${chance(4)} ${randomUUID().slice(0, 4)}`,
        ]);
        break;
      default:
        await pool.query('update mcp_server set problem = $2 where id = $1', [
          servers[chance(servers.length)] ?? randomUUID(),
          chance(2) === 0 ? null : text,
        ]);
    }
  };
  const trials = 60;
  for (let trial = 0; trial < trials; trial += 1) {
    const reads = Array.from({ length: chance(4) }, (_, at) =>
      findTools({ pool: at % 2 === 0 ? services.pool : other }, workspaceId),
    );
    await change(trial % 2 === 0 ? services.pool : other);
    const fresh = new Proxy(other, {});
    const [mine, theirs, truth] = await Promise.all(
      [services.pool, other, fresh].map((pool) => findTools({ pool }, workspaceId)),
    );
    expect(shownOf(mine ?? [])).toEqual(shownOf(truth ?? []));
    expect(shownOf(theirs ?? [])).toEqual(shownOf(truth ?? []));
    await Promise.all(reads);
  }
  process.stdout.write(`catalogue of tools: ${trials} changes by two processes, 0 seen late\n`);
});

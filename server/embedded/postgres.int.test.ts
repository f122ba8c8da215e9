import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@/server/testing/eventually';
import { scratchFolder } from '@/server/testing/scratch';
import { type EmbeddedPostgres, startPostgres } from './postgres';

const dataDir = scratchFolder('embedded');
const lines: string[] = [];
let postgres: EmbeddedPostgres;
const start = () => startPostgres({ dataDir, log: (line) => lines.push(line) });

beforeEach(async () => {
  postgres = await start();
});
afterEach(() => postgres.stop());
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('startPostgres', () => {
  it('speaks UTF-8 and keeps what is committed', async () => {
    const { rows } = await ask(
      "select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync, current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit",
    );
    expect(rows).toEqual([{ encoding: 'UTF8', fsync: 'on', pages: 'on', commit: 'on' }]);
  });

  it('has the same data at the same address after a second start', async () => {
    await ask("create table kept as select 'hello' as word");
    const { url } = postgres;
    await postgres.stop();
    postgres = await start();
    expect(postgres.url).toBe(url);
    expect((await ask('select word from kept')).rows).toEqual([{ word: 'hello' }]);
  });

  it('comes back when it is killed, with what was committed', async () => {
    await ask('create table survivors (id int)');
    const killed = postgres.pid();
    await ask('insert into survivors values (1)');
    process.kill(killed ?? 0, 'SIGKILL');
    await eventually(async () => {
      expect(postgres.pid()).not.toBe(killed);
      expect((await ask('select id from survivors')).rows).toEqual([{ id: 1 }]);
    }, 30_000);
    expect(lines).toContain('Postgres stopped and is restarting.');
  });

  it('comes back while connections of the killed one are still open', async () => {
    const busy = new Client({ connectionString: postgres.url });
    busy.on('error', () => undefined);
    await busy.connect();
    const sleeping = busy.query('select pg_sleep(60)').catch(() => undefined);
    process.kill(postgres.pid() ?? 0, 'SIGKILL');
    await sleeping;
    await eventually(() => ask('select 1'), 30_000);
  });

  it('ends the server that a killed supervisor left, or that ended with it', async () => {
    await postgres.stop();
    const entry = join(import.meta.dirname, '../testing/postgres-fixture.ts');
    const supervisor = spawn(process.execPath, ['--import', 'tsx', entry, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(supervisor.stdout, 'data');
    supervisor.kill('SIGKILL');
    postgres = await start();
    expect((await ask('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

async function ask(sql: string) {
  const client = new Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}

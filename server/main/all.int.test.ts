import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { scratchFolder } from '@/server/testing/scratch';

const dataDir = scratchFolder('all');
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('npm start', () => {
  it('refuses a wrong value with one line', async () => {
    const { code, said } = await start({ PORT: 'many' });
    expect(code).toBe(1);
    expect(said).toBe(
      'PORT is "many", but must be a whole number from 0 to 65535. Correct it in the environment and start again.\n',
    );
  });

  it('refuses a busy port with one line', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, said } = await start({ PORT: String(port) });
    server.close();
    expect(code).toBe(1);
    expect(said).toMatch(/^Port \d+ on 127\.0\.0\.1 is in use by another program\. .*npm start\n$/);
  });

  it('refuses a database that does not answer with one line', async () => {
    const { code, said } = await start({
      PORT: '0',
      DATABASE_URL: 'postgres://me:hidden@127.0.0.1:1/x',
    });
    expect(code).toBe(1);
    expect(said).toMatch(/^The database at 127\.0\.0\.1:1\/x cannot be used .*\n$/);
    expect(said).not.toContain('hidden');
  });
});

async function start(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'all.ts')], {
    env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', ENSEMBLE_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, said };
}

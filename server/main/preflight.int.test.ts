import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { freePort } from '@/server/embedded/port';
import { emptyDatabase, sharedRedisUrl } from '@/server/testing/database';
import { scratchFolder } from '@/server/testing/scratch';
import { lockDataDir } from './instance-lock';
import { requireDatabase, requireFreePort, requireRedis } from './preflight';

describe('what must be there before the start', () => {
  it('names a busy port and the way out', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expect(requireFreePort(port, '127.0.0.1')).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use by another program. Stop it or choose another port: PORT=${port + 1} npm start`,
    );
    server.close();
    await once(server, 'close');
    await requireFreePort(port, '127.0.0.1');
  });

  it('names an unreachable database without its password', async () => {
    const port = await freePort();
    const refusal = requireDatabase(`postgres://me:hidden@127.0.0.1:${port}/mine`).catch(String);
    expect(await refusal).toContain(`The database at 127.0.0.1:${port}/mine cannot be used`);
    expect(await refusal).not.toContain('hidden');
    await requireDatabase(await emptyDatabase());
  });

  it('names an unreachable Redis', async () => {
    const port = await freePort();
    await expect(requireRedis(`redis://127.0.0.1:${port}`)).rejects.toThrow(
      `Redis at 127.0.0.1:${port} cannot be used`,
    );
    await requireRedis(sharedRedisUrl());
  });
});

describe('lockDataDir', () => {
  it('takes over the lock of a process that is gone, and gives its own back', () => {
    const folder = scratchFolder('lock');
    lockDataDir(folder)();
    lockDataDir(folder);
    lockDataDir(folder)();
    rmSync(folder, { recursive: true });
  });
});

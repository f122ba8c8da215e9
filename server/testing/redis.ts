import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '@/server/embedded/port';
import { eventually } from './eventually';
import { killProcess } from './kill-process';
import { scratchFolder } from './scratch';
import { spawnKept } from './server-child';

export type TestRedis = Readonly<{
  url: string;
  /** Holds the server's process id while it runs. */
  pidFile: string;
  /** SIGKILL; resolves when the server is gone. */
  kill: () => Promise<void>;
  /** Starts it again on the same port, empty. */
  start: () => Promise<void>;
  stop: () => Promise<void>;
}>;

/**
 * A Redis of the test's own on a private port, which keeps nothing on disk: a restart is also a wipe.
 * Needs `redis-server` on the PATH (`npm test` installs it).
 */
export async function startRedis(): Promise<TestRedis> {
  const folder = scratchFolder('redis');
  const pidFile = join(folder, 'redis.pid');
  const port = await freePort();
  const flags = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    pidfile: pidFile,
  };
  let child: ReturnType<typeof spawnKept> | undefined;

  const start = async () => {
    if (child !== undefined && child.exitCode === null) return;
    rmSync(pidFile, { force: true });
    child = spawnKept(
      'redis-server',
      Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]),
    );
    await untilAnswers(port);
    // The file is written after the port is open, and a killed server leaves its own behind.
    await eventually(() => {
      if (!(readPid(pidFile) > 1)) throw new Error('redis-server has not written its process id.');
    });
  };
  const end = async (how: (running: NonNullable<typeof child>) => void) => {
    if (child === undefined) return;
    const exited = child.exitCode === null ? once(child, 'exit') : undefined;
    how(child);
    await exited;
    child = undefined;
  };
  // One after the other: two faults at once would start two servers on one port.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    pidFile,
    start: () => inTurn(start),
    kill: () => inTurn(() => end(() => killProcess(readPid(pidFile)))),
    stop: async () => {
      await inTurn(() => end((running) => running.stdin?.end()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readPid(file: string): number {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}

async function untilAnswers(port: number): Promise<void> {
  const until = Date.now() + 10_000;
  for (;;) {
    const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
      return;
    } catch {
      if (Date.now() > until) throw new Error('redis-server does not start: is it on the PATH?');
      await sleep(50);
    } finally {
      client.disconnect();
    }
  }
}

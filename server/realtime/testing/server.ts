import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@/server/embedded/port';

const root = join(import.meta.dirname, '../../..');

/** A realtime process of the product, as it is run in production, on a port of its own. */
export type RealtimeProcess = {
  url: string;
  port: number;
  child: ChildProcess;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
};

/**
 * Starts one on the environment of `testEnvironment`. Resolves when it answers. `script` names another entry than the
 * product's own: one that is broken on purpose.
 */
export async function startRealtime(
  environment: Readonly<Record<string, string>>,
  wantedPort?: number,
  script = 'server/main/realtime.ts',
): Promise<RealtimeProcess> {
  const port = wantedPort ?? (await freePort());
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, script)], {
    cwd: root,
    env: { ...environment, PORT: String(port), ENSEMBLE_URL: url, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the realtime process ended with ${code}`);
  });
  failed.catch(() => undefined);
  await Promise.race([once(child, 'message'), failed]);
  return {
    url,
    child,
    port,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Starts the built product as `npm start` does, on a free port with a fresh data directory and short leases. Its
 * output goes to `logFile`. `pid` is that of its supervisor. `more` is its environment beside that.
 */
export async function startProduct(logFile, more = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'ensemble-e2e-'));
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const log = openSync(logFile, 'w');
  const child = spawn(
    join(root, 'node_modules', '.bin', 'node'),
    ['--import', 'tsx', 'server/main/all.ts'],
    {
      cwd: root,
      env: {
        ...cleanEnvironment(),
        PORT: String(port),
        ENSEMBLE_DATA_DIR: dataDir,
        ENSEMBLE_LEASE_MS: '2000',
        ENSEMBLE_SWEEP_MS: '500',
        ENSEMBLE_EGRESS_ALLOW: 'localhost,127.0.0.1',
        ...more,
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  const exited = new Promise((resolve) => child.once('close', resolve));
  const killNow = () => child.kill('SIGTERM');
  process.on('exit', killNow);
  const stop = async () => {
    process.off('exit', killNow);
    child.kill('SIGTERM');
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const until = Date.now() + 120_000;
  while (!readFileSync(logFile, 'utf8').includes('Ensemble is ready')) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop();
      throw new Error(`The product did not start:\n${readFileSync(logFile, 'utf8')}`);
    }
    await sleep(100);
  }
  return { stop, url, dataDir, pid: child.pid };
}

/** Nothing of the person's own set-up reaches the product under test. */
function cleanEnvironment() {
  const foreign = /^(ENSEMBLE_|DATABASE_URL$|REDIS_URL$|HOST$|PORT$|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

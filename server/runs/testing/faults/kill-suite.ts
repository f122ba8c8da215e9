import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { chanceOf } from '@/lib/runs/testing/chance';
import { databaseUrl, loadConfig, withSecrets } from '@/server/config';
import { brokenRuns, newLedger } from '@/server/runs/testing/journals';
import { scratchFolder } from '@/server/testing/scratch';
import { openFixture, untilHeard } from './fault-suite';
import { createLoad } from './load';
import { brokenNotified, newNotified } from './notified';

/** Points that a worker passes by itself, so that its process can be killed there. */
export const deadlyPoints = [
  ...['commit-one', 'commit-many', 'insert', 'begin-children', 'children', 'outcomes'],
  ...['outbox', 'beat', 'sweep', 'enqueue', 'work'],
].flatMap((name) => [`${name}.before`, `${name}.after`]);

const processes = 3;
const patienceMs = 20_000;

export type KillReport = { killed: string[]; spared: string[]; runs: number; failures: string[] };

/** Runs of all shapes on worker processes, each of which kills itself at one point; another one follows it. */
export async function runKillSuite(
  env: Readonly<Record<string, string>>,
  seed: number,
  points: readonly string[] = deadlyPoints,
): Promise<KillReport> {
  const config = withSecrets(loadConfig(env));
  const pool = new Pool({ connectionString: databaseUrl(config), max: 4 });
  const folder = scratchFolder('kill-suite');
  const { whole, ...fixture } = await openFixture(config, pool);
  const [ledger, notified] = [newLedger(), newNotified()];
  const never = new Promise<never>(() => undefined);
  const load = createLoad({
    ...fixture,
    ...{ pool, ledger, notified, width: 30, random: chanceOf(seed) },
    anybody: () => ({ services: whole, died: never }),
  });
  const left = [...points];
  const killed: string[] = [];
  const spared: string[] = [];
  const children = new Set<ChildProcess>();
  const place = async (lane: number) => {
    for (let n = 0; left.length > 0; n += 1) {
      const child = await startDying(env, `dying-${lane}-${n}`, folder);
      children.add(child);
      const point = left.shift();
      child.stdin?.write(`${point}\n`);
      const dead = once(child, 'exit').then(() => child.signalCode === 'SIGKILL');
      const hit = await Promise.race([dead, sleep(patienceMs, false, { ref: false })]);
      if (point !== undefined) (hit ? killed : spared).push(point);
      if (hit) children.delete(child);
      // One that was spared works on, and the last ones do to the end.
    }
    children.add(await startDying(env, `dying-${lane}-last`, folder));
  };
  try {
    await Promise.all(Array.from({ length: processes }, (_, lane) => place(lane)));
    const open = await load.settle(30_000);
    await untilHeard(pool);
    ledger.effects.push(...linesOf(join(folder, 'effects')));
    for (const line of linesOf(join(folder, 'acknowledged'))) ledger.acknowledged.add(line);
    const failures = [
      ...(await brokenRuns(pool, ledger)),
      ...(await brokenNotified(pool, notified)),
    ];
    failures.push(...open.map((id) => `run ${id} never ended`));
    return { killed, spared, runs: ledger.started.size, failures };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all([whole.close(), pool.end()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startDying(
  env: Readonly<Record<string, string>>,
  name: string,
  folder: string,
): Promise<ChildProcess> {
  const entry = join(import.meta.dirname, 'dying-worker.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry, name, folder], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined);
  const failed = once(child, 'exit').then(() => {
    throw new Error('A worker process ended before it was ready.');
  });
  failed.catch(() => undefined);
  await Promise.race([once(child.stdout, 'data'), failed]);
  return child;
}

const linesOf = (path: string) =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];

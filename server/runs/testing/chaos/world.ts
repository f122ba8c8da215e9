import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { migrate } from '@/server/db/migrate';
import { type EmbeddedPostgres, startPostgres } from '@/server/embedded/postgres';
import { type RealtimeProcess, startRealtime } from '@/server/realtime/testing/server';
import { startRedis, type TestRedis } from '@/server/testing/redis';
import { scratchFolder } from '@/server/testing/scratch';
import { openWay, type Way } from './proxy';

/** A process of the product that is started again at the same address when it ends. */
export type Place = {
  url(): string;
  kill(): void;
  /** SIGSTOP, and SIGCONT after this time. */
  freeze(ms: number): Promise<void>;
  close(): Promise<void>;
};

/** A server, and the only way by which the processes reach it. */
type Behind<Server> = { server: Server; way: Way };

/** The product as real processes: a web process, two workers, Postgres, and Redis unless it goes without. */
export type ChaosWorld = {
  web: Place;
  workers: Place[];
  postgres: Behind<EmbeddedPostgres>;
  redis: Behind<TestRedis> | undefined;
  /** A way of the test's own to the database. */
  pool: Pool;
  /** Processes that ended although nobody killed them. */
  deaths(): number;
  close(): Promise<void>;
};

/** What the processes run, as paths from the root: the product's own entries, or others in their place. */
export type Entries = { web: string; workers: readonly string[] };

/** Starts it all. */
export async function openChaosWorld(
  { web: webEntry, workers: workerEntries }: Entries,
  { withRedis, broken }: { withRedis: boolean; broken?: string | undefined },
): Promise<ChaosWorld> {
  const dataDir = scratchFolder('chaos');
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDir, log: () => undefined }),
    withRedis ? startRedis() : undefined,
  ]);
  await migrate(postgres.url);
  const ways = {
    postgres: await openWay(portOf(postgres.url)),
    ...(redis ? { redis: await openWay(portOf(redis.url)) } : {}),
  };
  const env = {
    DATABASE_URL: through(postgres.url, ways.postgres),
    ...(redis && ways.redis ? { REDIS_URL: through(redis.url, ways.redis) } : {}),
    ENSEMBLE_DATA_DIR: dataDir,
    ENSEMBLE_LEASE_MS: '1500',
    ENSEMBLE_SWEEP_MS: '300',
    ENSEMBLE_EGRESS_ALLOW: '127.0.0.1',
    ENSEMBLE_LOG: 'silent',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  let deaths = 0;
  const keep = (script: string) => {
    const entry = broken === undefined ? script : 'server/runs/testing/faults/broken-process.ts';
    const how = { BREAK: broken ?? '', BREAK_ENTRY: script };
    return keepUp({ ...env, ...how }, entry, () => (deaths += 1));
  };
  const [web, ...workers] = await Promise.all([keep(webEntry), ...workerEntries.map(keep)]);
  const pool = new Pool({ connectionString: postgres.url, max: 4 });
  pool.on('error', () => undefined);
  return {
    web: web as Place,
    workers,
    postgres: { server: postgres, way: ways.postgres },
    redis: redis && ways.redis ? { server: redis, way: ways.redis } : undefined,
    pool,
    deaths: () => deaths,
    async close() {
      await Promise.all([web, ...workers].map((place) => place?.close()));
      await pool.end();
      await Promise.all(Object.values(ways).map((way) => way?.close()));
      await Promise.all([postgres.stop(), redis?.stop()]);
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const portOf = (url: string) => Number(new URL(url).port);

function through(url: string, { port }: Way): string {
  const address = new URL(url);
  address.hostname = '127.0.0.1';
  address.port = String(port);
  return address.href;
}

async function keepUp(
  env: Readonly<Record<string, string>>,
  script: string,
  onDeath: () => void,
): Promise<Place> {
  let now: RealtimeProcess | undefined;
  let expected = false;
  let closed = false;
  let port: number | undefined;
  let url = '';
  let starting: Promise<void> | undefined;
  const start = async () => {
    if (closed) return;
    const next = await startRealtime(env, port, script);
    if (closed) return next.kill();
    now = next;
    port = next.port;
    url = next.url;
    next.child.once('exit', () => {
      now = undefined;
      if (!expected) onDeath();
      expected = false;
      // A database that is away ends a process that is about to start: once more then.
      starting = again();
    });
  };
  const again = async () => {
    while (!closed) {
      const error = await start().catch((cause: unknown) => cause);
      if (error === undefined) return;
      await sleep(100);
    }
  };
  await start();
  return {
    url: () => url,
    kill() {
      if (now === undefined) return;
      expected = true;
      now.child.kill('SIGKILL');
    },
    async freeze(ms) {
      const child = now?.child;
      if (child === undefined) return;
      child.kill('SIGSTOP');
      await Promise.race([once(child, 'exit'), sleep(ms)]);
      child.kill('SIGCONT');
    },
    async close() {
      closed = true;
      await now?.kill();
      await starting;
    },
  };
}

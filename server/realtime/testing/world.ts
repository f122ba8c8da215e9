import { once } from 'node:events';
import { rmSync } from 'node:fs';
import * as Y from 'yjs';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { type EmbeddedPostgres, startPostgres } from '@/server/embedded/postgres';
import type { Services } from '@/server/services';
import { eventually } from '@/server/testing/eventually';
import { startRedis, type TestRedis } from '@/server/testing/redis';
import { scratchFolder } from '@/server/testing/scratch';
import { type Front, openFront } from './front';
import { type RealtimeProcess, startRealtime } from './server';

export type WorldOptions = {
  /** Messages travel over a Redis of its own instead of Postgres. */
  redis?: boolean;
  /** The promise that the realtime processes break on purpose; see broken-main. */
  broken?: string;
  processes?: number;
};

/** Everything that the product needs, for a test that breaks it: its own Postgres, Redis and realtime processes. */
export type World = {
  readonly url: string;
  readonly front: Front;
  readonly databaseFront: Front;
  readonly postgres: EmbeddedPostgres;
  readonly redis: TestRedis | undefined;
  readonly services: Services;
  /** Addresses of the processes that live now. */
  live(): string[];
  /** SIGKILL of the one at this place, and a new one at the same address. */
  restart(index: number): Promise<void>;
  /** SIGSTOP, and SIGCONT after this time. */
  freeze(index: number, ms: number): Promise<void>;
  /** Processes that ended although nobody killed them. */
  deaths(): number;
  /** A document with everything that the rows hold. Waits for a database that is away. */
  rows(workflowId: string): Promise<Y.Doc>;
  close(): Promise<void>;
};

/** Starts it all; about 10 s. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const dataDir = scratchFolder('world');
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDir, log: () => undefined }),
    options.redis ? startRedis() : undefined,
  ]);
  await migrate(postgres.url);
  const databasePort = Number(new URL(postgres.url).port);
  const databaseFront = await openFront(() => databasePort);
  const common = {
    ENSEMBLE_DATA_DIR: dataDir,
    ENSEMBLE_LOG: 'silent',
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  const services = await createServices(
    withSecrets(loadConfig({ ...common, DATABASE_URL: postgres.url })),
    'world',
  );
  const through = postgres.url.replace(`:${databasePort}/`, `:${databaseFront.port}/`);
  const product = await openProduct({ ...common, DATABASE_URL: through }, options);
  return {
    url: `http://127.0.0.1:${product.front.port}`,
    databaseFront,
    postgres,
    redis,
    services,
    ...product,
    rows: (workflowId) => eventually(() => documentOf(services, workflowId), 60_000),
    async close() {
      await product.close();
      await services.close();
      await Promise.all([postgres.stop(), redis?.stop(), databaseFront.close()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The realtime processes behind one address. */
async function openProduct(
  environment: Readonly<Record<string, string>>,
  { broken, processes = 2 }: WorldOptions,
) {
  let deaths = 0;
  const expected = new WeakSet<RealtimeProcess>();
  const places: { now: RealtimeProcess | undefined; port: number }[] = [];
  const start = async (place: (typeof places)[number]) => {
    const server = await startRealtime(
      broken === undefined ? environment : { ...environment, BROKEN: broken },
      place.port || undefined,
      broken === undefined ? undefined : 'server/realtime/testing/broken-main.ts',
    );
    place.port = server.port;
    place.now = server;
    server.child.once('exit', () => {
      if (place.now === server) place.now = undefined;
      if (expected.has(server)) return;
      deaths += 1;
      void start(place).catch(() => undefined);
    });
  };
  for (let i = 0; i < processes; i += 1) places.push({ now: undefined, port: 0 });
  await Promise.all(places.map(start));
  let turn = 0;
  const front = await openFront(() => {
    const living = places.flatMap(({ now }) => (now ? [now.port] : []));
    turn += 1;
    return living[turn % living.length];
  });
  const end = async ({ now }: (typeof places)[number]) => {
    if (!now) return;
    expected.add(now);
    await now.kill();
  };
  return {
    front,
    live: () => places.flatMap(({ now }) => (now ? [now.url] : [])),
    deaths: () => deaths,
    async restart(index: number) {
      const place = places[index % places.length];
      if (!place?.now) return;
      await end(place);
      // The embedded database may be away too: then it ends at once, and is restarting.
      await eventually(() => start(place), 60_000);
    },
    async freeze(index: number, ms: number) {
      const child = places[index % places.length]?.now?.child;
      if (!child) return;
      child.kill('SIGSTOP');
      const gone = once(child, 'exit');
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, ms))]);
      child.kill('SIGCONT');
    },
    async close() {
      await front.close();
      await Promise.all(places.map(end));
    },
  };
}

async function documentOf(services: Services, workflowId: string): Promise<Y.Doc> {
  const found = await services.drafts.load(workflowId);
  if (!found) throw new Error('there is no draft');
  const doc = new Y.Doc();
  for (const row of found.rows) Y.applyUpdate(doc, row.data);
  return doc;
}

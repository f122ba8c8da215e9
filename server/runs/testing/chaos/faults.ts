import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { killProcess } from '@/server/testing/kill-process';
import type { ChaosWorld } from './world';

/** How often each is drawn, in relation to the others. */
const faults = {
  worker: 6,
  'worker paused': 4,
  web: 2,
  'web paused': 2,
  redis: 2,
  'redis wiped': 2,
  'redis cut': 1,
  'redis stalled': 1,
  postgres: 1,
  'postgres cut': 2,
  'postgres stalled': 1,
  'answers lost': 4,
  'table locked': 1,
} as const;
export type Fault = keyof typeof faults;

/** What a commit, a new run, and what is asked of schedules and webhooks have in them. */
const commits = ['run-commit', 'run-insert', 'insert into trigger_delivery'];

/** All that can be done to a world; without Redis there is nothing to do to it. */
export function faultsOf(world: ChaosWorld): Fault[] {
  return (Object.keys(faults) as Fault[]).filter(
    (fault) => world.redis !== undefined || !fault.startsWith('redis'),
  );
}

/** One of these, the likelier ones more often. */
export function drawn(from: readonly Fault[], random: number): Fault {
  let left = random * from.reduce((sum, fault) => sum + faults[fault], 0);
  for (const fault of from) {
    left -= faults[fault];
    if (left < 0) return fault;
  }
  return 'worker';
}

/** Does it; resolves when it is over, which the product need not be. */
export async function breakIt(world: ChaosWorld, fault: Fault, random: () => number) {
  const worker = world.workers[Math.floor(random() * world.workers.length)];
  const share = random();
  const ways: Record<Fault, () => unknown> = {
    worker: () => worker?.kill(),
    'worker paused': () => worker?.freeze(500 + share * 2500),
    web: () => world.web.kill(),
    'web paused': () => world.web.freeze(300 + share * 1500),
    redis: async () => {
      await world.redis?.server.kill();
      await sleep(share * 1000);
      await world.redis?.server.start();
    },
    'redis wiped': () => world.redis && wipe(world.redis.server.url),
    'redis cut': () => world.redis?.way.cut(),
    'redis stalled': () => world.redis?.way.stall(300 + share * 1500),
    postgres: () => killProcess(world.postgres.server.pid()),
    'postgres cut': () => world.postgres.way.cut(),
    'postgres stalled': () => world.postgres.way.stall(300 + share * 1500),
    'answers lost': () => world.postgres.way.loseAnswers(1 + Math.floor(share * 4), commits),
    'table locked': () => lockRuns(world, 300 + share * 1200),
  };
  await ways[fault]();
}

async function wipe(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  await redis
    .connect()
    .then(() => redis.flushall())
    .catch(() => undefined);
  redis.disconnect();
}

async function lockRuns({ pool }: ChaosWorld, ms: number): Promise<void> {
  const client = await pool.connect();
  client.on('error', () => undefined);
  let broken = false;
  try {
    await client.query('begin');
    await client.query('lock table run in access exclusive mode');
    await sleep(ms);
    await client.query('rollback');
  } catch {
    broken = true;
  } finally {
    client.release(broken);
  }
}

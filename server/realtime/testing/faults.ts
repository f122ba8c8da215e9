import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { administer } from '@/server/testing/administer';
import { killProcess } from '@/server/testing/kill-process';
import type { TabEditor } from './editor';
import type { World } from './world';

/** What may go wrong while people edit. `database` and `outage` are placed by hand: they take seconds. */
export const faultKinds = [
  'none',
  'cut',
  'offline',
  'reload',
  'crash',
  'freeze',
  'bus',
  'wipe',
  'queries',
  'redis',
  'database',
  'outage',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type FaultParts = {
  world: World;
  editors: readonly TabEditor[];
  random: () => number;
  /** Takes what ends later by itself: it is awaited before the state is judged. */
  later(work: Promise<void>): void;
  /** Who is offline, and comes back before the state is judged. */
  offline: Set<TabEditor>;
};

/** Lets something go wrong. What heals by itself does so in the background. */
export async function fault(kind: FaultKind, parts: FaultParts): Promise<void> {
  const { world, editors, random, later, offline } = parts;
  const pick = (most: number) => {
    const count = 1 + Math.floor(random() * most);
    return Array.from({ length: count }, () => editors[Math.floor(random() * editors.length)]);
  };
  switch (kind) {
    case 'none':
      return;
    case 'cut':
      for (const editor of pick(4)) world.front.cut(editor?.name);
      return;
    case 'offline':
      for (const editor of pick(3)) {
        if (!editor) continue;
        offline.add(editor);
        world.front.refuse(editor.name);
      }
      return;
    case 'reload':
      for (const editor of pick(2)) editor?.reload();
      return;
    case 'crash':
      later(world.restart(Math.floor(random() * 2)));
      return;
    case 'freeze':
      later(world.freeze(Math.floor(random() * 2), 100 + Math.floor(random() * 300)));
      return;
    case 'bus':
      return silence(world);
    case 'wipe':
      if (world.redis) await command(world.redis.url, (redis) => redis.flushall());
      else await silence(world);
      return;
    case 'queries':
      world.databaseFront.cut();
      return;
    case 'redis':
      if (world.redis) later(redisAway(world.redis, 200 + Math.floor(random() * 600)));
      return;
    case 'database':
      return killDatabase(world);
    case 'outage':
      world.databaseFront.refuse();
      await killDatabase(world);
      later(
        sleep(10_000).then(() => {
          world.databaseFront.allow();
        }),
      );
  }
}

/** Messages between processes are lost for a moment. */
async function silence(world: World): Promise<void> {
  if (world.redis) {
    await command(world.redis.url, (redis) => redis.client('KILL', 'TYPE', 'pubsub'));
    return;
  }
  await administer(
    world.postgres.url,
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ensemble-bus'",
  ).catch(() => undefined);
}

async function killDatabase(world: World): Promise<void> {
  killProcess(world.postgres.pid());
  await sleep(50);
}

async function redisAway(redis: NonNullable<World['redis']>, ms: number): Promise<void> {
  await redis.kill();
  await sleep(ms);
  await redis.start();
}

async function command(url: string, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await work(redis);
  } catch {
    // It is away already.
  } finally {
    redis.disconnect();
  }
}

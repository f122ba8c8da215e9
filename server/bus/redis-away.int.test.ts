import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServices } from '@/server/compose';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { startRedis, type TestRedis } from '@/server/testing/redis';
import { awaitResult } from '@/server/triggers/hooks/await-result';

let redis: TestRedis;
let services: Services;
let runId: string;

beforeAll(async () => {
  redis = await startRedis();
  services = await createServices(await testConfig({ REDIS_URL: redis.url }), 'test');
  const workspaceId = await makeWorkspace(services.pool);
  ({ id: runId } = await services.engine.start({
    workspaceId,
    name: 'Waits',
    mode: 'live',
    trigger: 'manual',
    plan: {
      schema: 1,
      name: 'Waits',
      timeoutMs: 60_000,
      outputs: ['a'],
      steps: [
        {
          id: 'a',
          nodeId: 'a',
          key: 'a',
          name: 'a',
          type: 'transform',
          kind: 'task',
          config: { expression: '1' },
          ports: ['out'],
          retry: { attempts: 1, backoffMs: 1, maxBackoffMs: 1 },
          timeoutMs: 1_000,
          incoming: [],
        },
      ],
    },
    definitionHash: 'test',
    input: {},
  }));
});
afterAll(async () => {
  await services.close();
  await redis.stop();
});

/** While Redis is away in one of the ways in which it can be. */
async function whileAway(how: 'killed' | 'paused', work: () => Promise<void>): Promise<void> {
  const pid = Number(readFileSync(redis.pidFile, 'utf8'));
  if (how === 'killed') await redis.kill();
  else process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    if (how === 'killed') await redis.start();
    else process.kill(pid, 'SIGCONT');
    await eventually(() => expect(services.bus.connected()).toBe(true));
  }
}

test.each(['killed', 'paused'] as const)(
  'with Redis %s a subscription answers, is told of the gap afterwards, and hears again',
  async (how) => {
    const topic = `run:${randomUUID()}` as const;
    const heard: number[] = [];
    let gaps = 0;
    const end = services.bus.onGap(() => {
      gaps += 1;
    });
    const stops: (() => void)[] = [];
    await whileAway(how, async () => {
      stops.push(
        await services.bus.subscribe(topic, (message) => {
          if (message.kind === 'events') heard.push(message.seq);
        }),
      );
    });
    await eventually(() => expect(gaps).toBeGreaterThan(0));
    services.bus.publish(topic, { kind: 'events', seq: 7 });
    await eventually(() => expect(heard).toContain(7));
    for (const stop of stops) stop();
    end();
  },
);

test.each(['killed', 'paused'] as const)(
  'with Redis %s a webhook that waits is answered in its time, and leaves its place to others',
  async (how) => {
    await whileAway(how, async () => {
      const { signal } = new AbortController();
      // More than are held at once, were those before them never let go.
      for (let round = 0; round < 3; round += 1) {
        const all = await Promise.all(
          Array.from({ length: 100 }, () => awaitResult(services, runId, signal, 200)),
        );
        expect(all.every((result) => result?.status === 'queued')).toBe(true);
      }
    });
  },
);

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bus, createBus } from '@/server/bus/bus';
import type { Config } from '@/server/config';
import { createLog } from '@/server/log';
import { sharedRedisUrl, testConfig } from '@/server/testing/database';
import { createRunQueue, type RunQueue } from './run-queue';

/** One suite for both: nothing above may know which of them it is. */
describe.each(['postgres', 'redis'])('over %s', (which) => {
  let config: Config;
  let buses: Bus[];
  let queues: RunQueue[];
  const woken: { id: string; at: number }[] = [];
  const failing = new Set<string>();
  beforeAll(async () => {
    // A Redis database of its own: jobs of other test files must not arrive here.
    config = await testConfig(which === 'redis' ? { REDIS_URL: `${sharedRedisUrl()}/7` } : {});
    const log = createLog(config, 'test');
    buses = await Promise.all([createBus(config, log), createBus(config, log)]);
    queues = [createRunQueue(config, log), createRunQueue(config, log)];
    for (const one of queues) {
      const answer = async (id: string) => {
        woken.push({ id, at: performance.now() });
        if (failing.has(id)) throw new Error('The handler fails.');
      };
      one.process(answer, { concurrency: 5 });
    }
  });
  beforeEach(() => woken.splice(0));
  afterAll(() => Promise.all([...buses, ...queues].map((part) => part.close())));
  const bus = (index: number) => buses[index] as Bus;
  const queue = (index: number) => queues[index] as RunQueue;

  it('hears what others and oneself publish, on its topics only, until it ends', async () => {
    const topic = `draft:${randomUUID()}` as const;
    const heard: unknown[] = [];
    const end = await bus(0).subscribe(topic, (message) => heard.push(message));
    bus(1).publish(`draft:${randomUUID()}`, { seq: 0, by: 'x' });
    bus(1).publish(topic, { seq: 1, by: 'other', update: 'é'.repeat(5000) });
    bus(0).publish(topic, { seq: 2, by: 'self' });
    await vi.waitFor(() => expect(heard).toHaveLength(2), 10_000);
    expect(heard).toEqual(
      expect.arrayContaining([
        { seq: 1, by: 'other', update: 'é'.repeat(5000) },
        { seq: 2, by: 'self' },
      ]),
    );
    end();
    const again: unknown[] = [];
    await bus(0).subscribe(topic, (message) => again.push(message));
    bus(1).publish(topic, { seq: 3, by: 'other' });
    await vi.waitFor(() => expect(again).toHaveLength(1), 10_000);
    expect(heard).toHaveLength(2);
  });

  it('keeps the order of one sender', async () => {
    const topic = `run:${randomUUID()}` as const;
    const heard: number[] = [];
    await bus(0).subscribe(topic, (message) => {
      if (message.kind === 'events') heard.push(message.seq);
    });
    const numbers = Array.from({ length: 2000 }, (_, n) => n);
    for (const seq of numbers) bus(1).publish(topic, { kind: 'events', seq });
    await vi.waitFor(() => expect(heard).toHaveLength(2000), 20_000);
    expect(heard).toEqual(numbers);
  });

  it('survives a subscriber that throws', async () => {
    const topic = `workspace:${randomUUID()}` as const;
    let heard = 0;
    await bus(0).subscribe(topic, () => {
      throw new Error('mine');
    });
    await bus(0).subscribe(topic, () => {
      heard += 1;
    });
    bus(1).publish(topic, { kind: 'run', id: 'x' });
    await vi.waitFor(() => expect(heard).toBe(1), 10_000);
  });

  it('wakes each run once for each of its states, in any process', async () => {
    const ids = Array.from({ length: 50 }, () => randomUUID());
    const count = () => woken.filter(({ id }) => ids.some((one) => one === id)).length;
    // The same job again, while the first waits, changes nothing; once it was answered it may come again.
    await queue(0).enqueue([...ids, ...ids].map((runId) => ({ runId, seq: 1 })));
    await vi.waitFor(
      () => expect(new Set(woken.map(({ id }) => id))).toEqual(new Set(ids)),
      20_000,
    );
    expect(count()).toBe(50);
    await queue(1).enqueue(ids.map((runId) => ({ runId, seq: 2 })));
    await vi.waitFor(() => expect(count()).toBe(100), 20_000);
  });

  it('wakes later when asked to, and goes on after a handler failed', async () => {
    const [late, bad] = [randomUUID(), randomUUID()];
    failing.add(bad);
    const begun = performance.now();
    await queue(0).enqueue([{ runId: late, seq: 1 }], 300);
    await queue(1).enqueue([{ runId: bad, seq: 1 }]);
    await vi.waitFor(() => expect(woken.map(({ id }) => id)).toEqual([bad, late]), 20_000);
    expect((woken[1]?.at ?? 0) - begun).toBeGreaterThanOrEqual(299);
    expect(await queue(0).ping()).toBe(true);
  });

  it('never rejects a job, not even when it is closed', async () => {
    const closed = createRunQueue(config, createLog(config, 'test'));
    await closed.close();
    await closed.enqueue([{ runId: randomUUID(), seq: 1 }]);
  });
});

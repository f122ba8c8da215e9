import { expect, it } from 'vitest';
import { seed } from '@/server/runs/testing/faults/fault-schedule';
import { runChaos } from './chaos';
import { printPromises } from './judge';

it.each([
  { queue: 'Redis', withRedis: true },
  { queue: 'Postgres', withRedis: false },
])(
  'keeps every promise for minutes while everything is killed under load, queue on $queue',
  async ({ queue, withRedis }) => {
    const { promises, faults, runs } = await runChaos({
      seed,
      forMs: 120_000,
      width: 20,
      patienceMs: 60_000,
      entries: {
        web: 'app/api/testing/serve.ts',
        workers: ['server/main/worker.ts', 'server/runs/testing/skewed-worker.ts'],
      },
      withRedis,
    });
    const title = `chaos, queue on ${queue}: seed ${seed}, faults ${JSON.stringify(faults)}, runs ${JSON.stringify(runs)}`;
    process.stdout.write(printPromises(title, promises));
    for (const { failures } of Object.values(promises)) expect(failures).toEqual([]);
    // In minutes each of them is exercised, however busy the machine is.
    const idle = Object.entries(promises).filter(([, { checked }]) => checked === 0);
    expect(idle.map(([promise]) => promise)).toEqual([]);
  },
);

/** What breaks is sure to show under faults of these kinds, and in one of these promises. */
const builds = {
  'no fencing': {
    faults: ['worker paused', 'worker paused', 'web paused'],
    found: 'a run gives the result of its steps',
    patienceMs: 3_000,
  },
  // As long as several leases, so that a sound build would be through.
  'no sweeper': {
    faults: ['worker', 'worker'],
    found: 'every run comes to its end',
    patienceMs: 12_000,
  },
  'acknowledges first': {
    faults: ['worker', 'web'],
    found: 'each attempt has one effect at most, a result had one',
    patienceMs: 3_000,
  },
} as const;

it.each(Object.keys(builds) as (keyof typeof builds)[])(
  'finds out processes that are broken on purpose: %s',
  async (broken) => {
    const { promises } = await runChaos({
      seed,
      forMs: 4_000,
      width: 24,
      entries: {
        web: 'app/api/testing/serve.ts',
        workers: ['server/main/worker.ts', 'server/main/worker.ts'],
      },
      withRedis: true,
      ...builds[broken],
      broken,
    });
    process.stdout.write(printPromises(`chaos, broken: ${broken}`, promises));
    expect(promises[builds[broken].found]?.failures.length).toBeGreaterThan(0);
  },
);

import { expect, it } from 'vitest';
import { runChaos } from './testing/chaos';
import { printPromises } from './testing/chaos-judge';

const seed = Number(process.env.ENSEMBLE_SEED ?? 20_261_121);

/** The short form; `npm run chaos -- --minutes 3 --seed n` is the long one, on the whole web process. */
it('keeps every promise while workers, web, Redis and Postgres are killed under load', {
  timeout: 150_000,
}, async () => {
  const { promises, faults, runs } = await runChaos({
    seed,
    forMs: 12_000,
    width: 20,
    patienceMs: 60_000,
    entries: {
      web: 'app/api/testing/serve.ts',
      workers: ['server/main/worker.ts', 'server/runs/testing/skewed-worker.ts'],
    },
    withRedis: true,
  });
  const title = `chaos: seed ${seed}, faults ${JSON.stringify(faults)}, runs ${JSON.stringify(runs)}`;
  process.stdout.write(printPromises(title, promises));
  const idle = Object.entries(promises).filter(([, { checked }]) => checked === 0);
  for (const [promise] of idle) process.stdout.write(`  not exercised: ${promise}\n`);
  for (const { failures } of Object.values(promises)) expect(failures).toEqual([]);
  // A busy machine leaves no time for the rare ones; most are exercised on any.
  expect(idle.length).toBeLessThan(Object.keys(promises).length / 2);
});

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
  { timeout: 120_000 },
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

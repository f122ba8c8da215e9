import { expect, it } from 'vitest';
import { sharedRedisUrl, testConfig, testEnvironment } from '@/server/testing/database';
import { broken } from './broken';
import { runTrials, seed, shortTimes } from './fault-schedule';
import { runFaultSuite } from './fault-suite';
import { deadlyPoints, runKillSuite } from './kill-suite';

const occurrences = Number(process.env.ENSEMBLE_OCCURRENCES ?? 2);

it('keeps its promises whatever happens at any failpoint, with queue and bus on Postgres', () =>
  runTrials({ name: 'Postgres', occurrences, least: 500 * occurrences }));

it('keeps its promises whatever happens at any failpoint, with queue and bus on Redis', () =>
  runTrials({
    name: 'Redis',
    env: { REDIS_URL: `${sharedRedisUrl()}/6` },
    occurrences: 1,
    least: 500,
  }));

it('keeps its promises when worker processes are killed at failpoints', async () => {
  const times = { ENSEMBLE_LEASE_MS: '1000', ENSEMBLE_SWEEP_MS: '200' };
  const { killed, spared, runs, failures } = await runKillSuite(await testEnvironment(times), seed);
  process.stdout.write(
    `failpoints, SIGKILL: ${killed.length} processes killed at a point of their own under ${runs} runs, ` +
      `${spared.length} spared, ${failures.length} failures, seed ${seed}\n`,
  );
  expect(failures.slice(0, 20)).toEqual([]);
  // A rare point may not come to one process in its time; nearly all must.
  expect(killed.length).toBeGreaterThanOrEqual(deadlyPoints.length - 4);
});

it.each(Object.entries(broken))(
  'finds out a build that breaks a promise: %s',
  async (name, change) => {
    const { trials, failures } = await runFaultSuite({
      config: await testConfig(shortTimes),
      seed,
      occurrences: 1,
      max: 30,
      change,
      limitMs: 8_000,
      patienceMs: 4_000,
    });
    process.stdout.write(
      `failpoints, broken (${name}): ${failures.length} failures in ${trials} trials, such as: ${failures[0]}\n`,
    );
    expect(failures.length).toBeGreaterThan(0);
  },
);

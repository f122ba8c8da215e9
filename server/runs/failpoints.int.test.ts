import { expect, it } from 'vitest';
import { sharedRedisUrl, testConfig } from '@/server/testing/database';
import { broken } from './testing/broken';
import { failpoints } from './testing/failpoints';
import { storm } from './testing/storm';

const seed = Number(process.env.ENSEMBLE_SEED ?? 20_261_121);
/** How often each failpoint × mode is tried, at first and during recovery each. */
const occurrences = Number(process.env.ENSEMBLE_OCCURRENCES ?? 2);
const times = { ENSEMBLE_LEASE_MS: '500', ENSEMBLE_SWEEP_MS: '100', ENSEMBLE_POOL: '4' };

it.each([
  { name: 'Postgres', most: occurrences, least: 500 * occurrences, redis: false },
  { name: 'Redis', most: 1, least: 500, redis: true },
])(
  'keeps its promises whatever happens at any failpoint, with queue and bus on $name',
  {
    timeout: 300_000,
  },
  async ({ name, most, least, redis }) => {
    const config = await testConfig({
      ...times,
      ...(redis ? { REDIS_URL: `${sharedRedisUrl()}/6` } : {}),
    });
    const { trials, recovering, runs, never, missed, failures, unknown } = await storm({
      config,
      seed,
      occurrences: most,
      limitMs: 240_000,
    });
    process.stdout.write(
      `failpoints: ${trials} trials on ${name} (${recovering} during recovery) under ${runs} runs, ` +
        `${never.length === 0 ? 'every one' : failpoints.length - never.length} of ${failpoints.length} points hit, ` +
        `${missed.length} missed, ${failures.length} failures, seed ${seed}\n`,
    );
    expect(unknown).toEqual([]);
    expect(never).toEqual([]);
    expect(failures.slice(0, 20)).toEqual([]);
    // A rare moment may not come as often as was planned before time is up; each must have come.
    expect(trials).toBeGreaterThanOrEqual(least);
  },
);

it.each(Object.entries(broken))(
  'finds out a build that breaks a promise: %s',
  { timeout: 120_000 },
  async (name, change) => {
    const config = await testConfig(times);
    const { trials, failures } = await storm({
      config,
      seed,
      occurrences: 1,
      most: 40,
      change,
      limitMs: 8_000,
      patienceMs: 6_000,
    });
    process.stdout.write(
      `failpoints, broken (${name}): ${failures.length} failures in ${trials} trials, such as: ${failures[0]}\n`,
    );
    expect(failures.length).toBeGreaterThan(0);
  },
);

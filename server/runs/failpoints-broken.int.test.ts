import { expect, it } from 'vitest';
import { testConfig } from '@/server/testing/database';
import { broken } from './testing/broken';
import { storm } from './testing/storm';
import { seed, shortTimes } from './testing/weather';

it.each(Object.entries(broken))(
  'finds out a build that breaks a promise: %s',
  { timeout: 120_000 },
  async (name, change) => {
    const config = await testConfig(shortTimes);
    const { trials, failures } = await storm({
      config,
      seed,
      occurrences: 1,
      most: 30,
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

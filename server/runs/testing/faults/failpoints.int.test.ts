// @module-tag long
import { it } from 'vitest';
import { sharedRedisUrl } from '@/server/testing/database';
import { runTrials } from './fault-schedule';

// The short form; `failpoints.proof.test.ts` tries every failpoint × mode twice, at first and during recovery.
it(
  'keeps its promises whatever happens at any failpoint, with queue and bus on Postgres',
  {
    timeout: 300_000,
  },
  () => runTrials({ name: 'Postgres', occurrences: 1, max: 55, least: 50 }),
);

/** Redis is seen by these alone: what stands before and after a job or a message. */
const points = ['enqueue', 'publish', 'outbox'].flatMap((name) => [
  `${name}.before`,
  `${name}.after`,
]);

it(
  'keeps its promises at the failpoints that know the queue or the bus, with both on Redis',
  {
    timeout: 300_000,
  },
  () =>
    runTrials({
      name: 'Redis',
      env: { REDIS_URL: `${sharedRedisUrl()}/6` },
      occurrences: 1,
      points,
      least: 40,
    }),
);

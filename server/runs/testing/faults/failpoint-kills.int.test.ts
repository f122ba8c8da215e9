import { expect, it } from 'vitest';
import { testEnvironment } from '@/server/testing/database';
import { seed } from './fault-schedule';
import { runKillSuite } from './kill-suite';

/** Moments that every worker passes often; all of them are in `failpoints.proof.test.ts`. */
const points = ['commit-one.after', 'work.after', 'beat.after'];

it('keeps its promises when worker processes are killed at failpoints', {
  timeout: 300_000,
}, async () => {
  const times = { ENSEMBLE_LEASE_MS: '1000', ENSEMBLE_SWEEP_MS: '200' };
  const { killed, runs, failures } = await runKillSuite(await testEnvironment(times), seed, points);
  process.stdout.write(
    `failpoints, SIGKILL: ${killed.length} processes killed at a point of their own under ${runs} runs, ` +
      `${failures.length} failures, seed ${seed}\n`,
  );
  expect(failures.slice(0, 20)).toEqual([]);
  expect([...killed].sort()).toEqual([...points].sort());
});

import { expect } from 'vitest';
import { testConfig } from '@/server/testing/database';
import { failpoints } from './failpoints';
import { runFaultSuite } from './fault-suite';

export const seed = Number(process.env.ENSEMBLE_SEED ?? 20_261_121);
/** Leases and sweeps as short as the machine bears, so that a trial takes a second. */
export const shortTimes = {
  ENSEMBLE_LEASE_MS: '500',
  ENSEMBLE_SWEEP_MS: '100',
  ENSEMBLE_POOL: '4',
};

type TrialOptions = {
  name: string;
  env?: Readonly<Record<string, string>>;
  /** How often each failpoint × mode is tried, at first and during recovery each. */
  occurrences: number;
  /** Only so many trials, spread evenly; every point must be passed all the same. */
  max?: number;
  /** Only trials at these failpoints. */
  points?: readonly string[];
  /** Trials without which nothing was shown. */
  least: number;
};

/** Whatever happens at any failpoint, the promises are kept. Prints how often that was tried. */
export async function runTrials({
  name,
  env = {},
  least,
  ...trialsOf
}: TrialOptions): Promise<void> {
  const config = await testConfig({ ...shortTimes, ...env });
  const { trials, recovering, runs, never, missed, failures, unknown } = await runFaultSuite({
    config,
    seed,
    ...trialsOf,
    limitMs: 600_000,
  });
  const points = (trialsOf.points ?? failpoints).length;
  process.stdout.write(
    `failpoints: ${trials} trials on ${name} (${recovering} during recovery) under ${runs} runs, ` +
      `${points - never.length} of ${points} points hit, ` +
      `${missed.length} missed, ${failures.length} failures, seed ${seed}\n`,
  );
  expect(unknown).toEqual([]);
  expect(never).toEqual([]);
  expect(failures.slice(0, 20)).toEqual([]);
  // A rare moment may not come as often as was planned before time is up; each must have come.
  expect(trials).toBeGreaterThanOrEqual(least);
}

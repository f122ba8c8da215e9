import { expect, test } from 'vitest';
import { type ChaosReport, printChaos, runChaos } from './testing/chaos';
import type { FaultKind } from './testing/faults';
import { openWorld } from './testing/world';

/**
 * A short form by itself. `CHAOS=1`: all 310 interleavings, with a database that is away and one that is killed;
 * `SOAK=1`: ten times as much; `SEED=n`: what a run with that number did.
 */
const seed = Number(process.env.SEED ?? 20_261);
const times = process.env.SOAK ? 10 : 1;
const whole = process.env.CHAOS !== undefined || times > 1;
const interleavings = whole ? 155 * times : 40;
const placed: Record<number, FaultKind> = whole
  ? { 20: 'crash', 45: 'outage', 75: 'database', 110: 'crash' }
  : { 12: 'crash', 28: 'crash' };
const faults: FaultKind[] = [
  ...(['none', 'none', 'cut', 'cut', 'offline', 'offline', 'reload', 'reload'] as const),
  ...(['bus', 'bus', 'wipe', 'queries'] as const),
  ...(whole ? (['freeze', 'crash'] as const) : []),
];

const failuresOf = (report: ChaosReport) =>
  Object.entries(report.promises).flatMap(([name, { failures }]) =>
    failures.map((line) => `${name}: ${line}`),
  );

test.each([
  { name: 'chaos, messages over Postgres', redis: false, offset: 0 },
  { name: 'chaos, messages over Redis', redis: true, offset: 1 },
])(
  '$name: what was acknowledged is kept, and all copies are equal',
  { timeout: 300_000 * times },
  async ({ name, redis, offset }) => {
    const world = await openWorld({ redis });
    try {
      const report = await runChaos({
        world,
        seed: seed + offset,
        editors: 22,
        interleavings,
        between: 8,
        faults: redis ? [...faults, 'redis', 'wipe'] : faults,
        placed,
      });
      printChaos(name, report);
      expect(failuresOf(report)).toEqual([]);
      expect(report.interleavings).toBe(interleavings);
      expect(report.answers).toBeGreaterThan(interleavings);
    } finally {
      await world.close();
    }
  },
);

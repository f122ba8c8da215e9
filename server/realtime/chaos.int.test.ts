import { expect, onTestFailed, test } from 'vitest';
import { type ChaosReport, printChaos, runChaos } from './testing/chaos';
import type { FaultKind } from './testing/faults';
import { openWorld } from './testing/world';

/** `SOAK=1`: ten times as much; `SEED=n`: what a run with that number did. */
const seed = Number(process.env.SEED ?? 20_261);
const times = process.env.SOAK ? 10 : 1;
const interleavings = 155 * times;
const placed: Record<number, FaultKind> = {
  20: 'crash',
  45: 'outage',
  75: 'database',
  110: 'crash',
};
const faults: FaultKind[] = [
  ...(['none', 'none', 'cut', 'cut', 'offline', 'offline', 'reload', 'reload'] as const),
  ...(['bus', 'bus', 'wipe', 'queries', 'freeze', 'crash'] as const),
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
  { timeout: 400_000 * times },
  async ({ name, redis, offset }) => {
    let last = 'the world is being opened';
    const world = await openWorld({ redis });
    onTestFailed(() => {
      process.stderr.write(`The last that began: ${last}\n`);
    });
    try {
      const report = await runChaos({
        world,
        seed: seed + offset,
        editors: 22,
        interleavings,
        between: 8,
        faults: redis ? [...faults, 'redis', 'wipe'] : faults,
        placed,
        onTurn(index, fault) {
          last = `${name}: interleaving ${index} (${fault})`;
        },
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

import { expect, onTestFailed } from 'vitest';
import { type ChaosReport, printChaos, runChaos } from './chaos';
import type { FaultKind } from './faults';
import { openWorld } from './world';

/** `SEED=n`: what a run with that number did. */
const seed = Number(process.env.SEED ?? 20_261);
const faults: FaultKind[] = [
  ...(['none', 'none', 'cut', 'cut', 'offline', 'offline', 'reload', 'reload'] as const),
  ...(['bus', 'bus', 'wipe', 'queries', 'freeze', 'crash'] as const),
];

type Suite = {
  /** Messages between processes over Redis instead of Postgres. */
  redis: boolean;
  interleavings: number;
  placed: Readonly<Record<number, FaultKind>>;
};

/** 22 people edit one workflow through two processes while things go wrong: every promise holds. Prints the counts. */
export async function expectPromisesKept({ redis, interleavings, placed }: Suite): Promise<void> {
  const name = `chaos, messages over ${redis ? 'Redis' : 'Postgres'}`;
  let last = 'the world is being opened';
  const world = await openWorld({ redis });
  onTestFailed(() => {
    process.stderr.write(`The last that began: ${last}\n`);
  });
  try {
    const report = await runChaos({
      world,
      seed: seed + (redis ? 1 : 0),
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
}

const failuresOf = (report: ChaosReport) =>
  Object.entries(report.promises).flatMap(([name, { failures }]) =>
    failures.map((line) => `${name}: ${line}`),
  );

import { expect, test } from 'vitest';
import { type ChaosOptions, printChaos, runChaos } from './testing/chaos';
import { expectPromisesKept } from './testing/chaos-suite';
import { createForgetfulKeep } from './testing/editor';
import { openWorld, type WorldOptions } from './testing/world';

const placed = { 20: 'crash', 45: 'outage', 75: 'database', 110: 'crash' } as const;

test.each([
  { over: 'Postgres', redis: false },
  { over: 'Redis', redis: true },
])(
  'chaos, messages over $over: what was acknowledged is kept, and all copies are equal',
  ({ redis }) => expectPromisesKept({ redis, interleavings: 310, placed }),
);

/** The failures, by promise, of a run with something broken on purpose. */
async function failuresWith(
  world: WorldOptions,
  options: Pick<ChaosOptions, 'faults' | 'interleavings' | 'createKeep'>,
): Promise<string> {
  const opened = await openWorld(world);
  try {
    const report = await runChaos({
      world: opened,
      seed: 7,
      editors: 6,
      between: 4,
      patienceMs: 4_000,
      ...options,
    });
    printChaos(`broken: ${world.broken ?? 'keep'}`, report);
    return Object.entries(report.promises)
      .filter(([, { failures }]) => failures.length > 0)
      .map(([name]) => name)
      .join('; ');
  } finally {
    await opened.close();
  }
}

test('a server that answers before it stores is found out', async () => {
  const found = await failuresWith(
    { broken: 'answers-before-it-stores' },
    { faults: ['none', 'none', 'cut', 'crash'], interleavings: 12 },
  );
  expect(found).toContain('an acknowledged edit is in the rows');
});

test('a server that never reads what it missed is found out', async () => {
  const found = await failuresWith(
    { broken: 'never-catches-up' },
    { faults: ['bus', 'wipe'], interleavings: 12 },
  );
  expect(found).toContain('all copies are equal to the rows');
});

test('a browser that forgets what it had not sent is found out', async () => {
  const found = await failuresWith(
    {},
    { faults: ['offline', 'reload', 'reload'], interleavings: 12, createKeep: createForgetfulKeep },
  );
  expect(found).toContain('an edit that was made, saved or not, is in the rows');
});

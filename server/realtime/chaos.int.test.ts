import { test } from 'vitest';
import { expectPromisesKept } from './testing/chaos-suite';

// The short form; `chaos.proof.test.ts` is the long one.
test.each([
  { over: 'Postgres', redis: false },
  { over: 'Redis', redis: true },
])(
  'chaos, messages over $over: what was acknowledged is kept, and all copies are equal',
  { timeout: 300_000 },
  ({ redis }) =>
    expectPromisesKept({
      redis,
      interleavings: 15,
      placed: redis ? { 4: 'crash', 9: 'redis' } : { 4: 'crash', 8: 'outage', 12: 'database' },
    }),
);

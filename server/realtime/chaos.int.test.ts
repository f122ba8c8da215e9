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
      interleavings: 40,
      placed: redis ? { 10: 'crash', 20: 'redis' } : { 10: 'crash', 20: 'outage', 30: 'database' },
    }),
);

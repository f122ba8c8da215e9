// @module-tag long
import { test } from 'vitest';
import { expectPromisesKept } from './testing/chaos-suite';

// The short form; `chaos.proof.test.ts` is the long one, over Postgres and Redis.
test('chaos: what was acknowledged is kept, and all copies are equal', { timeout: 300_000 }, () =>
  expectPromisesKept({ redis: false, interleavings: 8, placed: { 3: 'crash', 6: 'outage' } }),
);

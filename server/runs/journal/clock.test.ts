import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { createClock } from './clock';

/** No question is asked in these tests. */
const pool = {} as Pool;

/** How far the clock is from a database that is `aheadMs` ahead of this machine. */
const offBy = (now: number, aheadMs: number) => now - (Date.now() + aheadMs);

test('comes to the clock of the database, and as near as a quick answer says', () => {
  const clock = createClock(pool);
  const told = (aheadMs: number, tookMs: number) => {
    const received = performance.now();
    clock.learn(Math.floor(Date.now() + aheadMs - tookMs / 2), received - tookMs, received);
  };
  told(60_000, 400);
  expect(Math.abs(offBy(clock.now(), 60_000))).toBeLessThanOrEqual(202);
  told(60_000, 4);
  expect(Math.abs(offBy(clock.now(), 60_000))).toBeLessThanOrEqual(5);
  told(-60_000, 4);
  expect(Math.abs(offBy(clock.now(), -60_000))).toBeLessThanOrEqual(5);
});

test('slow answers in any order never turn it back', () => {
  const clock = createClock(pool);
  const database = Date.now() - performance.now();
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let last = 0;
  for (let n = 0; n < 2_000; n += 1) {
    const now = clock.now();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
    // Read anywhere between question and answer, which took up to half a second.
    const tookMs = random() * 500;
    const received = performance.now();
    const readAt = received - random() * tookMs;
    clock.learn(Math.floor(readAt + database), received - tookMs, received);
  }
  expect(Math.abs(last - (performance.now() + database))).toBeLessThan(1_000);
});

import { expect, it } from 'vitest';
import { retryDelay } from './retry';

const retry = { attempts: 9, backoffMs: 1000, maxBackoffMs: 6000 };

it('doubles up to the most, with a quarter of jitter', () => {
  expect([1, 2, 3, 4, 99].map((n) => retryDelay(retry, n, 0.5))).toEqual([
    1000, 2000, 4000, 6000, 6000,
  ]);
  expect(retryDelay(retry, 1, 0)).toBe(750);
  expect(retryDelay(retry, 2, 0.999)).toBe(2499);
  expect(retryDelay(retry, 9, 0.999)).toBe(6000);
});

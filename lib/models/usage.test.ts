import { expect, test } from 'vitest';
import { tokenCount } from './usage';

test.each([
  [11, 11],
  [0, 0],
  [11.9, 11],
  ['12', 12],
  [-1_000_000, 0],
  [1e308, 0],
  [Number.NaN, 0],
  [Number.POSITIVE_INFINITY, 0],
  ['many', 0],
  [null, 0],
  [undefined, 0],
  [{ total: 5 }, 0],
  [[7], 0],
  [true, 0],
])('%j tokens count as %i', (given, counted) => {
  expect(tokenCount(given)).toBe(counted);
});

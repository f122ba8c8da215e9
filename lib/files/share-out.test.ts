import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOut } from './share-out';

test.each([
  [[], 10, []],
  [[3, 4], 10, [3, 4]],
  [[3, 40, 40], 23, [3, 10, 10]],
  [[40, 3], 10, [7, 3]],
  [[5, 5], 0, [0, 0]],
])('of %j with %d there are %j', (needs, budget, given) => {
  expect(shareOut(needs, budget)).toEqual(given);
});

test('never gives more than there is or than is needed, and leaves nothing while somebody wants it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000), { maxLength: 20 }), fc.nat(5_000), (needs, budget) => {
      const given = shareOut(needs, budget);
      const sum = given.reduce((total, one) => total + one, 0);
      const needed = needs.reduce((total, one) => total + one, 0);
      expect(given.every((one, at) => one <= (needs[at] ?? 0))).toBe(true);
      expect(sum).toBeLessThanOrEqual(Math.min(budget, needed));
      expect(Math.min(budget, needed) - sum).toBeLessThan(needs.length || 1);
    }),
    { seed: 7 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isVector, quantise, signBits, similarity } from '@/lib/embeddings/vector';
import { fuse } from './fuse';
import { meaningText, questionText } from './text';

const keys = fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 20 });

test('lists in one order: nothing lost, nothing twice, and what is first in both is first', () => {
  const trials = 2_000;
  fc.assert(
    fc.property(keys, keys, (a, b) => {
      const order = fuse([a, b]).map(({ key }) => key);
      expect([...order].sort()).toEqual([...new Set([...a, ...b])].sort());
      if (a[0] !== undefined && a[0] === b[0]) expect(order[0]).toBe(a[0]);
      // One that found nothing changes nothing of the other.
      expect(fuse([a, []]).map(({ key }) => key)).toEqual(a);
      // Whoever is before somebody else in both lists stays so.
      for (const [at, key] of a.entries()) {
        const later = a.slice(at + 1).filter((other) => b.indexOf(other) > b.indexOf(key));
        if (!b.includes(key)) continue;
        for (const other of later) expect(order.indexOf(key)).toBeLessThan(order.indexOf(other));
      }
    }),
    { numRuns: trials, seed: 3 },
  );
  process.stdout.write(`${trials} pairs of lists: 0 lost, 0 doubled\n`);
});

test('a vector in bytes says what it said', () => {
  const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: 512,
    maxLength: 512,
  });
  fc.assert(
    fc.property(vector, vector, (a, b) => {
      const cosine = (x: number[], y: number[]) => {
        const dot = (p: number[], q: number[]) =>
          p.reduce((sum, n, at) => sum + n * (q[at] ?? 0), 0);
        const size = Math.sqrt(dot(x, x) * dot(y, y));
        return size === 0 ? 0 : dot(x, y) / size;
      };
      expect(similarity(quantise(a), quantise(b))).toBeCloseTo(cosine(a, b), 1);
      expect(signBits(a)).toMatch(/^[01]{512}$/);
    }),
    { numRuns: 200, seed: 4 },
  );
});

test.each([
  ['of the wrong length', [1, 0], false],
  ['with no number', [1, Number.NaN, 0], false],
  ['without end', [1, Number.POSITIVE_INFINITY, 0], false],
  ['of nothing', [0, 0, 0], false],
  ['as it should be', [0.5, -0.5, 0], true],
])('a vector %s', (_, vector, good) => {
  expect(isVector(vector, 3)).toBe(good);
});

test('the meaning of an entry is that of its path and of the beginning of its value', () => {
  expect(meaningText('refund_policy/eu', { days: 14, note: 'Money\nback.' })).toBe(
    'refund policy eu: days: 14 note: Money back.',
  );
  expect(meaningText('a', 'x'.repeat(5_000))).toHaveLength(600);
  expect(meaningText('a', '\ud800').isWellFormed()).toBe(true);
  expect(questionText(` ${'x'.repeat(8_000)}`)).toHaveLength(600);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberOf, picoOf, picoOfNumber, positiveUsdSchema, sumUsd, usdOf } from './pico';

test('decimal texts keep every digit', () => {
  expect(picoOf('0.05')).toBe(50_000_000_000n);
  expect(picoOf('1')).toBe(1_000_000_000_000n);
  expect(picoOf('0.000000000001')).toBe(1n);
  expect(usdOf(50_000_000_000n)).toBe('0.05');
  expect(usdOf(0n)).toBe('0');
  expect(usdOf(-1n)).toBe('-0.000000000001');
});

test('what is no amount of dollars is refused', () => {
  for (const text of ['', '.5', '1e3', '-1', '1,5', '0.0000000000001', ' 1', '12345678', 'NaN'])
    expect(picoOf(text), text).toBeUndefined();
  for (const text of ['0.00', '1000000.01', '9999999'])
    expect(positiveUsdSchema.safeParse(text).success, text).toBe(false);
  expect(positiveUsdSchema.safeParse('1000000').success).toBe(true);
});

test('amounts survive text and number', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 51n), (pico) => {
      expect(picoOf(usdOf(pico))).toBe(pico);
      expect(picoOfNumber(numberOf(pico))).toBe(pico);
    }),
    { numRuns: 2_000 },
  );
});

test('a sum of dollars is as exact as one of pico-dollars, in any order', () => {
  expect(sumUsd(0.1, 0.2)).toBe(0.3);
  expect(sumUsd(...Array.from({ length: 10 }, () => 0.1))).toBe(1);
  expect(sumUsd()).toBe(0);
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 2n ** 44n), { maxLength: 100 }), (picos) => {
      const total = picos.reduce((sum, pico) => sum + pico, 0n);
      expect(sumUsd(...picos.map(numberOf))).toBe(numberOf(total));
      // One at a time, as a run adds each call to what it has spent.
      expect(picos.map(numberOf).reduceRight((sum, usd) => sumUsd(sum, usd), 0)).toBe(
        numberOf(total),
      );
    }),
    { numRuns: 1_000 },
  );
});

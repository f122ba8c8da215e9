import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoOf } from './iso';

it('writes dates as Date does', () => {
  for (const at of [0, 951_782_400_000, 1_709_164_800_000, -1, 253_402_300_799_999]) {
    expect(isoOf(at)).toBe(new Date(at).toISOString());
  }
  fc.assert(
    fc.property(fc.integer({ min: -62_000_000_000_000, max: 253_402_300_799_999 }), (at) => {
      expect(isoOf(at)).toBe(new Date(at).toISOString());
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoOf, millisecondsOf } from './iso';

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

it('reads dates as it writes them, in any zone', () => {
  fc.assert(
    fc.property(
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2399-12-31') }),
      (date) => {
        expect(millisecondsOf(date.toISOString())).toBe(date.getTime());
      },
    ),
  );
  for (const text of ['2027-01-31T09:00:00+01:00', '2028-02-29T23:59-05:30', '2026-12-31T24:00Z']) {
    const known = new Date(text).getTime();
    expect(millisecondsOf(text)).toBe(text.includes('T24') ? undefined : known);
  }
  for (const text of ['2027-02-29T00:00Z', '2027-13-01T00:00Z', '2027-01-01', 'tomorrow', '']) {
    expect(millisecondsOf(text)).toBeUndefined();
  }
});

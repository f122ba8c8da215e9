import { expect, it } from 'vitest';
import { isoReading, msOf, readingOf } from './clock-reading';

it('agrees with the calendar of the engine, over 10,000 years (20,000 moments)', () => {
  let state = 42;
  for (let count = 0; count < 20_000; count += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const ms = -62_167_219_200_000 + Math.floor((state / 2_147_483_648) * 315_569_520_000_000);
    const date = new Date(ms);
    expect(`${isoReading(ms)}Z`).toBe(date.toISOString());
    const { year, month, day, hour, minute, second, milli, weekday } = readingOf(ms);
    expect(weekday % 7).toBe(date.getUTCDay());
    expect(msOf([year, month, day, hour, minute, second])).toBe(ms - milli);
  }
});

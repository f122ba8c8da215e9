import { expect, test } from 'vitest';
import { chanceOf } from '@/lib/runs/testing/chance';
import { rhythmProblem } from './next-times';
import { cronOf, minuteSteps, type PlainRhythm, plainRhythm } from './plain-rhythm';
import { cronWords } from './words';

test.each([
  ['30 8 * * 1-5', { every: 'weekday', time: '08:30' }],
  ['30 08 * * 1,4', { every: 'week', days: [1, 4], time: '08:30' }],
  ['0 9 * * 7', { every: 'week', days: [0], time: '09:00' }],
  ['0 6 L * *', { every: 'month', day: 'L', time: '06:00' }],
  ['*/15 * * * *', { every: 'minutes', minutes: 15 }],
  ['5 * * * *', { every: 'hour', minute: 5 }],
])('%s is a rhythm that people say', (cron, rhythm) => {
  expect(plainRhythm(cron)).toEqual(rhythm);
});

test.each([
  ...['0 9 * 1 *', '0 9,17 * * *', '*/7 * * * *', '0 9 1 * 1', '61 * * * *', '0 24 * * *'],
  ...['0 9 * * 1-3', '0 9 * * MON', '8:30', '', '0 9 0 * *', '0 0 9 * * *'],
])('%s stays an expression', (cron) => {
  expect(plainRhythm(cron)).toBeUndefined();
});

test('what people choose comes back as they chose it, and has words (2,000 rhythms)', () => {
  const chance = chanceOf(830);
  const below = (most: number) => Math.floor(chance() * most);
  const two = (value: number) => String(value).padStart(2, '0');
  for (let n = 0; n < 2_000; n += 1) {
    const time = `${two(below(24))}:${two(below(60))}`;
    const picked = Array.from({ length: 7 }, (_, day) => day).filter(() => chance() < 0.4);
    const days = picked.length === 0 || picked.join() === '1,2,3,4,5' ? [below(7)] : picked;
    const all: PlainRhythm[] = [
      { every: 'minutes', minutes: minuteSteps[below(minuteSteps.length)] ?? 5 },
      { every: 'hour', minute: below(60) },
      { every: 'day', time },
      { every: 'weekday', time },
      { every: 'week', days, time },
      { every: 'month', day: chance() < 0.2 ? 'L' : 1 + below(31), time },
    ];
    for (const rhythm of all) {
      const cron = cronOf(rhythm);
      expect(plainRhythm(cron)).toEqual(rhythm);
      expect(rhythmProblem({ cron, timeZone: 'Europe/Berlin' })).toBeUndefined();
      expect(cronWords(cron)).toBeDefined();
    }
  }
});

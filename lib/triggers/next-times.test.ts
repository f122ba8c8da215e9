import { expect, it } from 'vitest';
import { millisecondsOf } from '@/lib/runs/values/iso';
import { lastTime, nextTimes, rhythmProblem } from './next-times';

const times = (cron: string, after: string, count: number, timeZone = 'Europe/Berlin') =>
  nextTimes({ cron, timeZone }, millisecondsOf(after) ?? 0, count).map((at) =>
    new Date(at).toISOString(),
  );

it('counts in the time zone, and strictly after the moment', () => {
  expect(times('0 9 * * 1-5', '2026-11-20T08:00:00Z', 2)).toEqual([
    '2026-11-23T08:00:00.000Z',
    '2026-11-24T08:00:00.000Z',
  ]);
  expect(times('0 9 * * *', '2026-07-01T00:00:00Z', 1, 'America/New_York')).toEqual([
    '2026-07-01T13:00:00.000Z',
  ]);
});

it('takes the first moment after the gap for a fixed time that the clock leaves out', () => {
  // At 02:00 the clocks go to 03:00.
  expect(times('30 2 * * *', '2026-03-28T12:00:00Z', 2)).toEqual([
    '2026-03-29T01:00:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ]);
});

it('takes a fixed time that comes twice once, several fixed times a day too', () => {
  // At 03:00 the clocks go back to 02:00.
  expect(times('30 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ]);
  expect(times('30 2,14 * * *', '2026-10-24T22:00:00Z', 2)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T13:30:00.000Z',
  ]);
});

it('lets intervals go on through both changes', () => {
  expect(times('*/30 * * * *', '2026-10-25T00:00:00Z', 4)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T01:00:00.000Z',
    '2026-10-25T01:30:00.000Z',
    '2026-10-25T02:00:00.000Z',
  ]);
  expect(times('*/30 * * * *', '2026-03-29T00:30:00Z', 2)).toEqual([
    '2026-03-29T01:00:00.000Z',
    '2026-03-29T01:30:00.000Z',
  ]);
});

it('ends where the calendar does', () => {
  expect(times('0 0 30 2 *', '2026-01-01T00:00:00Z', 1)).toEqual([]);
});

it('finds the last time, the moment itself too', () => {
  const at = millisecondsOf('2026-11-20T08:00:00Z') ?? 0;
  expect(lastTime({ cron: '0 9 * * *', timeZone: 'Europe/Berlin' }, at)).toBe(at);
  expect(lastTime({ cron: '0 9 * * *', timeZone: 'Europe/Berlin' }, at - 1)).toBe(at - 86_400_000);
});

it.each([
  ['0 9 * * *', 'Mars/Olympus', 'timeZone'],
  ['0 9 * * *', '', 'timeZone'],
  ['0 0 9 * * *', 'UTC', 'cron'],
  ['61 * * * *', 'UTC', 'cron'],
  ['2027-01-01T00:00:00', 'UTC', 'cron'],
  ['every day at nine o’clock', 'UTC', 'cron'],
])('refuses %j in %j', (cron, timeZone, field) => {
  expect(rhythmProblem({ cron, timeZone })?.field).toBe(field);
});

it('takes what people write', () => {
  for (const cron of ['0 9 * * MON-FRI', ' 0 9 L * * ', '*/5 8-18 * * 1,3']) {
    expect(rhythmProblem({ cron, timeZone: 'Europe/Berlin' }), cron).toBeUndefined();
  }
});

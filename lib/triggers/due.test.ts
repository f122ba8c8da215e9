import { expect, it } from 'vitest';
import { decideDue } from './due';
import type { ScheduleConfig } from './schema';

const hour = 3_600_000;
const nine = Date.UTC(2026, 10, 20, 9);
const hourly = (more: Partial<ScheduleConfig> = {}): ScheduleConfig => ({
  cron: '0 * * * *',
  timeZone: 'UTC',
  missed: 'once',
  overlap: 'skip',
  input: {},
  ...more,
});
const at = (now: number, config = hourly(), more = {}) =>
  decideDue({ config, due: nine, now, busy: false, ...more });

it('starts on time, and is due again at the next time', () => {
  expect(at(nine + 800)).toEqual({ act: 'start', next: nine + hour });
});

it('starts once for all that was missed', () => {
  expect(at(nine + 5 * hour + 120_000)).toEqual({ act: 'start', next: nine + 6 * hour });
});

it('leaves out what was missed where it shall', () => {
  const skip = hourly({ missed: 'skip' });
  expect(at(nine + 5 * hour + 120_000, skip)).toMatchObject({ act: 'skip', next: nine + 6 * hour });
  expect(at(nine + 30_000, skip)).toMatchObject({ act: 'start' });
});

it('still takes the time that has just come after missed ones', () => {
  expect(at(nine + 5 * hour + 2_000, hourly({ missed: 'skip' }))).toEqual({
    act: 'move',
    next: nine + 5 * hour,
  });
});

it('leaves a time out while the run before has not ended, or starts another', () => {
  expect(at(nine, hourly(), { busy: true })).toMatchObject({ act: 'skip', next: nine + hour });
  expect(at(nine, hourly({ overlap: 'start' }), { busy: true })).toMatchObject({ act: 'start' });
});

it('does not take for missed what waited for the run before', () => {
  const waiting = hourly({ missed: 'skip', overlap: 'wait' });
  const now = nine + 1800_000;
  expect(at(now, waiting, { lastEnded: now - 500 })).toMatchObject({ act: 'start' });
  expect(at(now, waiting, { lastEnded: nine - 500 })).toMatchObject({ act: 'skip' });
});

it('is not due again where the calendar ends', () => {
  const once = hourly({ cron: '0 9 30 2 *' });
  expect(at(nine, once)).toEqual({ act: 'start', next: null });
});

import { expect, it } from 'vitest';
import { neverComes } from './never-comes';
import { nextTimes, rhythmProblem } from './next-times';

it.each([
  ['0 0 30 2 *', true],
  ['0 0 30,31 feb *', true],
  ['0 9 31 4,6,9,11 *', true],
  ['0 9 31 4-6/2 *', true],
  ['0 9 30-31 2 ?', true],
  ['0 0 29 2 *', false],
  ['0 0 31 4,5 *', false],
  ['0 0 28-31 2 *', false],
  ['0 0 31 2 1', false],
  ['0 0 L 2 *', false],
  ['*/5 * */10 * *', false],
  ['0 0 20-29/5 2 *', false],
])('%s never occurs: %s', (cron, never) => {
  const rhythm = { cron, timeZone: 'UTC' };
  expect(neverComes(cron)).toBe(never);
  expect(nextTimes(rhythm, 0, 1)).toHaveLength(never ? 0 : 1);
  if (never)
    expect(rhythmProblem(rhythm)).toMatchObject({
      field: 'cron',
      message: expect.stringContaining('never occurs'),
    });
  else expect(rhythmProblem(rhythm)).toBeUndefined();
});

import { expect, it } from 'vitest';
import { cronWords } from './words';

it.each([
  ['* * * * *', 'every minute'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['0 * * * *', 'every hour'],
  ['5 * * * *', 'every hour at 5 past'],
  ['0 */2 * * *', 'every 2 hours'],
  ['*/15 9-17 * * 1-5', 'every 15 minutes from 09:00 to 17:59, every weekday'],
  ['0 9 * * *', 'every day at 09:00'],
  ['0 9 * * 1-5', 'every weekday at 09:00'],
  ['0 9 * * mon-fri', 'every weekday at 09:00'],
  ['30 9,17 * * 1,4', 'every Monday and Thursday at 09:30 and 17:30'],
  ['0 8 * * 0', 'every Sunday at 08:00'],
  ['0 8 * * 6,7', 'every Saturday and Sunday at 08:00'],
  ['0 6 1 * *', 'the 1st of the month at 06:00'],
  ['0 6 L * *', 'the last day of the month at 06:00'],
  ['0 6 1,15 1,7 *', 'the 1st and 15th of the month in January and July at 06:00'],
  ['0 6 1 * 1', 'the 1st of the month and every Monday at 06:00'],
])('%s is %s', (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});

it('says nothing rather than something wrong', () => {
  for (const cron of ['1-59/7 * * * *', '0 9 * * 1#2', '0 9', '', '0 9 15W * *', 'x y * * *']) {
    expect(cronWords(cron), cron).toBeUndefined();
  }
});

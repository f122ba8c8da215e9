import { expect, it } from 'vitest';
import { windowOf } from './text-window';

const line = 'A line of a table.\n';

it('shows short texts whole, and what is not there as nothing', () => {
  expect(windowOf('a', 'b')).toEqual({ a: 'a', b: 'b' });
  expect(windowOf(undefined, 'b')).toEqual({ a: undefined, b: 'b' });
});

it('begins at the line a little before the first difference', () => {
  const same = line.repeat(10_000);
  const { a = '', b = '', cut } = windowOf(`${same}one${same}`, `${same}two${same}`);
  expect(a.indexOf('one')).toBe(b.indexOf('two'));
  expect(a.indexOf('one')).toBeLessThan(800);
  expect(a.startsWith(line)).toBe(true);
  expect(cut).toMatchObject({ shown: 40_000, of: 2 * same.length + 3 });
});

it('shows the beginning of what is the same, or stands alone', () => {
  const long = line.repeat(10_000);
  expect(windowOf(long, long).cut?.from).toBe(0);
  expect(windowOf(long, undefined).a).toHaveLength(40_000);
});

it('cuts no character in two', () => {
  const { a = '' } = windowOf(`x${'😀'.repeat(50_000)}`, 'x');
  expect(a.isWellFormed()).toBe(true);
});

import { expect, test } from 'vitest';
import { broughtFiles, readAttached, withFileNames } from './attached';

const file = (digit: number, name: string) => ({
  ...{ id: `0000000${digit}-0000-4000-8000-000000000000`, name },
  ...{ mediaType: 'text/plain', size: 1 },
});
const [one, two, three] = [file(1, 'one.txt'), file(2, 'two.txt'), file(3, 'three.txt')];

test('a turn brings its own files first, then earlier ones from new to old, each once', () => {
  expect(broughtFiles([two], [[one], [two], [three]])).toEqual([
    { id: two.id, name: 'two.txt' },
    { id: three.id, name: 'three.txt', earlier: true },
    { id: one.id, name: 'one.txt', earlier: true },
  ]);
  expect(broughtFiles([], [])).toEqual([]);
});

test('later turns read what was sent along by name', () => {
  expect(withFileNames('Look', [one, two])).toBe(
    'Look\n\n[Files sent with this message: one.txt, two.txt]',
  );
  expect(withFileNames('', [one])).toBe('[Files sent with this message: one.txt]');
  expect(withFileNames('Look', [])).toBe('Look');
});

test.each([[null], ['x'], [[{ id: 1 }]]])('%j are no files', (stored) => {
  expect(readAttached(stored)).toEqual([]);
});

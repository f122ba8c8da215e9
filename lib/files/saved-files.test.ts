import { expect, it } from 'vitest';
import { savedFilesIn } from './saved-files';

const file = {
  id: '7b0b5f0e-6c1f-4c0a-9a56-0f3f6f0f2c11',
  name: 'a.csv',
  mediaType: 'text/csv',
  size: 3,
};

it.each<[string, unknown, number]>([
  ['a file', file, 1],
  ['one inside a response', { status: 200, body: file }, 1],
  ['several, each once', { files: [file, file, { ...file, id: file.id.replace('7', '8') }] }, 2],
  ['what has no id of a file', { ...file, id: 'x' }, 0],
  ['what has no size', { ...file, size: '3' }, 0],
  ['what lies deep', [[[[[[file]]]]]], 0],
  ['nothing', null, 0],
])('finds %s', (_, value, count) => expect(savedFilesIn(value)).toHaveLength(count));

it('does not look through everything', () => {
  const many = Array.from({ length: 100 }, (_, at) => ({
    ...file,
    id: file.id.slice(0, -2) + String(at + 10).slice(-2),
  }));
  expect(savedFilesIn(many)).toHaveLength(20);
  expect(savedFilesIn(Array.from({ length: 50_000 }, () => ({ a: {} })))).toEqual([]);
});

import { expect, test } from 'vitest';
import { readIfMatch, tagOf } from './if-match';

test.each([
  [null, undefined],
  [undefined, undefined],
  ['*', undefined],
  ['"12"', [12]],
  ['W/"12"', [12]],
  ['12', [12]],
  [' "1" , "2"', [1, 2]],
  [tagOf(7), [7]],
])('If-Match %j names %j', (header, numbers) => {
  expect(readIfMatch(header)).toEqual(numbers);
});

test.each(['', 'abc', '"abc"', '"12', '-1', '1.5', '"1",', '99999999999999999999'])(
  'If-Match %j is refused',
  (header) => {
    expect(() => readIfMatch(header)).toThrow(/If-Match/);
  },
);

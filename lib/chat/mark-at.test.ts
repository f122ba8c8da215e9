import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markAt, withoutMark } from './mark-at';

test.each([
  ['@', { mark: '@', query: '', from: 0, to: 1 }],
  ['Ask @ana', { mark: '@', query: 'ana', from: 4, to: 8 }],
  ['line\n@Åsa', { mark: '@', query: 'Åsa', from: 5, to: 9 }],
  ['/he', { mark: '/', query: 'he', from: 0, to: 3 }],
  ['mail ada@example.com', undefined],
  ['and /help', undefined],
  ['/help me', undefined],
  ['https://x', undefined],
  ['@ada and', undefined],
  ['See #', { mark: '#', query: '', from: 4, to: 5 }],
  ['#sales/2026-q1.csv', { mark: '#', query: 'sales/2026-q1.csv', from: 0, to: 18 }],
  ['# A heading', undefined],
  ['a#b', undefined],
])('at the end of %j stands %j', (text, found) => {
  expect(markAt(text, text.length)).toEqual(found);
});

test('only what stands before the caret counts, and it can be taken out again', () => {
  const found = markAt('Ask @an now', 7);
  expect(found).toMatchObject({ query: 'an' });
  expect(found && withoutMark('Ask @an now', found)).toBe('Ask now');
});

test('never throws, and stands within the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(50), (text, caret) => {
      const found = markAt(text, caret);
      if (found) expect(text.slice(found.from, found.to)).toBe(found.mark + found.query);
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

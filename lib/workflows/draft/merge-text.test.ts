import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { diffText, mergeText } from './merge-text';

const words = fc
  .array(fc.constantFrom('a', 'bb', 'ccc', ' ', '\n', '😀', '😁', 'é', '.', '{{'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

function applied(from: string, to: string): string {
  return diffText(from, to).reduce(
    (text, { index, remove, insert }) => text.slice(0, index) + insert + text.slice(index + remove),
    from,
  );
}

test('the changes turn one text into the other, and never cut a surrogate pair', () => {
  fc.assert(
    fc.property(words, words, (from, to) => {
      expect(applied(from, to)).toBe(to);
      const doc = new Y.Doc();
      const text = doc.getText();
      text.insert(0, from);
      mergeText(text, to);
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
      expect(copy.getText().toString()).toBe(to);
    }),
    { numRuns: 2_000 },
  );
});

test('what did not change is not touched: two far edits stay two small ones', () => {
  const from = `alpha ${'filler '.repeat(50)}omega`;
  const to = `ALPHA ${'filler '.repeat(50)}OMEGA`;
  expect(diffText(from, to)).toEqual([
    { index: 0, remove: 5, insert: 'ALPHA' },
    { index: from.length - 5, remove: 5, insert: 'OMEGA' },
  ]);
});

test('an edit is as small as it can be: no shorter path by words exists', () => {
  const size = (from: string, to: string) =>
    diffText(from, to).reduce((sum, change) => sum + change.remove + change.insert.length, 0);
  expect(size('one two three four', 'one three four')).toBe(4);
  expect(size('one two three four', 'one two 2 three four')).toBe(2);
  expect(size('a b c a b b a', 'c b a b a c')).toBeLessThanOrEqual(12);
});

test('quite another text of 100,000 letters is replaced as one', () => {
  const from = Array.from({ length: 10_000 }, (_, i) => `word${i}`).join(' ');
  const to = Array.from({ length: 10_000 }, (_, i) => `other${i}`).join(' ');
  expect(applied(from, to)).toBe(to);
});

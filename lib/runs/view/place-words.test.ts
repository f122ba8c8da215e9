import { expect, test } from 'vitest';
import { placeInWords } from './place-words';

test('names the items that lead to a step', () => {
  expect(placeInWords([])).toBe('');
  const each = { stepId: 'e', name: 'For each row', type: 'map', round: 0, index: 2 };
  const loop = { stepId: 'l', name: 'Repeat', type: 'loop', round: 2, index: 0 };
  expect(placeInWords([each, loop])).toBe('in item 3 of For each row, iteration 2 of Repeat');
});

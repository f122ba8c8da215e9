import { expect, test } from 'vitest';
import { rankOf } from './rank';

test('the label counts more than words, a beginning more than a middle', () => {
  const order = [
    { label: 'Models' },
    { label: 'Models of last year' },
    { label: 'Compare models' },
    { label: 'Keys', words: 'models provider' },
    { label: 'Keys', words: 'modelsmith' },
    { label: 'Supermodels' },
    { label: 'Keys', words: 'supermodels' },
    { label: 'Report', found: true },
  ].map((each) => rankOf('models', each));
  expect(order).toEqual([1, 0.9, 0.8, 0.75, 0.6, 0.4, 0.3, 0.2]);
  expect(rankOf('models', { label: 'Report' })).toBe(0);
});

test('all words must be there, in any order', () => {
  const report = { label: 'Weekly sales report', words: 'revenue' };
  expect(rankOf('report weekly', report)).toBe(0.5);
  expect(rankOf('revenue weekly', report)).toBe(0.5);
  expect(rankOf('weekly zebra', report)).toBe(0);
  expect(rankOf('', report)).toBe(1);
});

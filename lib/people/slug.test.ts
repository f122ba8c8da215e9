import { expect, test } from 'vitest';
import { slugOf } from './slug';

test.each([
  ['Acme Research', '', 'acme-research'],
  ['  Café & Söhne!  ', '', 'cafe-sohne'],
  ['日本', '', 'workspace'],
  ['日本', 'x1', 'workspace-x1'],
  ['a'.repeat(60), '', 'a'.repeat(40)],
  [`${'a'.repeat(39)} b`, '2', `${'a'.repeat(39)}-2`],
])('%s becomes a slug', (name, suffix, expected) => {
  expect(slugOf(name, suffix)).toBe(expected);
});

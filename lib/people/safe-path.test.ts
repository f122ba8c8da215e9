import { expect, test } from 'vitest';
import { safePath } from './safe-path';

test.each(['/', '/workflows/1?tab=runs#x', '/invite/a-b_c', '/a//b'])('%s is ours', (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/a\\b',
  'https://evil.example',
  'javascript:alert(1)',
  '/\n/evil.example',
  '/\t/evil.example',
  '',
  undefined,
  ['/a'],
  `/${'a'.repeat(3_000)}`,
])('%j is not', (path) => {
  expect(safePath(path)).toBe('/');
});

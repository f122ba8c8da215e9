import { expect, test } from 'vitest';
import { checkJson } from './check-json';

const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

test('plain values pass', () => {
  expect(checkJson({ a: [1, 'x', null, { b: true }], c: 'grüße 👋' })).toBeUndefined();
  expect(checkJson(nested(32))).toBeUndefined();
});

test.each([
  ['deep nesting', nested(33), 'nested deeper'],
  ['endless nesting', nested(50_000), 'nested deeper'],
  ['__proto__', JSON.parse('{"a":[{"__proto__":1}]}'), 'not allowed'],
  ['constructor', { constructor: 1 }, 'not allowed'],
  ['prototype', { a: { prototype: {} } }, 'not allowed'],
  ['NUL in a text', { a: 'x\0y' }, 'NUL'],
  ['NUL in a name', { 'a\0': 1 }, 'NUL'],
  ['half a surrogate pair', ['\ud800'], 'NUL'],
])('%s is refused', (_name, value, message) => {
  expect(checkJson(value)?.message).toContain(message);
});

test('the path leads to the fault', () => {
  expect(checkJson(JSON.parse('{"a":[0,{"b":{"__proto__":1}}]}'))?.path).toBe('a[1].b.__proto__');
});

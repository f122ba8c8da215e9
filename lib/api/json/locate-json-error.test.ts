import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locateJsonError } from './locate-json-error';

test.each([
  ['', 1, 1, 'expected a value, but the text ends'],
  ['{', 1, 2, 'expected a name in double quotes, but the text ends'],
  ['{"a":1,}', 1, 8, 'expected a name in double quotes'],
  ['{"a" 1}', 1, 6, 'expected ":"'],
  ['[1,\n 2\n 3]', 3, 2, 'expected "," or "]"'],
  ['{"a":1}}', 1, 8, 'expected nothing more'],
  ["{'a':1}", 1, 2, 'expected a name in double quotes'],
  ['[01]', 1, 3, 'expected "," or "]"'],
  ['["\\x"]', 1, 3, 'unknown escape in a text'],
  ['["a\nb"]', 1, 4, 'a text cannot hold this character: escape it'],
  ['["a', 1, 4, 'expected the closing quote, but the text ends'],
  ['nul', 1, 1, 'expected a value'],
])('%j fails at %d:%d', (text, line, column, message) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(locateJsonError(text)).toEqual({ line, column, message });
});

test('agrees with JSON.parse on what is JSON', () => {
  const mutated = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '0', '\\', ' ', '[', 'e'))
    .map(([text, at, char]) => {
      const where = at % (text.length + 1);
      return text.slice(0, where) + char + text.slice(where + (at % 2));
    });
  fc.assert(
    fc.property(mutated, (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      expect(locateJsonError(text) === undefined).toBe(valid);
    }),
    { numRuns: 2000 },
  );
});

test('depth costs nothing', () => {
  expect(locateJsonError('['.repeat(200_000))?.column).toBe(200_001);
});

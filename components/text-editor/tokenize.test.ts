import { describe, expect, it } from 'vitest';
import { expressionStart, tokenize } from './tokenize';

const read = (text: string, language: Parameters<typeof tokenize>[1]) =>
  tokenize(text, language).map((token) => [token.kind, text.slice(token.from, token.to)]);

describe('tokenize', () => {
  it('finds holes in a template and leaves the prose alone', () => {
    expect(read('Dear {{ steps.clean.output }}, true', 'template')).toEqual([
      ['brace', '{{'],
      ['root', 'steps'],
      ['property', 'clean'],
      ['property', 'output'],
      ['brace', '}}'],
    ]);
  });

  it('keeps an unfinished hole open to the end', () => {
    expect(read('x {{ input.', 'template')).toEqual([
      ['brace', '{{'],
      ['root', 'input'],
    ]);
  });

  it('tells calls, strings, numbers and operators apart', () => {
    expect(read('sum(input.rows) > 1.5 && name == "a"', 'expression')).toEqual([
      ['call', 'sum'],
      ['root', 'input'],
      ['property', 'rows'],
      ['operator', '>'],
      ['number', '1.5'],
      ['operator', '&&'],
      ['property', 'name'],
      ['operator', '=='],
      ['string', '"a"'],
    ]);
  });

  it('does not take a property called input for the root', () => {
    expect(read('steps.a.input', 'expression').at(-1)).toEqual(['property', 'input']);
  });

  it('reads JSON keys and values', () => {
    expect(read('{"a": [1, true, "b"]}', 'json')).toEqual([
      ['property', '"a"'],
      ['number', '1'],
      ['keyword', 'true'],
      ['string', '"b"'],
    ]);
  });
});

describe('expressionStart', () => {
  it('is inside a hole only', () => {
    expect(expressionStart('a {{ in', 7, 'template')).toBe(4);
    expect(expressionStart('a {{ in }} b', 12, 'template')).toBeUndefined();
    expect(expressionStart('a {{ in }} b', 8, 'template')).toBe(4);
    expect(expressionStart('plain', 3, 'template')).toBeUndefined();
    expect(expressionStart('in', 2, 'expression')).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './read-json';

describe('JSON from outside', () => {
  it.each([
    ['7615917337495251231', '7615917337495251231'],
    ['-7615917337495251231', '-7615917337495251231'],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['9007199254740993', '9007199254740993'],
    ['1000000000000000000', '1000000000000000000'],
    ['7615917337495251231.0', '7615917337495251231.0'],
    ['7.615917337495251231e18', '7.615917337495251231e18'],
    ['1e20', 1e20],
    ['1e23', 1e23],
    ['1e400', '1e400'],
    ['1e-400', 0],
    ['0.1', 0.1],
    ['12345678.125', 12345678.125],
    ['[1234567890123456, 12345678901234567]', [1234567890123456, '12345678901234567']],
    [
      '{"a": {"id": 9007199254740993}, "b": [true, null, "x\\"y"]}',
      { a: { id: '9007199254740993' }, b: [true, null, 'x"y'] },
    ],
    ['{"9007199254740993": "9007199254740993"}', { '9007199254740993': '9007199254740993' }],
    ['{"a\\u0062": 1, "": [], "c": {}}', { ab: 1, '': [], c: {} }],
  ])('%s', (text, value) => {
    expect(readJson(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['{"a": 1, "a": 2}', 1, 10, 'the name "a" stands twice'],
    ['{"a": 1,\n "\\u0061": 2}', 2, 2, 'the name "a" stands twice'],
    ['[{"b": {"c": 1, "d": 2,\r\n"c": 1}}]', 2, 1, 'the name "c" stands twice'],
    ['{"__proto__": 1, "__proto__": 2}', 1, 18, 'the name "__proto__" stands twice'],
    ['{"a": 1,}', 1, 9, 'expected a name'],
    ['[1 2]', 1, 4, 'expected ","'],
    ['', 1, 1, 'expected a value'],
    ['{"a": 01}', 1, 8, 'expected ","'],
  ])('refuses %s', (text, line, column, message) => {
    expect(readJson(text)).toMatchObject({
      ok: false,
      problem: { line, column, message: expect.stringContaining(message) },
    });
  });

  it('lets one name stand in several objects, and a prototype stay what it is', () => {
    const read = readJson('[{"a": 9007199254740993, "__proto__": {"x": 1}}, {"a": 1}]');
    if (!read.ok) throw new Error('refused');
    const [first] = read.value as object[];
    expect(Object.keys(first ?? {})).toEqual(['a', '__proto__']);
    expect(Object.getPrototypeOf(first)).toBe(Object.prototype);
  });

  it('reads deep texts, and looks for places no further than told', () => {
    const deep = `${'['.repeat(20_000)}9007199254740993${']'.repeat(20_000)}`;
    expect(readJson(deep).ok).toBe(true);
    expect(readJson('[1,', 2)).toEqual({ ok: false, problem: { message: 'it cannot be read' } });
  });

  it('gives what the engine gives, whichever way it reads (1000 values)', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(2), (value, indent) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        const exact = (one: unknown): unknown => {
          if (typeof one === 'number' && Number.isInteger(one) && !Number.isSafeInteger(one))
            return expect.anything();
          if (Array.isArray(one)) return one.map(exact);
          if (typeof one !== 'object' || one === null) return one;
          return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, exact(inner)]));
        };
        const text = JSON.stringify(value, null, indent);
        expect(readJson(text)).toEqual({ ok: true, value: exact(plain) });
        // A long number in front sends all of it the exact way.
        expect(readJson(`[12345678901234567890,${text}]`)).toEqual({
          ok: true,
          value: ['12345678901234567890', exact(plain)],
        });
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });
});

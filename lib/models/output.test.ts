import { expect, test } from 'vitest';
import { parseOutput, schemaProblem } from './output';

const schema = {
  type: 'object',
  properties: {
    total: { type: 'number', minimum: 0 },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['total'],
  additionalProperties: false,
};

test.each([
  ['{"total": 3}'],
  ['```json\n{"total": 3}\n```'],
  ['Here it is:\n\n{"total": 3}\n\nAnything else?'],
  ['Is it {total}? Perhaps {"total": 1}. No: {"total": 3}'],
  ['First [1, 2], then {"sum": 3}; in all {"total": 3}.'],
  ['```\n{"total": 1}\n```\nBetter:\n```json\r\n{"total": 3}\r\n```'],
  ['The set {a, b} has "{" in it. {"total": 3}'],
])('takes the value out of %j', (text) => {
  expect(parseOutput(text, schema)).toEqual({ ok: true, value: { total: 3 } });
});

test.each([
  ['nothing here', /not JSON/],
  ['{"total": 3, "tags": ["a", "b', /not JSON/],
  ['Perhaps {"total": 1}. No: {"total": 3, "tags": [', /not JSON/],
  ['{"answer": {"total": 3}, "tags"', /not JSON/],
  ['{"total": "three"}', /total/],
  ['{"total": -1}', /total/],
  ['{}', /total/],
  ['{"total": 1, "extra": 2}', /extra/],
  ['{"total": 1, "tags": [1]}', /tags\.0/],
])('says what is wrong with %j', (text, problem) => {
  expect(parseOutput(text, schema)).toMatchObject({
    ok: false,
    problem: expect.stringMatching(problem),
  });
});

test.each([
  ['{"id": 7615917337495251231}', '7615917337495251231'],
  ['The order is:\n```json\n{"id": 9007199254740993}\n```', '9007199254740993'],
  ['First {"id": 1}. In all {"id": -9223372036854775808}', '-9223372036854775808'],
  ['{"id": 9007199254740991}', 9_007_199_254_740_991],
])('keeps the digits of %j', (text, id) => {
  const any = { type: 'object', properties: { id: { type: ['integer', 'string'] } } };
  expect(parseOutput(text, any)).toEqual({ ok: true, value: { id } });
});

test.each([
  '{"total": 1, "total": 2}',
  'Here: {"total": 1, "total": 2}',
  '```json\n{"total": 1, "total": 2}\n```',
  'Perhaps {"total": 3}. No: {"total": 1, "total": 2}',
  '{"a": {"total": 1}, "a": {"total": 2}}',
])('does not choose between two values of one name in %j', (text) => {
  expect(parseOutput(text, schema)).toEqual({
    ok: false,
    problem: expect.stringMatching(/the name "(total|a)" stands twice/),
  });
});

test('knows a schema that cannot be used', () => {
  expect(schemaProblem(schema)).toBeUndefined();
  expect(schemaProblem({ $ref: '#/nowhere/at/all' })).toBeTypeOf('string');
});

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
])('takes the value out of %j', (text) => {
  expect(parseOutput(text, schema)).toEqual({ ok: true, value: { total: 3 } });
});

test.each([
  ['nothing here', /not JSON/],
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

test('knows a schema that cannot be used', () => {
  expect(schemaProblem(schema)).toBeUndefined();
  expect(schemaProblem({ $ref: '#/nowhere/at/all' })).toBeTypeOf('string');
});

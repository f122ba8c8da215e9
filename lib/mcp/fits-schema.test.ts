import { expect, it, vi } from 'vitest';
import { schemaMisfits } from './fits-schema';

it('says what does not fit, with the choices that there are', () => {
  const schema = {
    type: 'object',
    required: ['a'],
    properties: { a: { enum: ['x', { b: 1 }] }, c: { const: 7 } },
  };
  expect(schemaMisfits(schema, { a: 'x', c: 7 })).toEqual([]);
  expect(schemaMisfits(schema, { a: { b: 1 } })).toEqual([]);
  expect(schemaMisfits(schema, { a: 'y', c: 8 })).toEqual([
    '"a" has to be one of: "x",{"b":1}.',
    '"c" has to be one of: 7.',
  ]);
  expect(schemaMisfits(schema, {})).toEqual(['"a" is missing.']);
});

/** Counts what is written as JSON: time is the machine's, work is the code's. */
function writesIn(work: () => unknown): number {
  const write = vi.spyOn(JSON, 'stringify');
  work();
  const characters = write.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
  write.mockRestore();
  return characters;
}

it('does no more work for a schema and a value that were made to cost much', () => {
  const choices = Array.from({ length: 4_800 }, (_, at) => at.toString(36));
  const forms = Array.from({ length: 20 }, () => ({ $ref: '#/$defs/e' }));
  const schema = {
    type: 'object',
    $defs: { e: { enum: choices } },
    properties: { a: { type: 'array', items: { anyOf: [...forms, { type: 'string' }] } } },
  };
  const value = { a: Array.from({ length: 230 }, (_, at) => 'Z'.repeat(1_000) + at) };
  // Before: the value once for each of 22 million comparisons.
  expect(writesIn(() => schemaMisfits(schema, value))).toBeLessThan(10_000_000);
  const long = { ...schema, properties: { a: { $ref: `#${'/a'.repeat(500_000)}` } } };
  expect(schemaMisfits(long, value)).toEqual([]);
});

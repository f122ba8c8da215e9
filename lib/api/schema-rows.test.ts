import { expect, test } from 'vitest';
import { z } from 'zod';
import { type JsonSchema, schemaRows, typeOf } from './schema-rows';

const rowsOf = (schema: z.ZodType) =>
  schemaRows(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema).map(
    ({ path, type, required, notes }) =>
      `${path}${required ? '' : '?'}: ${type} ${notes.join(' ')}`.trim(),
  );

test('fields come in order, lists and inner objects under their paths', () => {
  const schema = z.strictObject({
    id: z.uuid(),
    name: z.string().max(20).describe('Shown to people.'),
    mode: z.enum(['live', 'rehearsal']).default('live'),
    parent: z.strictObject({ id: z.uuid() }).nullable(),
    items: z.array(z.strictObject({ at: z.iso.datetime(), value: z.unknown().optional() })),
  });
  expect(rowsOf(schema)).toEqual([
    'id: UUID',
    'name: text Shown to people. At most 20 characters.',
    'mode?: "live" or "rehearsal" Default "live".',
    'parent: object or null',
    'parent.id: UUID',
    'items: list of object',
    'items[].at: time (ISO 8601)',
    'items[].value?: any JSON',
  ]);
});

test('a schema within itself ends', () => {
  const schema: JsonSchema = { type: 'object', properties: {} };
  schema.properties = { again: schema };
  expect(schemaRows(schema).length).toBe(5);
});

test.each<[JsonSchema, string]>([
  [{}, 'any JSON'],
  [{ type: 'integer' }, 'whole number'],
  [{ const: 1 }, '1'],
  [{ $ref: '#/x' }, 'any JSON'],
  [{ type: ['string', 'null'] }, 'text or null'],
  [{ type: 'array', items: { type: 'string' } }, 'list of text'],
])('%j is %s', (schema, expected) => {
  expect(typeOf(schema)).toBe(expected);
});

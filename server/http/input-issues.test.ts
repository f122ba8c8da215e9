import { expect, it } from 'vitest';
import { z } from 'zod';
import { issuesOf } from './input-issues';

const agent = z.strictObject({ agentId: z.uuid() });
const trigger = z.strictObject({ triggerId: z.uuid(), note: z.string().optional() });
const either = z.union([agent, trigger]);

function faults(schema: z.ZodType, value: unknown): string[] {
  const read = schema.safeParse(value);
  if (read.success) return [];
  return issuesOf('body', read.error, schema).map(({ path, message }) => `${path}: ${message}`);
}

it('says what each form of a body needs where none is nearer', () => {
  expect(faults(either, {})).toEqual(['body: needs agentId, or triggerId']);
  expect(faults(z.union([z.number(), z.boolean()]), 'x')).toEqual([
    'body: needs Invalid input: expected number, received string, or Invalid input: expected boolean, received string',
  ]);
});

it('tells the faults of the nearest form', () => {
  expect(faults(either, { triggerId: 'x' })).toEqual(['body.triggerId: Invalid UUID']);
  expect(faults(z.union([agent, z.array(agent)]), [{ agentId: 'x' }])).toEqual([
    'body[0].agentId: Invalid UUID',
  ]);
});

it('says what was perhaps meant by an unknown field, or lists the few that there are', () => {
  const body = z.strictObject({ items: z.array(z.strictObject({ path: z.string() })).optional() });
  expect(faults(body, { item: [] })).toEqual(['body.item: unknown field, did you mean items?']);
  expect(faults(body, { colour: 1 })).toEqual(['body.colour: unknown field (known: items)']);
  expect(faults(body, { items: [{ path: 'a', pth: 1 }] })).toEqual([
    'body.items[0].pth: unknown field, did you mean path?',
  ]);
});

it('names the choices of a kind', () => {
  const body = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('a') }),
    z.strictObject({ kind: z.literal('b') }),
  ]);
  expect(faults(body, { kind: 'c' })).toEqual([
    "body.kind: Invalid discriminator value. Expected 'a' | 'b'",
  ]);
});

import { expect, test } from 'vitest';
import { shapeOf } from '@/lib/expressions/shapes/shapes';
import { catalogue } from '@/lib/nodes/catalogue';
import { definitionSchema } from '../schema';
import { findProblems } from './problems';

const node = (id: string, type: string, config: object, more: object = {}) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
  ...more,
});
const rows = { rows: [{ quantity: 1, price: 2, extra: { note: 'x' } }], total: 3 };
const schema = JSON.stringify({
  type: 'object',
  properties: {
    city: { type: 'string' },
    days: { type: 'array', items: { properties: { rain: {} } } },
  },
});

function problemsOf(expression: string, seen: unknown = rows) {
  const shape = shapeOf(seen);
  const definition = definitionSchema.parse({
    name: 'Made',
    nodes: [
      node('read', 'read-file', { file: 'f' }),
      node('made', 'transform', { fields: [{ id: 'a', name: 'amount', expression: '1' }] }),
      node('ask', 'model', { prompt: 'Ask', outputSchema: schema }),
      node('own', 'transform', { expression }),
    ],
    edges: [
      { id: 'a', source: 'read', target: 'made' },
      { id: 'b', source: 'made', target: 'ask' },
      { id: 'c', source: 'ask', target: 'own' },
    ],
  });
  return findProblems(definition, catalogue, { outputs: shape ? { read: shape } : {} }).filter(
    ({ nodeId }) => nodeId === 'own',
  );
}

test('a field that the last run did not have is a warning with the name that was meant', () => {
  expect(problemsOf('steps.read.output.totl + 1')).toEqual([
    {
      ...{ severity: 'warning', code: 'unknown_field', nodeId: 'own', path: ['expression'] },
      message: 'There is no field "totl". Did you mean "total"?',
      fix: 'steps.read.output.total + 1',
    },
  ]);
  expect(problemsOf('steps.read.output.rows.map(r, r.quantiy * r.price)')).toMatchObject([
    { fix: 'steps.read.output.rows.map(r, r.quantity * r.price)' },
  ]);
  expect(problemsOf('steps.read.output.rows[0].extra.other')).toMatchObject([
    { message: 'There is no field "other". There is note.' },
  ]);
  expect(problemsOf('steps.read.output.rows.quantity')).toMatchObject([
    { message: expect.stringContaining('map(row, row.quantity)') },
  ]);
});

test('what settings and schemas say is an error without any run', () => {
  expect(problemsOf('steps.made.output.amout', undefined)).toMatchObject([
    { severity: 'error', fix: 'steps.made.output.amount' },
  ]);
  expect(problemsOf('steps.ask.output.value.citty', undefined)).toMatchObject([
    { severity: 'error', fix: 'steps.ask.output.value.city' },
  ]);
  expect(problemsOf('steps.ask.output.value.days.map(d, d.rian)', undefined)).toMatchObject([
    { severity: 'error', fix: 'steps.ask.output.value.days.map(d, d.rain)' },
  ]);
});

test('what may be there, and what is asked for, is no problem', () => {
  for (const text of [
    'steps.read.output.rows.filter(r, r.price > 1).map(r, r.quantity).sum()',
    'has(steps.read.output.nope) ? 1 : 0',
    'isEmpty(steps.read.output.nope)',
    'steps.read.output.rows.map(r, {a: r.price}).map(x, x.a)',
    'steps.read.output.rows.groupBy("price").map(g, g.key)',
    'steps.ask.output.text.size()',
    'cel.bind(t, steps.read.output, t.total)',
    'steps.made.output.amount',
  ]) {
    expect(problemsOf(text), text).toEqual([]);
  }
  expect(problemsOf('steps.read.output.nope', { $blob: { hash: 'h' } })).toEqual([]);
});

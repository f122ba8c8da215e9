import { describe, expect, it } from 'vitest';
import { suggestions } from './suggest';

const names = {
  input: { month: '2026-01', rows: [1, 2] },
  steps: { clean: { output: { rows: [{ a: 1 }], total: 3 } } },
};
const labels = (expression: string) =>
  suggestions(expression, names).items.map((item) => item.label);

describe('suggestions', () => {
  it('offers roots and whole steps at the start of a word', () => {
    const found = suggestions('  in', names);
    expect(found.from).toBe(2);
    expect(found.items.map((item) => item.insert ?? item.label)).toEqual(
      expect.arrayContaining(['input', 'steps.clean.output']),
    );
  });

  it('follows dots through values', () => {
    expect(labels('steps.')).toContain('clean');
    expect(labels('steps.clean.output.').slice(0, 2)).toEqual(['rows', 'total']);
    expect(labels('steps.clean.output.rows[0].')[0]).toBe('a');
    expect(labels('1 + input.mo')[0]).toBe('month');
  });

  it('says what a value looks like', () => {
    const [rows] = suggestions('steps.clean.output.', names).items;
    expect(rows?.detail).toBe('list of 1');
  });

  it('offers only functions after a call and after what is not known', () => {
    expect(labels('sum(input.rows).')).not.toContain('input');
    expect(labels('nobody.').every((label) => !['input', 'steps'].includes(label))).toBe(true);
  });
});

it('offers places of lists and keys that need brackets, in the place of the dot', () => {
  const names = { steps: { call: { output: { rows: [{ 'a b': 1 }], 'content-type': 'text' } } } };
  const at = (expression: string) =>
    suggestions(expression, names).items.filter((item) => item.kind === 'property');
  expect(at('steps.call.output.')).toMatchObject([
    { label: 'rows' },
    { label: 'content-type', insert: '["content-type"]', eatsDot: true, detail: '"text"' },
  ]);
  expect(at('steps.call.output.rows.')).toMatchObject([{ label: '[0]', eatsDot: true }]);
  expect(at('steps.call.output.rows[0].')).toMatchObject([{ label: 'a b', insert: '["a b"]' }]);
  expect(at('steps.call.output["content-type"].')).toEqual([]);
});

it('offers whole paths with their values before anything was typed', () => {
  const names = { input: { mail: 'hi' }, steps: { call: { output: { rows: { first: 1 } } } } };
  const labels = suggestions('', names).items.map((item) => `${item.label} ${item.detail ?? ''}`);
  expect(labels).toContain('input.mail "hi"');
  expect(labels).toContain('steps.call.output.rows.first 1');
});

it('offers fields of a webhook body one by one, those that are near first', () => {
  const request = { headers: { host: 'a' }, body: { order: { id: 'A-1', lines: [{ sku: 'x' }] } } };
  const paths = suggestions('', { input: { request }, steps: {} }).items.map(({ label }) => label);
  expect(paths.filter((label) => label.startsWith('input.'))).toEqual([
    'input.request',
    'input.request.headers',
    'input.request.body',
    'input.request.headers.host',
    'input.request.body.order',
    'input.request.body.order.id',
    'input.request.body.order.lines',
  ]);
});

it('offers the fields of the row that only this step sees, before what all see', () => {
  const all = { input: { a: 1 }, steps: {}, run: {}, row: { amount: 2 }, index: 0 };
  const shown = suggestions('', all).items.flatMap(({ kind, label }) =>
    kind === 'function' ? [] : [label],
  );
  expect(shown).toEqual(['row', 'index', 'row.amount', 'input.a', 'input', 'steps', 'run']);
});

it('offers the functions that a value takes, with a sentence and an example', () => {
  const names = { input: { text: 'a', list: [1], day: '2026-03-14', n: 1 } };
  const functionsAt = (expression: string) =>
    suggestions(expression, names).items.flatMap(({ kind, label }) =>
      kind === 'function' ? [label] : [],
    );
  expect(functionsAt('input.list.')).toEqual(expect.arrayContaining(['map', 'sum', 'size']));
  expect(functionsAt('input.list.')).not.toContain('lower');
  expect(functionsAt('input.text.')).toEqual(expect.arrayContaining(['lower', 'size']));
  expect(functionsAt('input.text.')).not.toContain('sum');
  expect(functionsAt('input.day.')).toEqual(expect.arrayContaining(['addDays', 'lower']));
  expect(functionsAt('input.n.')).not.toContain('addDays');
  const sum = suggestions('', names).items.find(({ label }) => label === 'sum');
  expect(sum).toMatchObject({
    group: 'Lists',
    info: expect.stringContaining('[1, 2, 3].sum() → 6'),
  });
});

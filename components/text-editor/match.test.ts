import { expect, it } from 'vitest';
import { matching } from './match';

const found = (word: string, ...labels: string[]) =>
  matching(
    labels.map((label) => ({ label })),
    word,
  ).map(({ label }) => label);

it('finds a typed word in one piece, never by scattered letters', () => {
  expect(found('order', 'input.request.headers', 'round', 'formatNumber')).toEqual([]);
  expect(found('hdr', 'input.request.headers')).toEqual([]);
  expect(found('ord', 'input.body.order', 'records')).toEqual(['input.body.order', 'records']);
  expect(found('mon', 'addMonths', 'month')).toEqual(['month', 'addMonths']);
  expect(found('name', 'input["last name"]', 'input["name"]')).toEqual([
    'input["name"]',
    'input["last name"]',
  ]);
});

it('puts the last name of a path before its other words, and those before the inside of words', () => {
  expect(
    found('order', 'reorder', 'input.order.total', 'input.body.order', 'steps.readOrder.output.id'),
  ).toEqual(['input.body.order', 'input.order.total', 'steps.readOrder.output.id', 'reorder']);
});

it('begins words at humps, underscores and brackets', () => {
  for (const label of ['readSheet', 'read_sheet', 'input["read sheet"]', 'input.rows2Sheet'])
    expect(found('sheet', label)).toEqual([label]);
  expect(found('ID', 'input.order_id', 'idea', 'paid')).toEqual(['idea', 'input.order_id']);
});

it('keeps the order, and everything, before anything is typed', () => {
  expect(found('', 'b', 'a')).toEqual(['b', 'a']);
});

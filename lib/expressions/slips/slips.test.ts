import { describe, expect, it, test } from 'vitest';
import { checkExpression, checkTemplate } from '../check';
import { type Around, slipIn } from './slips';

const around: Around = {
  steps: new Map([
    ['read_orders', 'read_orders'],
    ['read orders', 'read_orders'],
    ['sum', 'sum'],
  ]),
  previous: 'read_orders',
  inputs: ['customer', 'amount'],
};
const known = { names: ['input', 'steps', 'run'] };
const fix = (text: string, kind: 'expression' | 'template' = 'expression') =>
  slipIn(text, kind, known, around);

describe('the usual slips of beginners are put right', () => {
  it.each<[string, string]>([
    ['input.amount = 5', 'input.amount == 5'],
    ['input.amount === 5 && input.customer !== "x"', 'input.amount == 5 && input.customer != "x"'],
    ['{{ input.amount }} > 5', 'input.amount > 5'],
    ['$json.total', 'steps.read_orders.output.total'],
    ['$node["Read orders"].json.total > 5', 'steps.read_orders.output.total > 5'],
    ["$('Read orders').item.json.total", 'steps.read_orders.output.total'],
    ['{{#read_orders.total#}}', 'steps.read_orders.output.total'],
    ['<read_orders.output.total> > 5', 'steps.read_orders.output.total > 5'],
    ['steps.sum.output.length > 2', 'steps.sum.output.size() > 2'],
    ['len(input.customer)', 'size(input.customer)'],
    ['input.customer == “Ada”', 'input.customer == "Ada"'],
    ['input.customer == ‘Ada’', "input.customer == 'Ada'"],
    ['input.amount > 1 and input.amount < 5', 'input.amount > 1 && input.amount < 5'],
    ['input.amount > 1 OR not has(input.customer)', 'input.amount > 1 || !has(input.customer)'],
    ['read_orders.output.total', 'steps.read_orders.output.total'],
    ['read_orders.total', 'steps.read_orders.output.total'],
    ['amount > 5', 'input.amount > 5'],
    ['input.customer != undefined', 'input.customer != null'],
    ['input.customer is not null', 'input.customer != null'],
    ['input.customer == None', 'input.customer == null'],
    ['input.customer == True', 'input.customer == true'],
    ['steps.sum.output.filter(r => r.paid)', 'steps.sum.output.filter(r, r.paid)'],
    ['input.customer.includes("a")', 'input.customer.contains("a")'],
    ['if(input.amount > 5, "a, b", "c")', 'input.amount > 5 ? "a, b" : "c"'],
    ['amount = 5 and customer = “x”', 'input.amount == 5 && input.customer == "x"'],
  ])('%s', (written, meant) => {
    const slip = fix(written);
    expect(slip?.fixed).toBe(meant);
    expect(slip?.message).toMatch(/^[A-Z].*\.$/);
    expect(checkExpression(meant, known)).toEqual([]);
  });

  it.each<[string, string]>([
    ['"Sum: " + 5', '"Sum: " + string(5)'],
    ['input.day > "31.12.2026"', 'input.day > "2026-12-31"'],
    ['input.day > "12/31/2026"', 'input.day > "2026-12-31"'],
  ])('%s, which can be read but does not do what is meant', (written, meant) => {
    expect(fix(written)?.fixed).toBe(meant);
  });

  it.each<[string, string]>([
    ['Dear {{ customer }},', 'Dear {{ input.customer }},'],
    ['Sum: <read_orders.output.total>', 'Sum: {{ steps.read_orders.output.total }}'],
    ['Sum: {{#read_orders.total#}}!', 'Sum: {{ steps.read_orders.output.total }}!'],
    ['Sum: {{ $json.total }}', 'Sum: {{ steps.read_orders.output.total }}'],
    ['$' + '{input.customer} pays', '{{ input.customer }} pays'],
  ])('%s, in a text', (written, meant) => {
    expect(fix(written, 'template')?.fixed).toBe(meant);
    expect(checkTemplate(meant, known)).toEqual([]);
  });
});

test('what is right, or not to be understood, is left alone', () => {
  for (const text of [
    'input.amount == 5 && "a = b" != "“c”"',
    'steps.sum.output.map(r, r.count)',
    'input.customer',
    '1 +',
    '$node["Nobody"].json',
    '',
  ]) {
    expect(fix(text), text).toBeUndefined();
  }
  expect(fix('Write <b>bold</b> and a = b, “quoted”.', 'template')).toBeUndefined();
});

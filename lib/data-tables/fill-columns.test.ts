import { expect, it } from 'vitest';
import { fillColumns } from './fill-columns';

it('fills columns from values of the same name, the nearest first', () => {
  const paths = ['input.email', 'input["Order ID"]', 'steps.read.output.email', 'steps.a.output'];
  expect(fillColumns(['E-mail', 'order_id', 'note'], paths)).toEqual([
    { column: 'E-mail', value: '{{ input.email }}' },
    { column: 'order_id', value: '{{ input["Order ID"] }}' },
    { column: 'note', value: '' },
  ]);
  expect(fillColumns([], paths)).toEqual([]);
});

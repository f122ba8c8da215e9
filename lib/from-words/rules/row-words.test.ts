import { expect, it } from 'vitest';
import { grouping, rowCondition } from './row-words';

it.each([
  ['keep rows over 100 units', 'double(row.units) > 100.0', 'matching'],
  [
    'keep only the rows where the amount is more than $1,500.50',
    'double(row.amount) > 1500.5',
    'matching',
  ],
  ['filter out the orders with a total below 10', 'double(row.total) < 10.0', 'others'],
  [
    'select the customers with an order value of at least 2k',
    'double(row.order_value) >= 2000.0',
    'matching',
  ],
  ['remove rows where price is at most 5', 'double(row.price) <= 5.0', 'others'],
  ['drop the rows whose state is cancelled', 'lower(string(row.state)) == "cancelled"', 'others'],
  [
    'keep the rows where country is not “New Zealand”',
    'lower(string(row.country)) != "new zealand"',
    'matching',
  ],
] as const)('reads a condition of rows: %s', (words, condition, keep) => {
  expect(rowCondition(words)).toMatchObject({ condition, keep });
});

it('reads no condition that only a reader can judge', () => {
  expect(rowCondition('keep the rows where the customer sounds unhappy')).toBeUndefined();
});

it.each([
  ['group by month', { key: 'month', summary: 'count', field: '' }],
  [
    'group the leads by country with the average value',
    { key: 'country', summary: 'average', field: 'value' },
  ],
  ['sum the amount per region', { key: 'region', summary: 'sum', field: 'amount' }],
  [
    'calculate the total revenue for each customer',
    { key: 'customer', summary: 'sum', field: 'revenue' },
  ],
  ['count the orders per country', { key: 'country', summary: 'count', field: '' }],
])('reads groups: %s', (words, found) => {
  expect(grouping(words)).toEqual(found);
});

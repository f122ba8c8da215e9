import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { show } from '@/components/testing/show';
import { ValueView } from './value-view';

const rows = Array.from({ length: 50_000 }, (_, n) => ({
  name: `Customer ${n}`,
  amount: n / 4,
  tags: n === 1 ? ['a', 'b'] : null,
}));
const bodyRows = () => screen.getAllByRole('row').slice(1);

test('shows 50,000 rows as a table, a page at a time, and draws no more of them', async () => {
  const { user } = show(
    <ValueView value={{ rows, rowCount: rows.length, removed: 7 }} label="Output" />,
  );
  expect(screen.getByRole('columnheader', { name: /amount number/ })).toBeTruthy();
  expect(bodyRows()).toHaveLength(50);
  expect(screen.getByRole('status').textContent).toBe('1–50 of 50,000 rows');
  expect(within(bodyRows()[1] as HTMLElement).getByText('["a","b"]')).toBeTruthy();
  expect(screen.getByRole('region', { name: 'Output, other fields' }).textContent).toContain(
    'removed',
  );
  await user.click(screen.getByRole('button', { name: 'Next page' }));
  expect(bodyRows()[0]?.textContent).toContain('Customer 50');
  expect(screen.getByRole('button', { name: 'Previous page' })).toHaveProperty('disabled', false);
});

test('finds rows, and says when there are none', async () => {
  const { user } = show(<ValueView value={rows} />);
  const search = screen.getByRole('searchbox', { name: 'Search rows' });
  await user.type(search, 'customer 49999');
  await expect
    .poll(() => screen.getByRole('status').textContent)
    .toBe('1 of 1 found in 50,000 rows');
  expect(bodyRows()[0]?.textContent).toContain('50000');
  await user.type(search, 'x');
  expect(await screen.findByText(/No row contains/)).toBeTruthy();
});

test('changes between table and tree, and shows what is no table as a tree', async () => {
  const { user } = show(<ValueView value={[{ a: 1 }]} label="Output" />);
  await user.click(screen.getByRole('button', { name: 'Show as tree' }));
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getByRole('region', { name: 'Output' }).textContent).toContain('[1]');
  await user.click(screen.getByRole('button', { name: 'Show as table' }));
  expect(screen.getByRole('table', { name: 'Output' })).toBeTruthy();
  show(<ValueView value={{ a: 1 }} label="Plain" />);
  expect(screen.getByRole('region', { name: 'Plain' }).textContent).toContain('a');
});

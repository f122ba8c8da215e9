import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  addTableRows,
  createTable,
  type DataRow,
  type DataTable,
  deleteTable,
  deleteTableRow,
  getTable,
  listTableRows,
  listTables,
  updateTable,
  updateTableRow,
} from '@/lib/data-tables/contract';
import { TableList } from './table-list';
import { TablePage } from './table-page';

const at = '2026-11-29T10:00:00.000Z';
const customers: DataTable = {
  ...{ id: idOf(1), name: 'Customers', rowCount: 1, createdAt: at, updatedAt: at },
  columns: [
    { id: 'c1', name: 'Email', type: 'text' },
    { id: 'c2', name: 'Orders', type: 'number' },
    { id: 'c3', name: 'Active', type: 'boolean' },
  ],
};
const row: DataRow = {
  ...{ id: idOf(2), createdAt: at, updatedAt: at },
  values: { Email: 'ada@example.com', Orders: 3, Active: true },
};

test('lists tables, and makes one from named columns', async () => {
  api.on(listTables, { items: [] });
  api.on(createTable, customers);
  const { user } = show(<TableList />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Create a table' }));
  await user.type(screen.getByLabelText('Name'), 'Customers');
  await user.clear(screen.getByLabelText('Name of column 1'));
  await user.type(screen.getByLabelText('Name of column 1'), 'Email');
  await user.click(screen.getByRole('button', { name: 'Add column' }));
  await user.type(screen.getByLabelText('Name of column 2'), 'Orders');
  await user.click(screen.getByRole('combobox', { name: 'Type of column 2' }));
  await user.click(await screen.findByRole('option', { name: 'Number' }));
  await user.click(screen.getByRole('button', { name: 'Create table' }));
  await expect
    .poll(() => api.asked(createTable)[0]?.body)
    .toEqual({
      name: 'Customers',
      columns: [
        { name: 'Email', type: 'text' },
        { name: 'Orders', type: 'number' },
      ],
    });
});

test('a CSV file becomes a table with its rows', async () => {
  api.on(listTables, { items: [customers] });
  api.on(createTable, customers);
  api.on(addTableRows, { items: [row] });
  const { user } = show(<TableList />, { role: 'editor' });
  expect(await screen.findByRole('link', { name: 'Customers' })).toBeTruthy();
  const file = new File(['Email,Orders\r\nada@example.com,3\r\n'], 'people.csv', {
    type: 'text/csv',
  });
  await user.upload(screen.getByLabelText('CSV file'), file);
  expect(await screen.findByText('1 row imported into Customers')).toBeTruthy();
  expect(api.asked(createTable)[0]?.body).toEqual({
    name: 'people',
    columns: [
      { name: 'Email', type: 'text' },
      { name: 'Orders', type: 'number' },
    ],
  });
  expect(api.asked(addTableRows)[0]?.body).toEqual({
    rows: [{ Email: 'ada@example.com', Orders: '3' }],
  });
});

test('cells are edited in place, rows are added and deleted', async () => {
  api.on(getTable, customers);
  api.on(listTableRows, { items: [row] });
  api.on(updateTableRow, row);
  api.on(addTableRows, { items: [row] });
  api.on(deleteTableRow, { id: row.id });
  const { user } = show(<TablePage id={customers.id} />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Email, row 1: ada@example.com' }));
  const field = screen.getByRole('textbox', { name: 'Email, row 1' });
  await user.clear(field);
  await user.type(field, 'ben@example.com{Enter}');
  await user.click(screen.getByRole('button', { name: 'Orders, row 1: 3' }));
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('checkbox', { name: 'Active, row 1' }));
  await expect
    .poll(() => api.asked(updateTableRow).map(({ body }) => body))
    .toEqual([{ values: { Email: 'ben@example.com' } }, { values: { Active: false } }]);
  await user.click(screen.getByRole('button', { name: 'Add row' }));
  await expect.poll(() => api.asked(addTableRows)[0]?.body).toEqual({ rows: [{}] });
  await user.click(screen.getByRole('button', { name: 'Delete row 1' }));
  await expect.poll(() => api.asked(deleteTableRow)).toHaveLength(1);
});

test('a column that goes is named before its values go; a table in use is not deleted', async () => {
  api.on(getTable, customers);
  api.on(listTableRows, { items: [row] });
  api.on(updateTable, customers);
  api.refuse(deleteTable, 'conflict', '"Customers" is used in “Orders”.');
  const { user } = show(<TablePage id={customers.id} />, { role: 'editor' });
  await user.click(await screen.findByRole('button', { name: 'Edit name and columns' }));
  await user.click(screen.getByRole('button', { name: 'Remove column 2' }));
  expect(screen.getByText('Saving deletes “Orders” with all values.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => api.asked(updateTable)[0]?.body)
    .toMatchObject({ columns: [{ id: 'c1' }, { id: 'c3' }] });
  await user.click(screen.getByRole('button', { name: 'Delete table' }));
  const dialog = within(await screen.findByRole('alertdialog'));
  await user.click(dialog.getByRole('button', { name: 'Delete table' }));
  expect(await screen.findByText('"Customers" is used in “Orders”.')).toBeTruthy();
});

test('a viewer reads, and changes nothing', async () => {
  api.on(getTable, customers);
  api.on(listTableRows, { items: [row] });
  show(<TablePage id={customers.id} />, { role: 'viewer' });
  expect(await screen.findByText('ada@example.com')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Add row|Delete|row 1/ })).toBeNull();
});

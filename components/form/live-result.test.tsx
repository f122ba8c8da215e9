import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { setField } from '@/lib/workflows/edits/edits';
import { definitionSchema } from '@/lib/workflows/schema';

const definition = definitionSchema.parse({
  name: 'Sums',
  nodes: [
    {
      ...{ id: 'one', key: 'one', type: 'transform', name: 'One', position: { x: 0, y: 0 } },
      ...{ config: { expression: '1' }, pinnedOutput: { rows: [1, 2] } },
    },
    {
      ...{ id: 'sum', key: 'sum', type: 'transform', name: 'Sum', position: { x: 300, y: 0 } },
      config: { expression: 'size(steps.one.output.rows) * 10' },
    },
  ],
  edges: [{ id: 'e', source: 'one', target: 'sum' }],
});

test('shows what an expression gives, again after each change', async () => {
  const { room } = await openEditor(definition);
  chooseStep('sum');
  expect(await screen.findByText('20')).toBeTruthy();
  expect(screen.getByText('Sample:')).toBeTruthy();
  room.edit((draft) =>
    setField(draft, 'sum', ['expression'], '"rows: " + string(size(steps.one.output.rows))'),
  );
  expect(await screen.findByText('"rows: 2"')).toBeTruthy();
});

test('says nothing of what fails on samples', async () => {
  const { room } = await openEditor(definition);
  chooseStep('sum');
  expect(await screen.findByText('20')).toBeTruthy();
  room.edit((draft) => setField(draft, 'sum', ['expression'], 'input.nothing.here'));
  await expect.poll(() => screen.queryByText('20')).toBeNull();
  expect(screen.queryByText('Sample:')).toBeNull();
});

test('offers the fields of the rows, in expressions of a row and where a field is named', async () => {
  const orders = { rows: [{ customer: 'Ada', amount: 120 }] };
  const { user } = await openEditor(
    definitionSchema.parse({
      name: 'Orders',
      nodes: [
        {
          ...{ id: 'all', key: 'all', type: 'transform', name: 'All', position: { x: 0, y: 0 } },
          ...{ config: { expression: '1' }, pinnedOutput: orders },
        },
        {
          ...{ id: 'sort', key: 'sort', type: 'sort', name: 'Sort', position: { x: 300, y: 0 } },
          config: {
            rows: 'steps.all.output.rows',
            keys: [{ id: 'k1', field: '', direction: 'ascending' }],
          },
        },
        {
          ...{ id: 'big', key: 'big', type: 'filter', name: 'Big', position: { x: 600, y: 0 } },
          config: { rows: 'steps.all.output.rows', condition: 'row.amount > 100' },
        },
      ],
      edges: [
        { id: 'e1', source: 'all', target: 'sort' },
        { id: 'e2', source: 'sort', target: 'big' },
      ],
    }),
  );
  chooseStep('sort');
  const field = await screen.findByLabelText(/^Field/);
  await user.click(field);
  const offered = () =>
    [...document.querySelectorAll('datalist option')].map((one) => one.getAttribute('value'));
  await expect.poll(offered).toEqual(['customer', 'amount']);
  chooseStep('big');
  // The condition is worked out for the first of the rows.
  expect(await screen.findByText('true')).toBeTruthy();
});

import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { idOf, sampleMoment } from '@/components/testing/sample';
import { type DataTable, listTables } from '@/lib/data-tables/contract';
import { definitionSchema } from '@/lib/workflows/schema';

const definition = definitionSchema.parse({
  name: 'Store orders',
  nodes: [
    {
      ...{ id: 'start', key: 'start', type: 'start', name: 'Start', position: { x: 0, y: 0 } },
      config: { inputs: [{ id: 'a', name: 'order_id', type: 'text' }] },
    },
    {
      ...{ id: 'add', key: 'add', type: 'add-table-rows', name: 'Store it' },
      ...{ position: { x: 300, y: 0 }, config: { table: 'Orders' } },
    },
  ],
  edges: [{ id: 'e', source: 'start', sourcePort: 'out', target: 'add', targetPort: 'in' }],
});

test('fills in the columns of a table, from inputs of the same name, once', async () => {
  const table: DataTable = {
    ...{ id: idOf(71), name: 'Orders', rowCount: 0 },
    ...{ createdAt: sampleMoment, updatedAt: sampleMoment },
    columns: [
      { id: 'a', name: 'Order ID', type: 'text' },
      { id: 'b', name: 'Note', type: 'text' },
    ],
  };
  api.usually(listTables, { items: [table] });
  const { user, room } = await openEditor(definition);
  chooseStep('add');
  await user.click(await screen.findByRole('button', { name: 'Fill in all 2 columns' }));
  const values = () => room.read().nodes.find(({ id }) => id === 'add')?.config.values;
  await expect.poll(values).toMatchObject([
    { column: 'Order ID', value: '{{ input.order_id }}' },
    { column: 'Note', value: '' },
  ]);
  expect(screen.queryByRole('button', { name: 'Fill in all 2 columns' })).toBeNull();
});

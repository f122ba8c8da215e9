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

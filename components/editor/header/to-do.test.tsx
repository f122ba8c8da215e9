import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { cardOf, chooseStep, openEditor } from '@/components/testing/editor';
import { definitionSchema } from '@/lib/workflows/schema';

const definition = definitionSchema.parse({
  name: 'New',
  nodes: [
    {
      ...{ id: 'ask', key: 'ask', type: 'model', name: 'Ask' },
      ...{ config: {}, position: { x: 0, y: 0 } },
    },
  ],
  edges: [],
});

test('what a new step lacks is to do, and a problem once a run is asked for', async () => {
  const { user } = await openEditor(definition);
  expect(await screen.findByRole('button', { name: '1 to do' })).toBeTruthy();
  expect(within(cardOf('ask')).getByRole('img', { name: /^To do: / })).toBeTruthy();
  chooseStep('ask');
  expect(await screen.findByText('to do')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Run' }));
  expect(await screen.findByRole('button', { name: '1 problem', hidden: true })).toBeTruthy();
  expect(within(cardOf('ask')).getByRole('img', { name: /^Problem: /, hidden: true })).toBeTruthy();
});

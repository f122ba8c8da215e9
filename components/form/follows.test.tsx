import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { definitionSchema } from '@/lib/workflows/schema';

const workflow = definitionSchema.parse({
  name: 'Greeting',
  nodes: [
    {
      ...{ id: 'start', key: 'start', type: 'start', name: 'Start', position: { x: 0, y: 0 } },
      config: { inputs: [] },
    },
  ],
  edges: [],
});

test('names an input after its label, until somebody names it otherwise', async () => {
  const { user, room } = await openEditor(workflow);
  const input = () => {
    const [first] = (room.read().nodes[0]?.config.inputs ?? []) as Record<string, unknown>[];
    return first && [first.label, first.name];
  };
  chooseStep('start');
  const panel = within(await screen.findByRole('tabpanel', { name: 'Settings' }));
  await user.click(await panel.findByRole('button', { name: 'Add input' }));
  const label = await panel.findByRole('textbox', { name: /^Label/ });
  await user.type(label, 'Höhe in cm');
  await expect.poll(input).toEqual(['Höhe in cm', 'hohe_in_cm']);
  const name = await panel.findByRole('textbox', { name: /^Name/ });
  await user.clear(name);
  await user.type(name, 'height');
  await user.type(label, ', about');
  await expect.poll(input).toEqual(['Höhe in cm, about', 'height']);
});

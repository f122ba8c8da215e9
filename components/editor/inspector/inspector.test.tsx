import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { catalogue } from '@/lib/nodes/catalogue';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';

const definition = templateDefinition(approval);
const inspector = () => within(screen.getByRole('complementary', { name: 'Inspector' }));

test('says what stands under input and output while no run is shown', async () => {
  const { user } = await openEditor(definition);
  await user.click(screen.getByRole('tab', { name: 'Input/Output' }));
  expect(await screen.findByText('No run selected')).toBeTruthy();
});

test('offers the values of earlier steps', async () => {
  const { user } = await openEditor(definition);
  chooseStep('yes');
  await user.click(await inspector().findByRole('button', { name: /Use a value/ }));
  const values = within(await screen.findByRole('dialog', { name: 'Values of earlier steps' }));
  expect((await values.findAllByText(/Check the policy|Start/)).length).toBeGreaterThan(0);
});

test('closes, and opens again with the step that is chosen', async () => {
  const { user } = await openEditor(definition);
  chooseStep('check');
  await user.click(await inspector().findByRole('button', { name: 'Close the panel' }));
  await expect.poll(() => screen.queryByDisplayValue('Check the policy')).toBeNull();
  await user.click(screen.getByRole('tab', { name: 'Settings' }));
  expect(await screen.findByDisplayValue('Check the policy')).toBeTruthy();
});

test('draws the settings of every type of step', async () => {
  const types: NodeType[] = Object.values(catalogue);
  const nodes = types.map(({ type, title }, index) => ({
    ...{ id: `n${index}`, key: `n${index}`, type, name: `The ${title}`, config: {} },
    position: { x: (index % 4) * 250, y: Math.floor(index / 4) * 90 },
  }));
  await openEditor({ ...definition, nodes, edges: [] });
  fireEvent.keyDown(document.body, { key: 'o' });
  const outline = within(await screen.findByRole('complementary', { name: 'Outline' }));
  for (const row of await outline.findAllByRole('treeitem', { name: /^The / })) {
    fireEvent.click(row);
    const name = row.getAttribute('aria-label')?.split(',')[0] ?? '';
    expect(await screen.findByDisplayValue(name)).toBeTruthy();
  }
});

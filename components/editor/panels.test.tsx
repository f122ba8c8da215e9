import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { idOf, sampleOf } from '@/components/testing/sample';
import { listAgents } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import { listProviders, providerViewSchema } from '@/lib/models/contract';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import { listWorkflows, workflowSummarySchema } from '@/lib/workflows/contract';

const definition = templateDefinition(approval);
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.body, { key, ...more });
const inspector = () => within(screen.getByRole('complementary', { name: 'Inspector' }));

test('shows the settings of a step as its type asks, and writes what is set', async () => {
  api.on(listAgents, {
    items: [sampleOf(agentSchema, { id: idOf(1), name: 'Writer', handle: 'writer' })],
  });
  const { user, room } = await openEditor(definition);
  chooseStep('ask');
  const hours = await screen.findByRole('spinbutton', { name: /expires|hours/i });
  await user.clear(hours);
  await user.type(hours, '24');
  fireEvent.blur(hours);
  const configOf = (id: string) => room.read().nodes.find((node) => node.id === id)?.config;
  await expect.poll(() => configOf('ask')?.expiresInHours).toBe(24);
  const name = inspector().getByRole('textbox', { name: 'Step name' });
  await user.clear(name);
  await user.type(name, 'Ask a manager{Enter}');
  await expect
    .poll(() => room.read().nodes.find(({ id }) => id === 'ask')?.name)
    .toBe('Ask a manager');
});

test('chooses a model of those that are ready', async () => {
  api.on(listProviders, {
    items: [
      sampleOf(providerViewSchema, {
        provider: 'openai',
        title: 'OpenAI',
        state: 'ready',
        models: [{ id: 'gpt-x' }],
      }),
    ],
  });
  const { user, room } = await openEditor(definition);
  chooseStep('check');
  await user.click(await screen.findByRole('combobox', { name: 'Model' }));
  await user.click(await screen.findByRole('option', { name: /gpt-x/ }));
  await expect
    .poll(() => room.read().nodes.find(({ id }) => id === 'check')?.config.model)
    .toEqual({ provider: 'openai', model: 'gpt-x' });
});

test('adds, names and removes rows of a setting', async () => {
  const { user, room } = await openEditor(definition);
  chooseStep('size');
  const cases = () => room.read().nodes.find(({ id }) => id === 'size')?.config.cases;
  await user.click(await inspector().findByRole('button', { name: /^Add case/ }));
  await expect.poll(() => (cases() as unknown[]).length).toBe(2);
  const removes = inspector().getAllByRole('button', { name: /^Remove/ });
  await user.click(removes[0] as HTMLElement);
  await expect.poll(() => (cases() as unknown[]).length).toBe(1);
});

test('sets what happens when a step fails, and says what is out of range', async () => {
  const { user, room } = await openEditor(definition);
  chooseStep('check');
  const policyOf = () => room.read().nodes.find(({ id }) => id === 'check')?.policy;
  await user.click(await screen.findByText('More', { selector: 'summary' }));
  const attempts = inspector().getByLabelText('Max. attempts');
  fireEvent.change(attempts, { target: { value: '-3' } });
  fireEvent.blur(attempts);
  expect(await screen.findByText('Out of range')).toBeTruthy();
  expect(policyOf()?.retry).toBeUndefined();
  fireEvent.change(attempts, { target: { value: '5' } });
  fireEvent.blur(attempts);
  await expect.poll(() => policyOf()?.retry?.attempts).toBe(5);
});

test('describes the workflow while nothing is selected, and arranges many steps', async () => {
  const { user } = await openEditor(definition);
  await user.click(screen.getByRole('tab', { name: 'Settings' }));
  const { nodes, edges } = definition;
  expect(
    await screen.findByText(new RegExp(`${nodes.length} steps, ${edges.length} wires`)),
  ).toBeTruthy();
  press('a', { ctrlKey: true });
  expect(await screen.findByRole('button', { name: 'Enable or disable' })).toBeTruthy();
});

test('finds texts in steps, walks the matches, and replaces them', async () => {
  const { user, room } = await openEditor(definition);
  press('f', { ctrlKey: true });
  const panel = within(await screen.findByRole('complementary', { name: 'Find and replace' }));
  const find = panel.getByRole('textbox', { name: 'Find' });
  await user.type(find, 'zebra');
  expect(await panel.findByText(/No match in this workflow for “zebra”/)).toBeTruthy();
  await user.clear(find);
  await user.type(find, 'our policy');
  expect(await panel.findByText('1 match')).toBeTruthy();
  await user.click(panel.getByRole('button', { name: 'Match case' }));
  expect(await panel.findByText(/No match in this workflow/)).toBeTruthy();
  await user.click(panel.getByRole('button', { name: 'Remove filters' }));
  await user.type(find, '{Enter}');
  expect(await panel.findByText('1 of 1 match')).toBeTruthy();
  await user.type(panel.getByRole('textbox', { name: 'Replace with' }), 'The rules');
  await user.click(panel.getByRole('button', { name: 'Replace all' }));
  expect(await panel.findByText('1 match replaced')).toBeTruthy();
  await expect
    .poll(() => room.read().nodes.find(({ id }) => id === 'check')?.config.prompt)
    .toMatch(/^The rules:/);
});

test('walks the outline, and shows the step that is chosen there', async () => {
  const { user } = await openEditor(definition);
  press('o');
  const outline = within(await screen.findByRole('complementary', { name: 'Outline' }));
  await user.click(await outline.findByText('Ask a person'));
  expect(await screen.findByDisplayValue('Ask a person')).toBeTruthy();
  await user.keyboard('{ArrowDown}');
  expect(outline.getAllByRole('treeitem').length).toBeGreaterThanOrEqual(definition.nodes.length);
});

test('adds a step from the panel', async () => {
  const { user, room } = await openEditor(definition);
  await user.click(screen.getByRole('button', { name: 'Add steps' }));
  const panel = within(await screen.findByRole('complementary', { name: 'Add steps' }));
  await user.type(panel.getByPlaceholderText('Search steps…'), 'delay{Enter}');
  await expect.poll(() => room.read().nodes.some((node) => node.type === 'delay')).toBe(true);
});

test('leads from the palette to the place where triggers are made', async () => {
  const { user, room } = await openEditor(definition);
  await user.click(screen.getByRole('button', { name: 'Add steps' }));
  const panel = within(await screen.findByRole('complementary', { name: 'Add steps' }));
  await user.type(panel.getByPlaceholderText('Search steps…'), 'every day{Enter}');
  const sheet = within(await screen.findByRole('dialog', { name: 'Triggers' }));
  expect(await sheet.findByText('Turn on')).toBeTruthy();
  expect(room.read().nodes.length).toBe(definition.nodes.length);
});

test('goes to another workflow', async () => {
  api.on(listWorkflows, {
    items: [sampleOf(workflowSummarySchema, { id: idOf(4), name: 'Invoices' })],
  });
  const { user } = await openEditor(definition);
  await user.click(screen.getByRole('button', { name: 'Workflows' }));
  const link = await screen.findByRole('link', { name: /Invoices/ });
  expect(link.getAttribute('href')).toBe(`/workflows/${idOf(4)}`);
});

test('fills the screen with a step, and goes to the next one', async () => {
  await openEditor(definition);
  chooseStep('check');
  press('f', { ctrlKey: true, shiftKey: true });
  const view = within(await screen.findByRole('dialog', { name: /Check the policy/ }));
  expect(view.getByDisplayValue('Check the policy')).toBeTruthy();
  press('f', { ctrlKey: true, shiftKey: true });
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

import { act, fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { cardOf, chooseStep, openEditor } from '@/components/testing/editor';
import { idOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { realtime } from '@/components/testing/socket';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import { duplicateWorkflow, getWorkflow, publishWorkflow } from '@/lib/workflows/contract';
import { setField } from '@/lib/workflows/edits/edits';
import { restoreWorkflow } from '@/lib/workflows/trash-contract';
import { WorkflowEditor } from './workflow-editor';

const definition = templateDefinition(approval);
const empty = { ...definition, name: 'New', nodes: [], edges: [] };
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.body, { key, ...more });

beforeEach(() => {
  history.replaceState(null, '', '/');
});

test('draws the steps and connections of the draft, and says that it is saved', async () => {
  await openEditor(definition);
  expect(within(cardOf('check')).getByText('Check the policy')).toBeTruthy();
  expect(screen.getByRole('group', { name: 'Wire from Start to Check the policy' })).toBeTruthy();
  expect(screen.getByText('Saved')).toBeTruthy();
  expect(await screen.findByText('Not published')).toBeTruthy();
});

test('says why a workflow cannot be opened', async () => {
  api.refuse(getWorkflow, 'not_found', 'There is no such workflow.');
  const { change } = show(<WorkflowEditor workflowId={idOf(1)} />);
  expect(await screen.findByText('Workflow not found')).toBeTruthy();
  api.hold(getWorkflow);
  realtime.on('draft.join', { ok: false, error: { code: 'forbidden', message: 'Not yours.' } });
  change(<WorkflowEditor key="b" workflowId={idOf(2)} />);
  expect(screen.getByRole('status', { name: 'Opening the workflow' })).toBeTruthy();
});

test('renames the workflow in everybody’s draft', async () => {
  const { user, room } = await openEditor(definition);
  const name = screen.getByRole('textbox', { name: 'Workflow name' });
  await user.clear(name);
  await user.type(name, 'Refunds{Enter}');
  await expect.poll(() => room.read().name).toBe('Refunds');
  expect(await screen.findByText('Saved')).toBeTruthy();
});

test('says who moved it to the trash, restores it, and opens it again', async () => {
  const { user, client, view } = await openEditor(definition);
  const trashed = {
    ...{ name: 'Refunds', deletedBy: 'Ben Okafor' },
    ...{ deletedAt: '2026-02-01T10:00:00.000Z', goesAt: '2026-03-03T10:00:00.000Z' },
  };
  api.refuse(getWorkflow, 'not_found', 'It is in the trash.', { trashed });
  await act(() => client.invalidateQueries());
  expect(await screen.findByText('This workflow is in the trash')).toBeTruthy();
  expect(screen.getByText(/Ben Okafor moved it there/)).toBeTruthy();
  expect(screen.getByText('3 March')).toBeTruthy();
  api.on(restoreWorkflow, { id: view.id, name: 'Refunds' });
  api.on(getWorkflow, view);
  await user.click(screen.getByRole('button', { name: 'Restore' }));
  expect(await screen.findByRole('textbox', { name: 'Workflow name' })).toBeTruthy();
});

test('duplicates the workflow from its menu and opens the copy', async () => {
  api.on(duplicateWorkflow, { id: idOf(9), name: 'Copy', problems: [] });
  const { user, visited, workflowId } = await openEditor(definition);
  await user.click(screen.getByRole('button', { name: 'Workflow menu' }));
  await user.click(screen.getByRole('menuitem', { name: 'Duplicate' }));
  await expect.poll(() => visited).toEqual([`/workflows/${idOf(9)}`]);
  expect(api.asked(duplicateWorkflow)).toMatchObject([{ params: { id: workflowId } }]);
});

test('shows what somebody else changes at once', async () => {
  const { room } = await openEditor(definition);
  room.edit((draft) => setField(draft, 'check', ['prompt'], 'New words'));
  chooseStep('check');
  expect(await screen.findByText('New words')).toBeTruthy();
});

test('disables, duplicates, deletes and brings back by key', async () => {
  const { room, user } = await openEditor(definition);
  chooseStep('check');
  const nodeOf = (id: string) => room.read().nodes.find((node) => node.id === id);
  press('d');
  await expect.poll(() => nodeOf('check')?.disabled).toBe(true);
  press('d', { ctrlKey: true });
  const count = definition.nodes.length;
  await expect.poll(() => room.read().nodes.length).toBe(count + 1);
  press('Delete');
  await expect.poll(() => room.read().nodes.length).toBe(count);
  press('z', { ctrlKey: true });
  await expect.poll(() => room.read().nodes.length).toBe(count + 1);
  press('z', { ctrlKey: true, shiftKey: true });
  await expect.poll(() => room.read().nodes.length).toBe(count);
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await expect.poll(() => room.read().nodes.length).toBe(count + 1);
});

test('moves a step with the arrows, and walks the graph with Shift', async () => {
  const { room } = await openEditor(definition);
  chooseStep('check');
  const at = () => room.read().nodes.find((node) => node.id === 'check')?.position;
  const before = at();
  press('ArrowDown');
  await expect.poll(() => at()?.y).toBeGreaterThan(before?.y ?? 0);
  press('ArrowRight', { shiftKey: true });
  expect(await screen.findByDisplayValue('How much is it?')).toBeTruthy();
});

test('renames a step on its card', async () => {
  const { user, room } = await openEditor(definition);
  chooseStep('check');
  press('F2');
  const field = await within(cardOf('check')).findByRole('textbox');
  await user.clear(field);
  await user.type(field, 'Read the policy{Enter}');
  await expect
    .poll(() => room.read().nodes.find((node) => node.id === 'check')?.name)
    .toBe('Read the policy');
});

test('adds a step from the palette, behind the one that is selected', async () => {
  const { user, room } = await openEditor(definition);
  chooseStep('result');
  press('n');
  const search = await screen.findByPlaceholderText('Search steps…');
  await user.type(search, 'zzzz');
  expect(screen.getByText(/No matching step/)).toBeTruthy();
  expect(screen.getByRole('option', { name: /HTTP request/ })).toBeTruthy();
  await user.clear(search);
  await user.type(search, 'approvel');
  expect(screen.getByRole('option', { name: /Human approval/ })).toBeTruthy();
  await user.clear(search);
  await user.type(search, 'pivot');
  expect(screen.getByRole('option', { name: /pivot →\s*Group and summarise/ })).toBeTruthy();
  await user.clear(search);
  await user.type(search, 'delay{Enter}');
  await expect.poll(() => room.read().nodes.some((node) => node.type === 'delay')).toBe(true);
});

test('begins an empty canvas with a template', async () => {
  const { user, room } = await openEditor(empty);
  expect(screen.getByText(/anywhere to add a step/)).toBeTruthy();
  const templates = await screen.findAllByRole('button', { name: /Research with sub-agents/ });
  await user.click(templates[0] as HTMLElement);
  await expect.poll(() => room.read().nodes.length).toBeGreaterThan(5);
  expect(screen.queryByText(/anywhere to add a step/)).toBeNull();
});

test('adds a note, and groups steps', async () => {
  const { user, room } = await openEditor(definition);
  await user.click(screen.getByRole('button', { name: 'Add note' }));
  await expect.poll(() => room.read().notes?.length).toBe(1);
  press('a', { ctrlKey: true });
  press('g', { ctrlKey: true });
  await expect.poll(() => room.read().groups?.length).toBe(1);
});

test('offers viewers no way to change anything', async () => {
  const { room } = await openEditor(definition, { role: 'viewer' });
  expect(screen.getByText('View only')).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Workflow name' }).readOnly).toBe(
    true,
  );
  expect(screen.queryByRole('button', { name: 'Publish' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  chooseStep('check');
  press('Delete');
  expect(await screen.findByDisplayValue('Check the policy')).toBeTruthy();
  expect(room.read().nodes).toHaveLength(definition.nodes.length);
});

test('keeps edits while the connection is away, and sends them when it is back', async () => {
  const { room } = await openEditor(definition);
  act(() => realtime.disconnect());
  chooseStep('check');
  press('d');
  expect(await screen.findByText(/1 change will sync when you reconnect/)).toBeTruthy();
  expect(room.read().nodes.find((node) => node.id === 'check')?.disabled).toBeUndefined();
  act(() => realtime.connect());
  await expect
    .poll(() => room.read().nodes.find((node) => node.id === 'check')?.disabled)
    .toBe(true);
  expect(await screen.findByText('Saved')).toBeTruthy();
});

test('lists problems, and leads to the field of one', async () => {
  const broken = structuredClone(definition);
  for (const node of broken.nodes) if (node.id === 'check') node.config.prompt = '';
  const { user } = await openEditor(broken);
  await user.click(await screen.findByRole('button', { name: /1 to do/ }));
  const list = within(await screen.findByRole('dialog', { name: 'Problems' }));
  await user.click(list.getByRole('button', { name: /^Check the policy/ }));
  expect(await screen.findByDisplayValue('Check the policy')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  expect(await screen.findByText(/Fix these before publishing version 1/)).toBeTruthy();
});

test('publishes what is seen, with a note', async () => {
  api.refuse(publishWorkflow, 'conflict', 'Somebody published just now.');
  const { user } = await openEditor(definition);
  await screen.findByText('Not published');
  press('P', { shiftKey: true });
  const note = await screen.findByRole('textbox', { name: /What changed in version 1/ });
  await user.type(note, 'First');
  await user.click(screen.getByRole('button', { name: 'Publish version 1' }));
  expect(await screen.findByText('Somebody published just now.')).toBeTruthy();
  api.on(publishWorkflow, { version: 1 });
  await user.click(screen.getByRole('button', { name: 'Publish version 1' }));
  expect(await screen.findByText('Version 1 is live')).toBeTruthy();
  expect(api.asked(publishWorkflow).at(-1)?.body).toMatchObject({ note: 'First' });
});

test('tells everybody what the server repaired, and leads there', async () => {
  const { room, user } = await openEditor(definition);
  room.notice('A cycle was removed.', ['check']);
  expect(await screen.findByText('A cycle was removed.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Show' }));
  expect(await screen.findByDisplayValue('Check the policy')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByText('A cycle was removed.')).toBeNull();
});

import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { cardOf, chooseStep, openEditor } from '@/components/testing/editor';
import { idOf, sampleMoment, sampleOf } from '@/components/testing/sample';
import { createLock, endLock, lockSchema } from '@/lib/locks/contract';
import type { Presence } from '@/lib/realtime/messages';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import { removeElements, renameNode } from '@/lib/workflows/edits/edits';

const definition = templateDefinition(approval);
const grace: Presence = { user: { id: 'grace', name: 'Grace Hopper', color: '#aa3300' } };
const lockOf = (nodeIds: string[], ownerId = 'grace') => ({
  ...{ id: idOf(60), nodeIds, ownerId, ownerName: 'Grace Hopper', reason: 'Rewriting' },
  ...{ expiresAt: null, createdAt: sampleMoment },
});

test('shows who is here, what they do, and follows them', async () => {
  const { room, user } = await openEditor(definition);
  expect(screen.queryByRole('list', { name: 'Also here' })).toBeNull();
  room.enter({
    ...grace,
    cursor: { x: 10, y: 10 },
    focus: { nodeId: 'check', field: 'prompt' },
    selection: ['check'],
    view: { x: 0, y: 0, width: 800, height: 600 },
  });
  const people = await screen.findByRole('list', { name: 'Also here' });
  const mark = within(people).getByRole('button', { name: /^Follow Grace Hopper, who is editing/ });
  expect(await within(cardOf('check')).findByText('Grace Hopper')).toBeTruthy();
  await user.click(mark);
  expect(
    await screen.findByText(/Following Grace|Grace Hopper ·|Grace Hopper/, {
      selector: '[role=status]',
    }),
  ).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
  fireEvent.click(mark, { shiftKey: true });
  expect(await screen.findByDisplayValue('Check the policy')).toBeTruthy();
});

test('shows an agent at work beside the people, and who asked it', async () => {
  const { room } = await openEditor(definition);
  room.enter({
    user: { id: 'agent:1', name: 'Writer', color: '#2b7a4b' },
    agent: { handle: 'writer', activity: 'placing', by: 'Grace Hopper', runId: idOf(61) },
    cursor: { x: 10, y: 10 },
    selection: ['check'],
  });
  const people = await screen.findByRole('list', { name: 'Also here' });
  expect(
    within(people).getByRole('button', {
      name: 'Follow Writer, who is placing steps, asked by Grace Hopper',
    }),
  ).toBeTruthy();
  expect(await within(cardOf('check')).findByText('Writer')).toBeTruthy();
});

test('lets nobody change what somebody else locked', async () => {
  const { room } = await openEditor(definition);
  room.lock([lockOf(['check'])]);
  const line = 'Locked by Grace Hopper: Rewriting';
  expect(await within(cardOf('check')).findByRole('img', { name: line })).toBeTruthy();
  chooseStep('check');
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Step name' });
  expect(name.readOnly).toBe(true);
  fireEvent.keyDown(document.body, { key: 'Delete' });
  expect(room.read().nodes).toHaveLength(definition.nodes.length);
  room.lock([]);
  await expect
    .poll(() => screen.getByRole<HTMLInputElement>('textbox', { name: 'Step name' }).readOnly)
    .toBe(false);
});

test('makes everything read-only under a lock of the whole workflow', async () => {
  const { room } = await openEditor(definition);
  room.lock([lockOf([])]);
  expect(await screen.findByText('Locked by Grace Hopper: Rewriting')).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Workflow name' }).readOnly).toBe(
    true,
  );
});

test('locks the workflow with a reason, and unlocks it', async () => {
  api.on(createLock, sampleOf(lockSchema, { id: idOf(60) }));
  api.on(endLock, { id: idOf(60) });
  const { room, user } = await openEditor(definition);
  await user.click(screen.getByRole('tab', { name: 'Settings' }));
  await user.click(await screen.findByRole('button', { name: 'Lock the workflow' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Lock this workflow' }));
  await user.type(dialog.getByRole('textbox', { name: 'Reason' }), 'Release');
  await user.click(dialog.getByRole('combobox', { name: 'For how long' }));
  await user.click(await screen.findByRole('option', { name: 'Until I unlock' }));
  await user.click(dialog.getByRole('button', { name: 'Lock' }));
  await expect
    .poll(() => api.asked(createLock)[0]?.body)
    .toEqual({
      nodeIds: [],
      reason: 'Release',
      expiresAt: null,
    });
  room.lock([lockOf([], 'ada')]);
  await user.click(await screen.findByRole('button', { name: 'Unlock' }));
  await expect.poll(() => api.asked(endLock)[0]?.params.lockId).toBe(idOf(60));
});

test('takes out of the selection what somebody else deletes', async () => {
  const { room } = await openEditor(definition);
  chooseStep('check');
  expect(await screen.findByDisplayValue('Check the policy')).toBeTruthy();
  room.edit((draft) => removeElements(draft, { nodes: ['check'] }));
  await expect.poll(() => screen.queryByDisplayValue('Check the policy')).toBeNull();
});

test('draws what somebody else renames', async () => {
  const { room } = await openEditor(definition);
  room.edit((draft) => renameNode(draft, 'check', 'Read the policy'));
  expect(await within(cardOf('check')).findByText('Read the policy')).toBeTruthy();
});

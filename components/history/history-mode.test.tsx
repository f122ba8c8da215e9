import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openEditor } from '@/components/testing/editor';
import { idOf, sampleMoment } from '@/components/testing/sample';
import {
  beginRestore,
  deleteRevision,
  getAhead,
  getRevision,
  getVersion,
  type HistoryEntry,
  listActivity,
  listHistory,
  nameRevision,
  renameRevision,
} from '@/lib/history/contract';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';

const definition = templateDefinition(approval);
const before = {
  ...definition,
  name: 'Old name',
  nodes: definition.nodes.map((node) =>
    node.id === 'check' ? { ...node, name: 'Old check' } : node,
  ),
};
const grace = { id: 'grace', name: 'Grace Hopper' };
const named: HistoryEntry = {
  ...{ kind: 'revision', id: idOf(20), at: sampleMoment, name: 'Before the prompts' },
  ...{ createdBy: grace, authors: [grace] },
};
const published: HistoryEntry = {
  ...{ kind: 'version', id: 'v1', at: sampleMoment, number: 1, note: 'First' },
  publishedBy: grace,
};
const changes: HistoryEntry = {
  ...{ kind: 'changes', id: 'c1', at: sampleMoment, startedAt: sampleMoment, author: grace },
  ...{ origin: 'api', more: 0 },
  elements: [
    { part: 'nodes', id: 'check', name: 'Check the policy', change: 'changed', fields: ['name'] },
  ],
};
const created: HistoryEntry = { kind: 'created', id: 'x', at: sampleMoment, createdBy: grace };

async function openHistory(role: 'editor' | 'viewer' | 'admin' = 'editor') {
  api.on(listHistory, { items: [changes, named, published, created] });
  const revision = { id: idOf(20), at: sampleMoment, name: 'Before the prompts' };
  api.on(getRevision, { ...revision, definition: before });
  api.on(getVersion, { number: 1, note: 'First', publishedAt: sampleMoment, definition });
  const opened = await openEditor(definition, { role });
  await opened.user.click(screen.getByRole('button', { name: 'History' }));
  const section = await screen.findByRole('region', { name: 'History' });
  return { ...opened, section: within(section) };
}

test('lists who changed what, and the states that were kept', async () => {
  const { section, user } = await openHistory();
  expect(await section.findByRole('button', { name: /^Before the prompts/ })).toBeTruthy();
  expect(section.getByText('Published by Grace Hopper')).toBeTruthy();
  expect(section.getByRole('button', { name: 'Check the policy' })).toBeTruthy();
  await user.click(section.getByRole('switch'));
  expect(section.queryByRole('button', { name: 'Check the policy' })).toBeNull();
  expect(section.getByRole('button', { name: /^Before the prompts/ })).toBeTruthy();
});

test('shows what differs from a state, and closes with Escape', async () => {
  const { section, user } = await openHistory();
  await user.click(await section.findByRole('button', { name: /^Before the prompts/ }));
  await user.click(section.getByRole('combobox', { name: 'Compared with' }));
  await user.click(await screen.findByRole('option', { name: 'Now' }));
  await user.click(await section.findByRole('tab', { name: /Differences/ }));
  expect((await section.findAllByText(/Old check/)).length).toBeGreaterThan(0);
  expect(section.getByRole('complementary').textContent).toContain('Old');
  fireEvent.keyDown(screen.getByRole('region', { name: 'History' }), { key: 'Escape' });
  expect(screen.queryByRole('region', { name: 'History' })).toBeNull();
});

test('restores a state after saying what that changes', async () => {
  const { section, user, room } = await openHistory();
  await user.click(await section.findByRole('button', { name: /^Before the prompts/ }));
  api.on(beginRestore, { definition: before });
  await user.click(await section.findByRole('button', { name: 'Restore' }));
  const dialog = within(
    await screen.findByRole('alertdialog', { name: /Restore “Before the prompts”/ }),
  );
  expect(await dialog.findByText(/steps? changed/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Restore' }));
  await expect.poll(() => room.read().name).toBe('Old name');
  expect(api.asked(beginRestore)[0]?.body).toMatchObject({ from: { revisionId: idOf(20) } });
  expect(room.read().nodes.find(({ id }) => id === 'check')?.name).toBe('Old check');
});

test('renames and deletes a named version', async () => {
  const { section, user } = await openHistory();
  await user.click(await section.findByRole('button', { name: 'Actions of Before the prompts' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Rename…' }));
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await user.clear(name);
  api.on(renameRevision, { id: idOf(20), at: sampleMoment, name: 'Better' });
  await user.type(name, ' Better {Enter}');
  expect(await screen.findByText('“Better” was saved in the history')).toBeTruthy();
  expect(api.asked(renameRevision)[0]?.body).toEqual({ name: 'Better' });
  api.on(deleteRevision, { id: idOf(20) });
  await user.click(await section.findByRole('button', { name: 'Actions of Before the prompts' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await expect.poll(() => api.asked(deleteRevision)).toHaveLength(1);
});

test('lets viewers look and change nothing', async () => {
  const { section, user } = await openHistory('viewer');
  await user.click(await section.findByRole('button', { name: /^Version 1|^v1/ }));
  expect(section.queryByRole('button', { name: 'Restore' })).toBeNull();
  expect(section.queryByRole('button', { name: /^Actions of/ })).toBeNull();
  expect(section.queryByRole('tab', { name: 'Audit' })).toBeNull();
});

test('shows admins the audit trail', async () => {
  api.on(listActivity, {
    items: [
      {
        ...{ id: 'a1', at: sampleMoment, by: grace, action: 'workflow.published' },
        detail: { version: 3 },
      },
    ],
  });
  const { section, user } = await openHistory('admin');
  await user.click(await section.findByRole('tab', { name: 'Audit' }));
  expect(await section.findByText(/published version 3/)).toBeTruthy();
});

test('names the draft as it stands by Mod+S', async () => {
  const { user } = await openEditor(definition);
  fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
  const dialog = within(await screen.findByRole('dialog', { name: 'Name this version' }));
  const save = dialog.getByRole<HTMLButtonElement>('button', { name: 'Save' });
  expect(save.disabled).toBe(true);
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Good');
  api.refuse(nameRevision, 'conflict', 'There are too many.');
  await user.click(save);
  expect(await dialog.findByText('There are too many.')).toBeTruthy();
  api.on(nameRevision, { id: idOf(21), at: sampleMoment, name: 'Good' });
  await user.click(save);
  expect(await screen.findByText('“Good” was saved in the history')).toBeTruthy();
});

test('says whose changes publishing brings', async () => {
  api.on(getAhead, {
    live: { number: 1, publishedAt: sampleMoment, definition: before },
    people: [grace],
    touchedBy: { 'nodes/check': ['grace'] },
  });
  await openEditor(definition, { liveVersion: 1 });
  await screen.findByText('v1 live');
  fireEvent.keyDown(document.body, { key: 'P', shiftKey: true });
  const dialog = await screen.findByRole('dialog', { name: 'Publish' });
  expect((await within(dialog).findAllByText(/Grace/)).length).toBeGreaterThan(0);
});

import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { openEditor } from '@/components/testing/editor';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';

const definition = templateDefinition(approval);

async function openOutline() {
  const opened = await openEditor(definition);
  fireEvent.keyDown(document.body, { key: 'o' });
  const tree = await screen.findByRole('tree', { name: 'Steps' });
  tree.focus();
  const press = (key: string, more: object = {}) => fireEvent.keyDown(tree, { key, ...more });
  const chosen = () =>
    screen.queryByRole('treeitem', { selected: true })?.getAttribute('aria-label');
  return { ...opened, tree, press, chosen };
}

test('walks by arrow, and opens and closes what is below', async () => {
  const { press, chosen, tree } = await openOutline();
  const rows = () => within(tree).getAllByRole('treeitem').length;
  const all = rows();
  press('Home');
  expect(chosen()).toMatch(/^Start/);
  press('ArrowDown');
  expect(chosen()).toMatch(/^Check the policy/);
  press('ArrowDown');
  expect(chosen()).toMatch(/^How much is it/);
  press('ArrowLeft');
  expect(rows()).toBeLessThan(all);
  press('ArrowRight');
  expect(rows()).toBe(all);
  press('ArrowUp');
  expect(chosen()).toMatch(/^Check the policy/);
  press('End');
  expect(chosen()).not.toMatch(/^Start/);
});

test('disables, renames and deletes the chosen step', async () => {
  const { press, user, room, tree } = await openOutline();
  press('Home');
  press('ArrowDown');
  press('d');
  const check = () => room.read().nodes.find(({ id }) => id === 'check');
  await expect.poll(() => check()?.disabled).toBe(true);
  press('F2');
  const field = await within(tree).findByRole('textbox');
  fireEvent.change(field, { target: { value: 'Read the policy' } });
  await user.type(field, '{Enter}');
  await expect.poll(() => check()?.name).toBe('Read the policy');
  press('Delete');
  await expect.poll(() => check()).toBeUndefined();
});

test('connects and disconnects steps without a pointer', async () => {
  const { press, user, room } = await openOutline();
  press('Home');
  press('c');
  const dialog = within(await screen.findByRole('dialog', { name: 'Wires of Start' }));
  const edges = room.read().edges.length;
  await user.click(dialog.getByRole('button', { name: /^Disconnect from Check the policy/ }));
  await expect.poll(() => room.read().edges.length).toBe(edges - 1);
  await user.click(await screen.findByRole('option', { name: /Letter/ }));
  await expect
    .poll(() =>
      room.read().edges.some(({ source, target }) => source === 'start' && target === 'result'),
    )
    .toBe(true);
});

test('offers the same by its menu', async () => {
  const { user, room } = await openOutline();
  fireEvent.contextMenu(screen.getByRole('treeitem', { name: /^Check the policy/ }));
  await user.click(await screen.findByRole('menuitem', { name: /Duplicate/ }));
  await expect.poll(() => room.read().nodes.length).toBe(definition.nodes.length + 1);
});

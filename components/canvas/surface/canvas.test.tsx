import { createEvent, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { dragType } from '@/components/canvas/palette/palette-list';
import { CommandPalette } from '@/components/shell/command-palette';
import { api } from '@/components/testing/api';
import { cardOf, chooseStep, openEditor } from '@/components/testing/editor';
import { search } from '@/lib/search/contract';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';

const definition = templateDefinition(approval);
const noted = {
  ...definition,
  notes: [
    {
      ...{ id: 'memo', text: 'Mind the **limit**', position: { x: 40, y: 400 } },
      ...{ width: 200, height: 120 },
    },
  ],
};
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.body, { key, ...more });
const canvas = () => screen.getByRole('region', { name: 'Workflow canvas' });
const count = definition.nodes.length;

/** A clipboard event as the browser sends it: jsdom knows none. */
function clipboardEvent(type: 'copy' | 'cut' | 'paste', text = '') {
  const data = new Map([['text/plain', text]]);
  const event = new Event(type, { bubbles: true, cancelable: true });
  const clipboardData = {
    setData: (name: string, value: string) => data.set(name, value),
    getData: (name: string) => data.get(name) ?? '',
  };
  fireEvent(document.body, Object.assign(event, { clipboardData }));
  return data.get('text/plain') ?? '';
}

test('offers what can be done with a step, by the right button', async () => {
  const { user, room } = await openEditor(definition);
  fireEvent.contextMenu(cardOf('check'));
  const names = (await screen.findAllByRole('menuitem')).map((item) => item.textContent);
  expect(names.join()).toContain('Duplicate');
  expect(names.join()).toContain('Rename');
  await user.click(screen.getByRole('menuitem', { name: /^Disable/ }));
  await expect.poll(() => room.read().nodes.find(({ id }) => id === 'check')?.disabled).toBe(true);
});

test('offers viewers a menu that changes nothing', async () => {
  await openEditor(definition, { role: 'viewer' });
  fireEvent.contextMenu(cardOf('check'));
  const names = (await screen.findAllByRole('menuitem')).map((item) => item.textContent);
  expect(names.join()).toContain('Copy step');
  expect(names.join()).not.toMatch(/Cut|Delete|Duplicate|Rename/);
});

test('deletes a connection by its menu', async () => {
  const { user, room } = await openEditor(definition);
  const edges = room.read().edges.length;
  fireEvent.contextMenu(screen.getByRole('group', { name: 'Wire from Start to Check the policy' }));
  await user.click(await screen.findByRole('menuitem', { name: /Delete wire/ }));
  await expect.poll(() => room.read().edges.length).toBe(edges - 1);
});

test('takes a step that is dragged from the palette', async () => {
  const { room } = await openEditor(definition);
  const dataTransfer = {
    types: [dragType],
    getData: (type: string) => (type === dragType ? 'delay' : ''),
    dropEffect: '',
  };
  const over = createEvent.dragOver(canvas(), { dataTransfer });
  fireEvent(canvas(), over);
  expect(over.defaultPrevented).toBe(true);
  fireEvent.drop(canvas(), { dataTransfer, clientX: 900, clientY: 700 });
  await expect.poll(() => room.read().nodes.some(({ type }) => type === 'delay')).toBe(true);
});

test('copies, cuts and pastes steps with their connections', async () => {
  const { room } = await openEditor(definition);
  chooseStep('check');
  const text = clipboardEvent('cut');
  expect(text).toContain('Check the policy');
  await expect.poll(() => room.read().nodes.length).toBe(count - 1);
  clipboardEvent('paste', text);
  await expect.poll(() => room.read().nodes.length).toBe(count);
  clipboardEvent('paste', 'no steps');
  expect(room.read().nodes.length).toBe(count);
});

test('offers a card’s deeds to who comes near', async () => {
  const { user, room } = await openEditor(definition);
  fireEvent.pointerEnter(cardOf('check').firstElementChild as Element);
  fireEvent.focus(within(cardOf('check')).getByText('Check the policy'));
  const bar = within(await within(cardOf('check')).findByRole('toolbar', { name: 'Step actions' }));
  await user.click(bar.getByRole('button', { name: 'Colour' }));
  const colours = within(await screen.findByRole('dialog', { name: 'Colour of the step' }));
  await user.click(colours.getAllByRole('button')[1] as HTMLElement);
  await expect.poll(() => room.read().nodes.find(({ id }) => id === 'check')?.color).toBeTruthy();
  await user.click(bar.getByRole('button', { name: 'Delete' }));
  await expect.poll(() => room.read().nodes.length).toBe(count - 1);
});

test('pins the output of a step, which rehearsals use then', async () => {
  const { user, room } = await openEditor(definition);
  fireEvent.contextMenu(cardOf('check'));
  await user.click(await screen.findByRole('menuitem', { name: /Pin output/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: /^Pin|^Save/ }));
  await expect
    .poll(() => room.read().nodes.find(({ id }) => id === 'check')?.pinnedOutput)
    .toBeDefined();
});

test('draws notes, sizes them by arrow, and deletes them', async () => {
  const { user, room } = await openEditor(noted);
  expect((await screen.findByText('limit')).tagName).not.toBe('P');
  const note = () => room.read().notes?.[0];
  fireEvent.keyDown(screen.getByRole('button', { name: /^Note size/ }), { key: 'ArrowRight' });
  await expect.poll(() => note()?.width).toBeGreaterThan(200);
  fireEvent.contextMenu(screen.getByText('limit'));
  await user.click(await screen.findByRole('menuitem', { name: /Delete/ }));
  await expect.poll(() => note()).toBeUndefined();
});

test('aligns what is selected, and spaces it evenly', async () => {
  const { room } = await openEditor(definition);
  press('a', { ctrlKey: true });
  fireEvent.keyDown(document.body, { key: 'å', code: 'KeyA', altKey: true });
  await expect
    .poll(() => new Set(room.read().nodes.map(({ position }) => position.x)).size)
    .toBe(1);
});

test('picks the hand, zooms and fits', async () => {
  const { user } = await openEditor(definition);
  press('h');
  const tools = within(screen.getByRole('toolbar', { name: 'Canvas' }));
  expect(tools.getByRole('button', { name: 'Hand' }).getAttribute('aria-pressed')).toBe('true');
  press('v');
  expect(tools.getByRole('button', { name: 'Pointer' }).getAttribute('aria-pressed')).toBe('true');
  const zoom = tools.getByRole('button', { name: /^Zoom \d+ percent/ });
  press('0');
  await expect.poll(() => zoom.textContent).toBe('100%');
  await user.click(tools.getByRole('button', { name: 'Zoom in' }));
  await expect.poll(() => zoom.textContent).not.toBe('100%');
  await user.click(tools.getByRole('button', { name: 'Fit' }));
  expect(zoom.textContent).toMatch(/%/);
});

test('offers the editor’s deeds in the palette of commands', async () => {
  const { user, room, change, workflowId } = await openEditor(definition);
  expect(workflowId).toBeTruthy();
  chooseStep('check');
  const { WorkflowEditor } = await import('@/components/editor/workflow-editor');
  change(
    <>
      <WorkflowEditor workflowId={workflowId} />
      <CommandPalette open onOpenChange={() => undefined} />
    </>,
  );
  api.on(search, { hits: [] });
  const input = await screen.findByRole('combobox', { name: 'Search and commands' });
  await user.type(input, 'add a note');
  await user.click(await screen.findByRole('option', { name: /Add a note/ }));
  expect(room.read().nodes).toHaveLength(count);
});

test('starts a comment where one clicks with the tool', async () => {
  const { user } = await openEditor(definition);
  press('c');
  const tools = within(screen.getByRole('toolbar', { name: 'Canvas' }));
  expect(tools.getByRole('button', { name: 'Comment' }).getAttribute('aria-pressed')).toBe('true');
  await user.click(tools.getByRole('button', { name: 'Comment' }));
  expect(tools.getByRole('button', { name: 'Comment' }).getAttribute('aria-pressed')).toBe('false');
});

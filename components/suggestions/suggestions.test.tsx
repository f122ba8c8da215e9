import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { idOf, sampleOf } from '@/components/testing/sample';
import {
  createSuggestion,
  decideSuggestion,
  getSuggestion,
  listSuggestions,
  updateSuggestion,
} from '@/lib/suggestions/contract';
import { type SuggestionView, suggestionViewSchema } from '@/lib/suggestions/schema';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import { renameNode } from '@/lib/workflows/edits/edits';

const definition = templateDefinition(approval);
const grace = { id: 'grace', name: 'Grace Hopper' };
const view: SuggestionView = sampleOf(suggestionViewSchema, {
  ...{ id: idOf(50), title: 'Better names', note: 'They were unclear.', status: 'open' },
  ...{ author: grace, origin: 'person', changeCount: 2, openCount: 2 },
  changes: [
    {
      ...{ key: 'nodes/check', part: 'nodes', id: 'check', change: 'changed' },
      name: 'Check the policy',
      fields: [{ path: 'name', before: 'Check the policy', after: 'Read the policy' }],
    },
    {
      ...{ key: 'nodes/size', part: 'nodes', id: 'size', change: 'changed' },
      name: 'How much is it?',
      fields: [{ path: 'name', before: 'How much is it?', after: 'Size' }],
    },
  ],
});
const { changes: _, decided: __, update: ___, ...listed } = view;

async function openReview(role: 'editor' | 'commenter' = 'editor') {
  api.on(listSuggestions, { items: [listed] });
  const opened = await openEditor(definition, { role });
  const update = opened.room.hold((draft) => {
    renameNode(draft, 'check', 'Read the policy');
    renameNode(draft, 'size', 'Size');
  });
  api.on(getSuggestion, { ...view, update });
  await opened.user.click(await screen.findByRole('button', { name: /^Suggestions/ }));
  const panel = within(await screen.findByRole('complementary', { name: 'Suggestions' }));
  await opened.user.click(await panel.findByRole('button', { name: /Better names/ }));
  expect(await panel.findByText('They were unclear.')).toBeTruthy();
  return { ...opened, panel };
}

test('says what suggestions are for, and begins one', async () => {
  const { user } = await openEditor(definition);
  await user.click(await screen.findByRole('button', { name: /^Suggestions/ }));
  expect(await screen.findByText('No suggestions yet')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Suggest a change' }));
  expect(await screen.findByText('You are suggesting.')).toBeTruthy();
});

test('accepts one change, and shows who decided', async () => {
  const { panel, user, room } = await openReview();
  expect(panel.getAllByText(/Read/).length).toBeGreaterThan(0);
  const by = { id: 'ada', name: 'Ada Lovelace' };
  const decided = {
    'nodes/check': { as: 'accepted' as const, by, at: '2026-03-02T09:00:00.000Z' },
  };
  api.on(decideSuggestion, {
    ...view,
    update: room.hold(() => undefined),
    decided,
    openCount: 1,
    kept: [],
  });
  await user.click(panel.getByRole('button', { name: 'Accept: Check the policy' }));
  expect(await panel.findByText('Accepted by Ada')).toBeTruthy();
  expect(api.asked(decideSuggestion)[0]?.body).toMatchObject({
    accept: ['nodes/check'],
    refuse: [],
  });
  expect(panel.queryByRole('button', { name: 'Accept: Check the policy' })).toBeNull();
});

test('declines all that is left', async () => {
  const { panel, user } = await openReview();
  api.refuse(decideSuggestion, 'conflict', 'Somebody decided just now.');
  await user.click(panel.getByRole('button', { name: 'Decline all' }));
  expect(await screen.findByText('Somebody decided just now.')).toBeTruthy();
  expect(api.asked(decideSuggestion)[0]?.body).toMatchObject({
    accept: [],
    refuse: ['nodes/check', 'nodes/size'],
  });
});

test('accepts the change in focus by key', async () => {
  const { panel, user, room } = await openReview();
  api.on(decideSuggestion, { ...view, update: room.hold(() => undefined), kept: [] });
  await user.click(panel.getByRole('button', { name: /How much is it\?Step/ }));
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true, shiftKey: true });
  await expect
    .poll(() => api.asked(decideSuggestion)[0]?.body)
    .toMatchObject({
      accept: ['nodes/size'],
    });
});

test('lets commenters look and decide nothing', async () => {
  const { panel } = await openReview('commenter');
  expect(panel.queryByRole('button', { name: /^Accept/ })).toBeNull();
});

test('collects edits as a suggestion, which leaves the draft alone, and submits it', async () => {
  const mine = {
    ...view,
    note: '',
    author: { id: 'ada', name: 'Ada Lovelace' },
    status: 'draft' as const,
  };
  api.on(createSuggestion, mine);
  api.on(updateSuggestion, ({ body }) => ({ ...mine, status: body.status ?? 'draft' }));
  const { user, room } = await openEditor(definition, { role: 'commenter' });
  await user.click(screen.getByRole('radio', { name: 'Suggesting' }));
  expect(await screen.findByText('You are suggesting.')).toBeTruthy();
  chooseStep('check');
  const name = await screen.findByRole('textbox', { name: 'Step name' });
  await user.clear(name);
  await user.type(name, 'Read the policy{Enter}');
  await expect.poll(() => api.asked(createSuggestion)[0]?.body).toMatchObject({ status: 'draft' });
  expect(room.read().nodes.find(({ id }) => id === 'check')?.name).toBe('Check the policy');
  const bar = within(screen.getByRole('region', { name: 'Suggestion' }));
  await expect
    .poll(() => bar.getByRole<HTMLButtonElement>('button', { name: 'Submit…' }).disabled)
    .toBe(false);
  await user.click(bar.getByRole('button', { name: 'Submit…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Submit the suggestion' }));
  await user.type(dialog.getByRole('textbox', { name: 'Note' }), 'Clearer');
  await user.click(dialog.getByRole('button', { name: 'Submit' }));
  expect(await screen.findByText('Suggestion submitted')).toBeTruthy();
  expect(api.asked(updateSuggestion).at(-1)?.body).toMatchObject({
    status: 'open',
    note: 'Clearer',
  });
});

test('shows what an agent is making, to everybody, and lets nobody decide on it yet', async () => {
  const agent = { handle: 'writer', name: 'Writer', runId: idOf(51) };
  const about = { ...listed, agent, status: 'making' as const, title: 'Add a check' };
  const change = {
    ...{ key: 'nodes/extra', part: 'nodes' as const, id: 'extra', change: 'added' as const },
    ...{ name: 'Look again', fields: [] },
    element: {
      ...{ id: 'extra', key: 'extra', type: 'transform', name: 'Look again' },
      ...{ position: { x: 0, y: 400 }, config: { expression: '1' } },
    },
  };
  api.on(getSuggestion, { ...view, ...about, changes: [change], update: 'AAA=' });
  api.on(listSuggestions, { items: [about] });
  const opened = await openEditor(definition);
  await opened.user.click(await screen.findByRole('button', { name: /^Suggestions/ }));
  const panel = within(await screen.findByRole('complementary', { name: 'Suggestions' }));
  await opened.user.click(await panel.findByRole('button', { name: /Add a check/ }));
  expect(await panel.findByText(/Writer, asked by Grace Hopper/)).toBeTruthy();
  const ghost = await screen.findByRole('button', { name: 'Suggested: Look again' });
  expect(ghost.textContent).toContain('Writer adds');
  expect(panel.queryByRole('button', { name: 'Accept all' })).toBeNull();
});

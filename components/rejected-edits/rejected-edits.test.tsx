import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { api } from '@/components/testing/api';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { realtime } from '@/components/testing/socket';
import { UnsavedLine } from '@/components/unsaved/unsaved-line';
import { createSuggestion } from '@/lib/suggestions/contract';
import { suggestionViewSchema } from '@/lib/suggestions/schema';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import { getWorkflow } from '@/lib/workflows/contract';

const definition = templateDefinition(approval);
const tooLarge = { code: 'too_large', message: 'the draft is too large' } as const;

/** An editor whose server takes no edits, after one was made. */
async function refuseAnEdit() {
  const opened = await openEditor(definition);
  realtime.on('draft.update', { ok: false, error: tooLarge });
  chooseStep('check');
  fireEvent.keyDown(document.body, { key: 'd' });
  expect(await screen.findByText(/1 edit could not be saved: the draft is too large/)).toBeTruthy();
  return opened;
}

async function openList(user: Awaited<ReturnType<typeof openEditor>>['user']) {
  await user.click(screen.getAllByRole('button', { name: 'Show' })[0] as HTMLElement);
  return within(await screen.findByRole('dialog', { name: 'Edits that could not be saved' }));
}

test('keeps edits that the server does not take, and makes them again', async () => {
  const { user, room } = await refuseAnEdit();
  expect(room.read().nodes.find(({ id }) => id === 'check')?.disabled).toBeUndefined();
  const dialog = await openList(user);
  room.takeEdits();
  await user.click(dialog.getByRole('button', { name: 'Apply now' }));
  await expect.poll(() => room.read().nodes.find(({ id }) => id === 'check')?.disabled).toBe(true);
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

test('sends them as a suggestion', async () => {
  const { user, workflowId } = await refuseAnEdit();
  const dialog = await openList(user);
  api.on(createSuggestion, sampleOf(suggestionViewSchema));
  await user.click(dialog.getByRole('button', { name: 'Send as a suggestion' }));
  expect(await screen.findByText('The edits were sent as a suggestion')).toBeTruthy();
  const [asked] = api.asked(createSuggestion);
  expect(asked?.params.id).toBe(workflowId);
  expect(asked?.body).toMatchObject({ status: 'open', title: 'Edits that could not be saved' });
});

test('saves them as a file, and discards them only after asking', async () => {
  const { user } = await refuseAnEdit();
  const dialog = await openList(user);
  const made: Blob[] = [];
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        made.push(blob);
        return 'blob:1';
      },
      revokeObjectURL: () => undefined,
    }),
  );
  await user.click(dialog.getByRole('button', { name: 'Download' }));
  await expect.poll(() => made.length).toBe(1);
  expect(await made[0]?.text()).toContain('Check the policy');
  await user.click(dialog.getByRole('button', { name: 'Discard' }));
  const asking = await screen.findByRole('alertdialog', { name: 'Discard 1 edit?' });
  await user.click(within(asking).getByRole('button', { name: 'Discard' }));
  await expect.poll(() => screen.queryByText(/could not be saved/)).toBeNull();
});

test('tells on the dashboard of what lies in this browser alone', async () => {
  const { unmount } = await refuseAnEdit();
  unmount();
  api.refuse(getWorkflow, 'not_found', 'There is no such workflow.');
  const { user } = show(<UnsavedLine />);
  expect(await screen.findByText(/Unsaved changes on this device: \d+ workflow/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Show' }));
  const dialog = within(
    await screen.findByRole('dialog', { name: 'Unsaved changes on this device' }),
  );
  expect(
    (await dialog.findAllByText('A workflow that is not in this workspace')).length,
  ).toBeGreaterThan(0);
  expect(dialog.getAllByText(/the draft is too large/).length).toBeGreaterThan(0);
});

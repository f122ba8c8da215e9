import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { getThread, postMessage, threadSchema } from '@/lib/chat/contract';
import { findMarks } from '@/lib/chat/marks/contract';
import { messageSchema } from '@/lib/chat/message';
import { ChatPanel } from '../chat-panel';

const thread = sampleOf(threadSchema, { id: idOf(1), agentId: idOf(2), agentName: 'Clerk' });
const asks = sampleOf(messageSchema, {
  ...{ id: idOf(3), position: 1, role: 'user', authorName: 'Ada', text: 'What of new' },
});
const answers = sampleOf(messageSchema, {
  ...{ id: idOf(4), position: 2, role: 'assistant', authorName: 'Clerk', text: 'Much.' },
});

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

test('names things with #, chosen by keys, and shows where they lead or that they are gone', async () => {
  const file = {
    ...{ kind: 'file' as const, id: idOf(60), name: 'sales.csv' },
    mediaType: 'text/csv',
    size: 9,
  };
  const run = { kind: 'run' as const, id: idOf(61), name: 'Sales digest' };
  const step = {
    kind: 'step' as const,
    workflowId: idOf(62),
    stepId: 'n1',
    name: 'Sum sales',
    workflowName: 'Sums',
  };
  api.on(findMarks, {
    items: [file, run, step].map((mark) => ({ mark, detail: 'There' })),
  });
  api.on(getThread, { ...thread, messages: [] });
  const { user } = show(<ChatPanel threadId={idOf(47)} />);
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  await user.type(box, 'What of #sal');
  const list = within(await screen.findByRole('listbox', { name: 'Things to name' }));
  expect(list.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
    'sales.csvThere',
    'Sales digestThere',
    'Sum salesThere',
  ]);
  expect(list.getByText('Runs')).toBeTruthy();
  await user.type(box, '{ArrowDown}{Enter}#sum');
  await user.click(await screen.findByRole('option', { name: /Sum sales/ }));
  await user.type(box, '#sales.c{Tab}');
  await user.click(screen.getByRole('button', { name: 'Do not name Sum sales' }));
  const sent = {
    ...asks,
    marks: [
      { mark: run, gone: false },
      { mark: file, gone: true },
    ],
  };
  api.on(postMessage, { message: sent, answer: answers, answers: [answers] });
  api.on(getThread, { ...thread, messages: [sent, answers] });
  await user.type(box, 'new{Enter}');
  await expect
    .poll(() => api.asked(postMessage).map(({ body }) => body))
    .toEqual([
      {
        text: 'What of new',
        marks: [
          { kind: 'run', id: run.id },
          { kind: 'file', id: file.id },
        ],
      },
    ]);
  expect(screen.queryByRole('list', { name: 'Named' })).toBeNull();
  const named = within(await screen.findByRole('list', { name: 'Named in this message' }));
  expect(named.getByRole('link', { name: 'Open Sales digest' }).getAttribute('href')).toBe(
    `/runs/${run.id}`,
  );
  expect(named.getByText('deleted')).toBeTruthy();
  expect(named.queryByRole('button', { name: 'Open sales.csv' })).toBeNull();
});

test('says that nothing has such a name, and keeps what was named through a reload', async () => {
  const run = { kind: 'run' as const, id: idOf(61), name: 'Sales digest' };
  api.on(findMarks, { items: [{ mark: run, detail: 'There' }] });
  api.on(getThread, { ...thread, messages: [] });
  const { user, unmount } = show(<ChatPanel threadId={idOf(48)} />);
  const box = () => screen.findByRole('textbox', { name: 'Message' });
  // Enter sends nothing while the list is on its way.
  await user.type(await box(), '#{Enter}');
  await screen.findByRole('option', { name: /Sales digest/ });
  await user.type(await box(), '{Enter}');
  expect(screen.getByRole('button', { name: 'Do not name Sales digest' })).toBeTruthy();
  api.on(findMarks, { items: [] });
  await user.type(await box(), '#zebra');
  expect(await screen.findByText(/has that name/)).toBeTruthy();
  unmount();
  show(<ChatPanel threadId={idOf(48)} />);
  expect(await screen.findByRole('button', { name: 'Do not name Sales digest' })).toBeTruthy();
});

import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { listAgents } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import { doCommand } from '@/lib/chat/commands/contract';
import { createThread, getThread, threadSchema } from '@/lib/chat/contract';
import { messageSchema } from '@/lib/chat/message';
import { listWorkflows, workflowSummarySchema } from '@/lib/workflows/contract';
import { ChatPanel } from './chat-panel';

const thread = sampleOf(threadSchema, { id: idOf(1), agentId: idOf(2), agentName: 'Clerk' });
const lineOf = (text: string, result: string) =>
  sampleOf(messageSchema, {
    ...{ id: idOf(5), position: 1, role: 'command', authorName: 'Ada', text },
    command: { name: 'help', state: 'done', result, links: [] },
  });
const box = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  api.on(listWorkflows, { items: [] });
});

test('offers commands behind a slash, and shows what one did', async () => {
  const line = lineOf('/help', 'All the commands');
  api.on(getThread, () => ({ ...thread, messages: api.asked(doCommand).length > 0 ? [line] : [] }));
  api.on(doCommand, { state: 'done', message: line });
  const { user } = show(<ChatPanel threadId={thread.id} />, { role: 'commenter' });
  await user.type(await box(), '/');
  const list = within(await screen.findByRole('listbox', { name: 'Commands' }));
  expect(list.queryByText('/publish workflow')).toBeNull();
  await user.type(await box(), 'he{Enter}');
  expect((await box()).value).toBe('/help');
  await user.type(await box(), '{Enter}');
  const done = within(await screen.findByRole('article', { name: 'Ada did /help' }));
  expect(await done.findByText('All the commands')).toBeTruthy();
  expect((await box()).value).toBe('');
  expect(api.asked(doCommand).map(({ body }) => body)).toEqual([
    { line: '/help', confirmed: false },
  ]);
});

const confirmed = () => api.asked(doCommand).map(({ body }) => body);

test('asks before what reaches outside, and keeps a line that was refused', async () => {
  api.on(getThread, { ...thread, messages: [] });
  api.refuse(doCommand, 'too_many_requests', 'Wait a minute.');
  const { user } = show(<ChatPanel threadId={thread.id} />);
  await user.type(await box(), '/publish Invoices{Enter}');
  expect((await screen.findByRole('status')).textContent).toContain('“Invoices”');
  expect(api.asked(doCommand)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Do it' }));
  await expect.poll(confirmed).toEqual([{ line: '/publish Invoices', confirmed: true }]);
  expect((await box()).value).toBe('/publish Invoices');
  await user.type(await box(), '2');
  expect(screen.queryByRole('button', { name: 'Do it' })).toBeNull();
});

test('picks a workflow, asks for its inputs, and runs it with them, by keyboard alone', async () => {
  api.on(getThread, { ...thread, messages: [] });
  api.on(listWorkflows, ({ query }) => ({
    items: ['Greet', 'Greet twice']
      .filter((name) => name.toLowerCase().includes((query.q ?? '').toLowerCase()))
      .map((name) => sampleOf(workflowSummarySchema, { name })),
  }));
  const field = { required: true, description: '', default: '' };
  const inputs = {
    fields: [
      { ...field, name: 'who', type: 'text' as const, label: 'Whom' },
      { ...field, name: 'times', type: 'number' as const, default: '2' },
    ],
    value: { times: 2 },
  };
  const says = 'This runs “Greet” for real.';
  api.on(doCommand, ({ body }) =>
    body?.confirmed
      ? { state: 'done' as const, message: lineOf('/run Greet', 'A run has begun.') }
      : { state: 'confirm' as const, line: '/run Greet', says, inputs },
  );
  const { user } = show(<ChatPanel threadId={thread.id} />);
  await user.clear(await box());
  await user.type(await box(), '/run gree');
  expect(await screen.findByRole('option', { name: 'Greet twice' })).toBeTruthy();
  await user.keyboard('{Enter}');
  expect((await box()).value).toBe('/run Greet');
  await user.keyboard('{Enter}');
  const form = within(await screen.findByRole('group', { name: 'Inputs of the workflow' }));
  expect(form.getByText(says)).toBeTruthy();
  await user.click(form.getByRole('button', { name: 'Do it' }));
  expect((await form.findByRole('alert')).textContent).toContain('who');
  await user.type(form.getByRole('textbox', { name: /Whom/ }), 'Bo');
  await user.click(form.getByRole('button', { name: 'Do it' }));
  await expect.poll(confirmed).toEqual([
    { line: '/run Greet', confirmed: false },
    { line: '/run Greet', confirmed: true, input: { who: 'Bo', times: 2 } },
  ]);
  await expect.poll(async () => (await box()).value).toBe('');
  expect(screen.queryByRole('group', { name: 'Inputs of the workflow' })).toBeNull();
});

test('says what is wrong with a command, and sends other lines as text', async () => {
  api.on(getThread, { ...thread, messages: [] });
  const { user } = show(<ChatPanel threadId={thread.id} />);
  // What was left in the composer of this thread is still there.
  await user.clear(await box());
  await user.type(await box(), '/rnu it{Enter}');
  expect((await screen.findByRole('status')).textContent).toContain('Did you mean /run?');
  expect(api.asked(doCommand)).toEqual([]);
});

test('in a new chat, what is asked stays beside the line that asks it', async () => {
  const opened: string[] = [];
  api.on(listAgents, { items: [sampleOf(agentSchema, { id: idOf(2), name: 'Clerk' })] });
  api.on(createThread, thread);
  api.on(getThread, { ...thread, messages: [] });
  api.on(doCommand, ({ body }) =>
    body?.confirmed
      ? { state: 'done' as const, message: lineOf('/run Greet', 'A run has begun.') }
      : { state: 'confirm' as const, line: '/run Greet', says: 'This runs “Greet” for real.' },
  );
  const partner = { kind: 'agent' as const, id: idOf(2) };
  const { user } = show(<ChatPanel partner={partner} onThread={(id) => opened.push(id)} />);
  await user.type(await box(), '/run Greet{Enter}');
  expect((await screen.findByRole('status')).textContent).toContain('“Greet” for real');
  expect([(await box()).value, opened]).toEqual(['/run Greet', []]);
  await user.click(screen.getByRole('button', { name: 'Do it' }));
  await expect.poll(() => opened).toEqual([thread.id]);
  expect(api.asked(createThread)).toHaveLength(1);
});

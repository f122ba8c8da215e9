import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { listAgents } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import {
  cancelTurn,
  createThread,
  getThread,
  messageSchema,
  postMessage,
  threadSchema,
} from '@/lib/chat/contract';
import { ChatPanel } from './chat-panel';

const threadId = idOf(1);
const agent = sampleOf(agentSchema, {
  id: idOf(2),
  name: 'Researcher',
  description: 'Reads a lot',
});
const thread = sampleOf(threadSchema, {
  id: threadId,
  title: 'Prices',
  agentId: agent.id,
  agentName: 'Researcher',
});
const asks = sampleOf(messageSchema, {
  id: idOf(3),
  position: 1,
  role: 'user',
  authorName: 'Ada Lovelace',
  authorId: 'ada',
  text: 'What does it cost?',
});
const answers = sampleOf(messageSchema, {
  id: idOf(4),
  position: 2,
  role: 'assistant',
  authorName: 'Researcher',
  text: 'It costs **12 euros**.',
});

test('shows the conversation of a thread', async () => {
  api.on(getThread, { ...thread, messages: [asks, answers] });
  show(<ChatPanel threadId={threadId} />);
  expect(screen.getByRole('status', { name: 'Loading chat' })).toBeTruthy();
  const wrote = await screen.findByRole('article', { name: 'Ada Lovelace wrote' });
  expect(within(wrote).getByText('What does it cost?')).toBeTruthy();
  const answered = screen.getByRole('article', { name: 'Researcher answered' });
  expect((await within(answered).findByText('12 euros')).tagName).not.toBe('P');
});

test('says that a thread is not there, and why one could not be loaded', async () => {
  api.refuse(getThread, 'not_found', 'There is no such thread.');
  const { change } = show(<ChatPanel threadId={threadId} />);
  expect(await screen.findByText('This chat does not exist')).toBeTruthy();
  api.refuse(getThread, 'forbidden', 'You may not read this.');
  change(<ChatPanel threadId={idOf(9)} />);
  expect(await screen.findByText(/You may not read this/)).toBeTruthy();
});

test('makes a thread with the first message, and shows question and place of the answer', async () => {
  api.on(listAgents, { items: [agent] });
  api.on(createThread, thread);
  const run = { id: idOf(5), status: 'queued' as const, calls: [], costUsd: 0 };
  const answer = { ...answers, text: '', run };
  api.on(postMessage, { message: asks, answer });
  api.on(getThread, { ...thread, messages: [asks, answer] });
  const made: string[] = [];
  const { user } = show(<ChatPanel onThread={(id) => made.push(id)} />);
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  expect(box.disabled).toBe(true);
  await user.click(await screen.findByRole('button', { name: /Researcher/ }));
  expect(box.placeholder).toBe('Write to Researcher…');
  await user.type(box, 'What does{Shift>}{Enter}{/Shift}it cost?{Enter}');
  expect(await screen.findByText('Thinking…')).toBeTruthy();
  expect(box.value).toBe('');
  expect(api.asked(createThread).map(({ body }) => body)).toEqual([{ agentId: agent.id }]);
  expect(api.asked(postMessage).map(({ body }) => body)).toEqual([{ text: 'What does\nit cost?' }]);
  expect(made).toEqual([threadId]);
});

test('keeps a message that did not get through, and sends it again under the same key', async () => {
  api.on(getThread, { ...thread, messages: [] });
  const { user } = show(<ChatPanel threadId={threadId} />);
  api.refuse(postMessage, 'too_many_requests', 'Wait a minute.');
  await user.type(await screen.findByRole('textbox', { name: 'Message' }), 'Hello{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('Not sent: Wait a minute.');
  const answered = { ...asks, text: 'Hello' };
  api.on(postMessage, { message: answered, answer: answers });
  api.on(getThread, { ...thread, messages: [answered, answers] });
  await user.click(screen.getByRole('button', { name: 'Send again' }));
  expect(await screen.findByText('12 euros')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
  const [first, second] = api
    .asked(postMessage)
    .map(({ headers }) => headers.get('idempotency-key'));
  expect(first).toBe(second);
  expect(first).toBeTruthy();
});

test('stops an answer that is being written', async () => {
  const run = { id: idOf(5), status: 'running' as const, calls: [], costUsd: 0 };
  api.on(getThread, { ...thread, messages: [asks, { ...answers, text: '', run }] });
  api.on(cancelTurn, { cancelled: 1 });
  const { user } = show(<ChatPanel threadId={threadId} />);
  await user.click(await screen.findByRole('button', { name: 'Stop the answer' }));
  expect(api.asked(cancelTurn).map(({ params }) => params)).toEqual([{ id: threadId }]);
});

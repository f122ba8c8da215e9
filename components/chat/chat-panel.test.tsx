import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openRun } from '@/components/testing/run';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { takeUploads } from '@/components/testing/uploads';
import { listAgents } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import {
  cancelTurn,
  createThread,
  deleteThread,
  getThread,
  listThreads,
  postMessage,
  threadSchema,
} from '@/lib/chat/contract';
import { giveFeedback } from '@/lib/chat/feedback/contract';
import { messageSchema } from '@/lib/chat/message';
import { ChatFrame } from './chat-frame';
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
  api.on(postMessage, { message: asks, answer, answers: [answer] });
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
  api.on(postMessage, { message: answered, answer: answers, answers: [answers] });
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

test('streams an answer, and shows the stored text when its run is over', async () => {
  const definition = {
    ...{ schema: 1 as const, name: 'Chat', description: '', edges: [] },
    nodes: [
      {
        ...{ id: 'answer', key: 'answer', type: 'model', name: 'Answer' },
        ...{ position: { x: 0, y: 0 }, config: { model: 'auto' as const, prompt: 'x' } },
      },
    ],
  };
  const live = openRun(idOf(5), definition);
  const run = { id: idOf(5), status: 'running' as const, calls: [], costUsd: 0 };
  api.on(getThread, { ...thread, messages: [asks, { ...answers, text: '', run }] });
  show(<ChatPanel threadId={threadId} />);
  expect(await screen.findByText('Thinking…')).toBeTruthy();
  live.write('answer', 'It costs');
  expect(await screen.findByText('It costs')).toBeTruthy();
  live.write('answer', ' **12 euros**', 8);
  expect((await screen.findByText('12 euros')).tagName).not.toBe('P');
  const over = { ...run, status: 'succeeded' as const };
  api.on(getThread, { ...thread, messages: [asks, { ...answers, run: over }] });
  live.succeed('answer', { text: 'It costs **12 euros**.' });
  expect(await screen.findByRole('button', { name: 'Copy answer' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Open run' }).getAttribute('href')).toBe(
    `/runs/${idOf(5)}`,
  );
});

test('offers to ask again after a failed answer', async () => {
  const error = { code: 'failed', message: 'The model is gone.', retryable: false };
  const run = { id: idOf(5), status: 'failed' as const, calls: [], costUsd: 0, error };
  api.on(getThread, { ...thread, messages: [asks, { ...answers, text: '', run }] });
  const { user } = show(<ChatPanel threadId={threadId} />);
  expect(await screen.findByText('No answer')).toBeTruthy();
  expect(screen.getByText(/The model is gone/)).toBeTruthy();
  const second = { ...answers, id: idOf(7), position: 4 };
  api.on(postMessage, {
    message: { ...asks, id: idOf(6), position: 3 },
    ...{ answer: second, answers: [second] },
  });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await expect.poll(() => api.asked(postMessage)[0]?.body).toEqual({ text: 'What does it cost?' });
});

test('says why nobody answers in a closed chat, and what viewers may do', async () => {
  const workflow = { id: idOf(8), greeting: 'Ask me about *orders*.', closed: 'Its chat is off.' };
  api.on(getThread, { ...thread, agentId: null, workflow, messages: [] });
  const { unmount } = show(<ChatPanel threadId={threadId} />);
  const box = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  expect((await box()).placeholder).toBe('Its chat is off.');
  expect((await box()).disabled).toBe(true);
  expect((await screen.findByText('orders')).tagName).toBe('EM');
  unmount();
  show(<ChatPanel threadId={threadId} />, { role: 'viewer' });
  expect((await box()).placeholder).toBe('Viewers can read chats but not write.');
});

test('lists chats, and leaves the open one when it is deleted', async () => {
  api.on(listThreads, { items: [thread] });
  api.on(getThread, { ...thread, messages: [] });
  api.on(deleteThread, { id: threadId });
  const { user, visited } = show(<ChatFrame>The chat</ChatFrame>, {
    path: `/chat/${threadId}`,
    params: { threadId },
  });
  const list = within(await screen.findByRole('list', { name: 'Chats' }));
  expect(list.getByRole('link', { current: 'page' }).textContent).toContain('Prices');
  expect(await screen.findByRole('heading', { name: 'Prices' })).toBeTruthy();
  await user.click(list.getByRole('button', { name: 'Delete chat Prices' }));
  await user.click(await screen.findByRole('button', { name: 'Delete chat' }));
  await expect.poll(() => visited).toEqual(['/chat']);
});

test('finds what was typed and not sent', async () => {
  api.on(getThread, { ...thread, messages: [] });
  const { user, unmount } = show(<ChatPanel threadId={threadId} />);
  await user.type(await screen.findByRole('textbox', { name: 'Message' }), 'Half a');
  unmount();
  show(<ChatPanel threadId={threadId} />);
  expect(await screen.findByDisplayValue('Half a')).toBeTruthy();
});

const note = { id: idOf(20), name: 'notes.txt', mediaType: 'text/plain', size: 12 };
const made = { ...note, createdAt: '2026-11-30T10:00:00.000Z' };

test('sends files that were chosen, after one was taken out again', async () => {
  api.on(getThread, { ...thread, messages: [] });
  takeUploads((name) => ({
    ...made,
    ...(name === 'notes.txt' ? {} : { id: idOf(21), name }),
  }));
  const { user } = show(<ChatPanel threadId={idOf(30)} />);
  await screen.findByRole('button', { name: 'Attach files' });
  await user.upload(screen.getByLabelText('Files to attach'), [
    new File(['Buy milk.'], 'notes.txt'),
    new File(['Sell milk.'], 'other.txt'),
  ]);
  await screen.findByRole('button', { name: 'Open other.txt' });
  await user.click(screen.getByRole('button', { name: 'Remove other.txt' }));
  const answered = { ...asks, text: '', files: [{ ...note, deleted: false }] };
  api.on(postMessage, { message: answered, answer: answers, answers: [answers] });
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await expect
    .poll(() => api.asked(postMessage).map(({ body }) => body))
    .toEqual([{ text: '', files: [note.id] }]);
  expect(screen.queryByRole('list', { name: 'Attached files' })).toBeNull();
});

test('takes pasted and dropped files, keeps them with the draft, and says why it refuses one', async () => {
  api.on(getThread, { ...thread, messages: [] });
  takeUploads((name) => ({ ...made, name }));
  const { user, unmount } = show(<ChatPanel threadId={threadId} />);
  const box = await screen.findByRole('textbox', { name: 'Message' });
  fireEvent.paste(box, {
    clipboardData: { files: [new File(['x'], 'pasted.txt')], types: ['Files'] },
  });
  expect(await screen.findByRole('button', { name: 'Open pasted.txt' })).toBeTruthy();
  fireEvent.drop(box, {
    dataTransfer: { files: [new File(['x'], 'photo.heic')], types: ['Files'] },
  });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toBe(
    '“photo.heic” cannot be read here. Send a table, a document, JSON, text or a picture (PNG, JPEG, WebP).',
  );
  await user.click(screen.getByRole('button', { name: 'Remove photo.heic' }));
  expect(screen.queryByRole('alert')).toBeNull();
  unmount();
  show(<ChatPanel threadId={threadId} />);
  expect(await screen.findByRole('button', { name: 'Open pasted.txt' })).toBeTruthy();
});

test('shows the files of a message, one that was deleted too, and what of one was left out', async () => {
  const gone = { ...note, id: idOf(22), name: 'gone.txt', deleted: true };
  const files = [{ ...note, deleted: false }, gone];
  const notes = ['Of “notes.txt” the first 10 of 12 characters were given.'];
  const run = { id: idOf(5), status: 'succeeded' as const, calls: [], costUsd: 0, notes };
  api.on(getThread, {
    ...thread,
    messages: [
      { ...asks, files },
      { ...answers, run },
    ],
  });
  show(<ChatPanel threadId={threadId} />, { role: 'viewer' });
  const list = within(await screen.findByRole('list', { name: 'Files' }));
  expect(list.getByRole('button', { name: 'Open notes.txt' })).toBeTruthy();
  expect(list.queryByRole('button', { name: 'Open gone.txt' })).toBeNull();
  expect(list.getByText('deleted')).toBeTruthy();
  expect(screen.getByText(/the first 10 of 12 characters/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Attach files' })).toBeNull();
});

test('asks several agents with @, shows their answers beside each other, and stops one of them', async () => {
  const writer = sampleOf(agentSchema, { id: idOf(40), name: 'Writer', handle: 'writer' });
  const reader = { ...agent, handle: 'researcher' };
  api.on(listAgents, { items: [reader, writer] });
  api.on(getThread, { ...thread, messages: [] });
  const { user } = show(<ChatPanel threadId={idOf(41)} />);
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  await user.type(box, 'Compare @');
  const list = within(await screen.findByRole('listbox', { name: 'Agents' }));
  expect(list.getAllByRole('option').map((one) => one.textContent)).toHaveLength(2);
  await user.type(box, 'wri{Enter}@{ArrowDown}{ArrowUp}{Tab}');
  const chosen = within(screen.getByRole('list', { name: 'Agents asked' }));
  expect(chosen.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
    expect.stringContaining('Writer'),
    expect.stringContaining('Researcher'),
  ]);
  expect(screen.getByText('Each answers by itself.')).toBeTruthy();
  expect(screen.queryByRole('listbox')).toBeNull();
  const run = { id: idOf(42), status: 'running' as const, calls: [], costUsd: 0 };
  const first = { ...answers, id: idOf(43), authorName: 'Writer', agentId: writer.id, text: '' };
  const second = { ...answers, id: idOf(44), agentId: agent.id, position: 3 };
  const both = [
    { ...first, run },
    { ...second, run: { ...run, id: idOf(45), status: 'succeeded' as const } },
  ];
  const [one] = both;
  if (!one) throw new Error('none');
  api.on(postMessage, { message: asks, answer: one, answers: both });
  api.on(getThread, { ...thread, messages: [asks, ...both] });
  await user.type(box, 'prices{Enter}');
  await expect
    .poll(() => api.asked(postMessage).map(({ body }) => body))
    .toEqual([{ text: 'Compare prices', agents: [writer.id, agent.id], mode: 'each' }]);
  expect(screen.queryByRole('list', { name: 'Agents asked' })).toBeNull();
  const writing = within(await screen.findByRole('article', { name: 'Writer answered' }));
  expect(screen.getByRole('article', { name: 'Researcher answered' })).toBeTruthy();
  api.on(cancelTurn, { cancelled: 1 });
  await user.click(writing.getByRole('button', { name: 'Stop this answer' }));
  expect(api.asked(cancelTurn).map(({ body }) => body)).toEqual([{ messageId: first.id }]);
});

test('the list of agents closes with Escape, and a chosen one can be taken out', async () => {
  api.on(listAgents, { items: [agent] });
  api.on(getThread, { ...thread, messages: [] });
  const { user } = show(<ChatPanel threadId={idOf(46)} />);
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  await user.type(box, '@res');
  await screen.findByRole('listbox', { name: 'Agents' });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  await user.type(box, 'e');
  await user.click(await screen.findByRole('option', { name: /Researcher/ }));
  expect(box.value).toBe('');
  await user.click(screen.getByRole('button', { name: 'Do not ask Researcher' }));
  expect(screen.queryByRole('list', { name: 'Agents asked' })).toBeNull();
});

test('takes what people think of an answer, with a reason, and lets it be taken back', async () => {
  const none = { up: 2, down: 0, mine: null };
  api.on(getThread, { ...thread, messages: [asks, { ...answers, feedback: none }] });
  const { user } = show(<ChatPanel threadId={threadId} />);
  const bad = await screen.findByRole('button', { name: 'Bad answer' });
  const given = { up: 2, down: 1, mine: 'down' as const };
  api.on(giveFeedback, given);
  api.on(getThread, { ...thread, messages: [asks, { ...answers, feedback: given }] });
  await user.click(bad);
  await user.type(await screen.findByRole('textbox', { name: 'Why? (optional)' }), 'Too old.');
  await user.click(
    within(screen.getByRole('form', { name: 'Reason' })).getByRole('button', { name: 'Send' }),
  );
  await expect.poll(() => api.asked(giveFeedback)).toHaveLength(2);
  expect(screen.queryByRole('textbox', { name: 'Why? (optional)' })).toBeNull();
  await expect.poll(() => bad.getAttribute('aria-pressed')).toBe('true');
  await user.click(bad);
  await expect
    .poll(() => api.asked(giveFeedback).map(({ body }) => body))
    .toEqual([
      { verdict: 'down', reason: '' },
      { verdict: 'down', reason: 'Too old.' },
      { verdict: null, reason: '' },
    ]);
});

test('viewers see what people think of an answer, and say nothing', async () => {
  const feedback = { up: 2, down: 1, mine: null };
  api.on(getThread, { ...thread, messages: [asks, { ...answers, feedback }] });
  show(<ChatPanel threadId={threadId} />, { role: 'viewer' });
  const good = await screen.findByRole<HTMLButtonElement>('button', { name: 'Good answer' });
  expect(good.disabled).toBe(true);
  expect(good.parentElement?.textContent).toBe('2');
});

import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  type Compaction,
  compactionSchema,
  updateCompaction,
} from '@/lib/chat/compaction/contract';
import { getThread, threadSchema } from '@/lib/chat/contract';
import { messageSchema } from '@/lib/chat/message';
import { ChatPanel } from '../chat-panel';

const thread = sampleOf(threadSchema, { id: idOf(1), agentId: idOf(2), agentName: 'Clerk' });
const line = (position: number, role: 'user' | 'assistant', text: string) =>
  sampleOf(messageSchema, { id: idOf(10 + position), position, role, authorName: 'Ada', text });
const messages = [
  line(1, 'user', 'Which colour?'),
  line(2, 'assistant', 'Teal.'),
  line(3, 'user', 'And now?'),
];
const compaction = sampleOf(compactionSchema, {
  ...{ id: idOf(5), upTo: 2, messages: 2, tokensBefore: 21_000, tokensAfter: 40, version: 3 },
  ...{ summary: 'The colour is **teal**.', model: 'openai/gpt-5', edited: null, undone: null },
});
let now: Compaction[];
beforeEach(() => {
  now = [compaction];
  api.on(getThread, () => ({ ...thread, messages, compactions: now }));
});
const part = async () =>
  within(await screen.findByRole('region', { name: 'Summary of earlier messages' }));

test('a summary stands where its messages end, opens, and can be changed and put out of use', async () => {
  api.on(updateCompaction, ({ body }) => {
    const { summary = compaction.summary, undone } = body as { summary?: string; undone?: boolean };
    const by = { by: 'Ada', at: compaction.createdAt };
    now = [{ ...compaction, summary, version: 4, edited: by, undone: undone ? by : null }];
    return now[0] as Compaction;
  });
  const { user } = show(<ChatPanel threadId={thread.id} />);
  const at = await part();
  await user.click(at.getByRole('button', { name: /2 messages above.*21,000 → 40 tokens/ }));
  expect(await at.findByText('teal')).toBeTruthy();
  await user.click(at.getByRole('button', { name: 'Edit' }));
  const box = at.getByRole('textbox', { name: 'Summary' });
  await user.clear(box);
  expect(at.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  await user.type(box, 'Red.');
  await user.click(at.getByRole('button', { name: 'Save' }));
  expect(await at.findByText(/changed by Ada/)).toBeTruthy();
  await user.click(at.getByRole('button', { name: 'Send the messages instead' }));
  expect(await at.findByText(/Ada put this summary out of use/)).toBeTruthy();
  expect(at.getByRole('button', { name: 'Use it again' })).toBeTruthy();
  expect(api.asked(updateCompaction).map(({ body }) => body)).toEqual([
    { version: 3, summary: 'Red.' },
    { version: 4, undone: true },
  ]);
});

test('what was typed stays where somebody else was first', async () => {
  api.refuse(updateCompaction, 'conflict', 'Somebody changed this summary meanwhile.');
  const { user } = show(<ChatPanel threadId={thread.id} />);
  const at = await part();
  await user.click(at.getByRole('button', { name: /2 messages above/ }));
  await user.click(await at.findByRole('button', { name: 'Edit' }));
  await user.type(at.getByRole('textbox', { name: 'Summary' }), ' Really.');
  now = [{ ...compaction, version: 4, summary: 'It is red.' }];
  await user.click(at.getByRole('button', { name: 'Save' }));
  expect((await at.findByRole('alert')).textContent).toContain('Save again');
  const { value } = at.getByRole<HTMLTextAreaElement>('textbox', { name: 'Summary' });
  expect(value).toBe('The colour is **teal**. Really.');
  await user.click(at.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() =>
      api.asked(updateCompaction).map(({ body }) => (body as { version: number }).version),
    )
    .toEqual([3, 4]);
});

test('who may not write reads it', async () => {
  const { user } = show(<ChatPanel threadId={thread.id} />, { role: 'viewer' });
  const at = await part();
  await user.click(at.getByRole('button', { name: /2 messages above/ }));
  expect(await at.findByText('teal')).toBeTruthy();
  expect(at.queryByRole('button', { name: 'Edit' })).toBeNull();
});

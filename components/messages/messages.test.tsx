import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  finishMessage,
  getMessage,
  listDeliveries,
  listMailboxes,
  messageStats,
  redriveDead,
  replyToMessage,
  sendMessages,
  updateMailbox,
} from '@/lib/messages/contract';
import { listPools } from '@/lib/messages/pool-contract';
import type { DeliveryView, MailboxView } from '@/lib/messages/schema';
import { listSubscriptions, subscribe } from '@/lib/messages/topic-contract';
import { MessagesPage } from './messages-page';

const counts = {
  ...{ waiting: 2, behind: 1, held: 0, done: 5, dead: 1, expired: 0, cancelled: 0 },
};
const mailbox: MailboxView = {
  ...{
    id: idOf(1),
    kind: 'pool',
    name: 'Reviewers',
    title: 'Reviewers',
    paused: false,
    startsTasks: true,
    counts,
  },
};
const delivery: DeliveryView = {
  ...{
    message: idOf(2),
    mailbox: idOf(1),
    mailboxTitle: 'Reviewers',
    yours: false,
    state: 'waiting',
  },
  ...{
    reason: '',
    attempts: 0,
    redriven: 0,
    type: 'order',
    runId: null,
    replyTo: null,
    wantsReply: false,
    answered: false,
    priority: 'urgent',
    to: { pool: 'Reviewers' },
    agent: null,
    choice: '',
  },
  sender: { kind: 'run', runId: idOf(3), stepId: 's', name: 'Take orders' },
  ...{ body: { order: 7 }, sentAt: '2026-11-29T10:00:00.000Z', dueAt: null, endedAt: null },
};
const dead: DeliveryView = {
  ...{ ...delivery, message: idOf(4), state: 'dead', attempts: 5, reason: 'The shop is closed.' },
};

function shown(role: 'editor' | 'viewer' = 'editor', items = [mailbox]) {
  api.on(listMailboxes, { items });
  api.on(messageStats, {
    ...{ ...counts, oldestWaitingSeconds: 3, waitP50Ms: 20, waitP95Ms: 1_400 },
    ...{ hours: [{ at: '2026-11-30T10:00:00.000Z', done: 5, failed: 1 }], flows: [] },
  });
  api.on(listPools, { items: [] });
  api.on(listSubscriptions, { items: [] });
  api.on(listDeliveries, { items: [delivery] });
  return show(<MessagesPage />, { role });
}

test('a mailbox shows what waits; a message opens with its content and what became of it', async () => {
  api.on(getMessage, { deliveries: [delivery] });
  const { user } = shown();
  expect(await screen.findByText('9')).toBeTruthy();
  expect(screen.getByText(/ended in a day, 95 % taken within 1 s/)).toBeTruthy();
  await user.click(await screen.findByRole('button', { name: /order urgent/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Message “order”' });
  expect(await within(dialog).findByText('Reviewers')).toBeTruthy();
  expect(within(dialog).getByText('Not taken yet')).toBeTruthy();
  const run = within(dialog).getByRole('link', { name: 'Take orders' });
  expect(run.getAttribute('href')).toBe(`/runs/${idOf(3)}`);
});

test('dead messages say why, and are sent again', async () => {
  const { user } = shown();
  await user.click(await screen.findByRole('tab', { name: /^Failed/ }));
  api.on(listDeliveries, { items: [dead] });
  api.on(redriveDead, { redriven: 1 });
  await user.click(await screen.findByRole('button', { name: 'Send all again' }));
  await expect.poll(() => api.asked(redriveDead)[0]?.body).toEqual({ mailbox: idOf(1) });
  expect(await screen.findByText('1 message waits again')).toBeTruthy();
});

test('a mailbox is paused', async () => {
  api.on(updateMailbox, { ...mailbox, paused: true });
  const { user } = shown();
  await user.click(await screen.findByRole('button', { name: 'Pause' }));
  await expect.poll(() => api.asked(updateMailbox)[0]?.body).toEqual({ paused: true });
});

test('a message is written by hand, to whom one chooses', async () => {
  api.on(sendMessages, { items: [{ id: idOf(5), recipients: 1, duplicate: false }] });
  const { user } = shown();
  await user.click(await screen.findByRole('button', { name: 'Send message' }));
  await user.type(await screen.findByRole('textbox', { name: 'Message' }), 'Look at order 7');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await expect
    .poll(() => api.asked(sendMessages)[0]?.body)
    .toEqual({
      ...{ to: { pool: 'Reviewers' }, type: 'message' },
      ...{ body: 'Look at order 7', priority: 'normal', wantsReply: false },
    });
});

test('a viewer reads and changes nothing; without mailboxes the page says what they are for', async () => {
  const { unmount } = shown('viewer');
  await screen.findByRole('tab', { name: /^Waiting/ });
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Send message' })).toBeNull();
  unmount();
  shown('editor', []);
  expect(await screen.findByText('No messages yet')).toBeTruthy();
});

const subscription = {
  ...{ id: idOf(7), topic: 'orders.*', mailbox: idOf(1), kind: 'pool' as const },
  ...{ name: 'Reviewers', title: 'Reviewers', createdAt: '2026-11-30T10:00:00.000Z' },
};

test('a mailbox subscribes to a topic', async () => {
  const { user } = shown();
  expect(await screen.findByText('Subscribes to no topic')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Subscribe' }));
  await user.type(await screen.findByRole('textbox', { name: 'Topic' }), 'orders.*');
  api.on(subscribe, subscription);
  api.on(listSubscriptions, { items: [subscription] });
  await user.keyboard('{Enter}');
  await expect
    .poll(() => api.asked(subscribe)[0]?.body)
    .toEqual({ topic: 'orders.*', to: { pool: 'Reviewers' } });
  expect(await screen.findByRole('button', { name: 'Unsubscribe from orders.*' })).toBeTruthy();
});

test('a message opens with the topic that it was sent to, and who got it and why', async () => {
  const choice = 'Least busy of 3: it had 0 of 3 tasks.';
  const agent = { handle: 'analyst', name: 'Analyst' };
  api.on(getMessage, {
    deliveries: [{ ...delivery, to: { topic: 'orders.new' }, agent, choice }],
  });
  const { user } = shown();
  await user.click(await screen.findByRole('button', { name: /order urgent/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Message “order”' }));
  expect(await dialog.findByText(/to the topic orders\.new/)).toBeTruthy();
  expect(dialog.getByText('Reviewers: Analyst')).toBeTruthy();
  expect(dialog.getByText(choice)).toBeTruthy();
});

test('what was sent to oneself is new, is answered more than once, and is marked as done', async () => {
  const mine = { ...mailbox, kind: 'person' as const, name: 'ada', title: 'Ada Lovelace' };
  const sender = { kind: 'person' as const, id: 'ben', name: 'Ben' };
  const note = { ...delivery, yours: true, type: 'message', body: 'Look at order 7', sender };
  const { user } = shown('editor', [mine]);
  api.on(listDeliveries, { items: [note] });
  api.on(getMessage, { deliveries: [note] });
  api.on(replyToMessage, { id: idOf(8), to: 'mailbox' });
  expect((await screen.findByRole('tab', { name: /^New/ })).textContent).toContain('2');
  expect(screen.queryByRole('tab', { name: /progress/ })).toBeNull();
  await user.click(await screen.findByRole('button', { name: /Look at order 7/ }));
  for (const text of ['I do.', 'It is done.']) {
    await user.type(await screen.findByRole('textbox', { name: 'Reply' }), text);
    await user.click(screen.getByRole('button', { name: 'Send reply' }));
    await expect.poll(() => api.asked(replyToMessage).at(-1)?.body).toMatchObject({ body: text });
  }
  const keys = api
    .asked(replyToMessage)
    .map(({ body }) => (body as { dedupeKey: string }).dedupeKey);
  expect(new Set(keys).size).toBe(2);
  api.on(finishMessage, { done: true });
  await user.click(screen.getByRole('button', { name: 'Mark as done' }));
  await expect.poll(() => api.asked(finishMessage).length).toBe(1);
});

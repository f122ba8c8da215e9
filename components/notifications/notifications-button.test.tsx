import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  countNotifications,
  listNotifications,
  notificationSchema,
  readNotifications,
} from '@/lib/notifications/contract';
import { NotificationsButton } from './notifications-button';

const workflow = { id: idOf(1), name: 'Invoices' };
const mention = sampleOf(notificationSchema, {
  id: idOf(2),
  kind: 'mentioned',
  actor: { id: 'grace', name: 'Grace' },
  workflow,
  threadId: idOf(3),
  text: 'Look at this',
});
const asked = sampleOf(notificationSchema, {
  id: idOf(4),
  kind: 'asked',
  workflow,
  runId: idOf(5),
  stepId: 'ask',
  text: 'Refund 240?',
});
const answered = sampleOf(notificationSchema, {
  ...asked,
  id: idOf(8),
  open: false,
});
const decided = sampleOf(notificationSchema, {
  id: idOf(6),
  kind: 'suggestion',
  workflow,
  suggestionId: idOf(7),
  text: 'Shorter prompt',
  readAt: '2026-03-02T10:00:00.000Z',
});

const budget = sampleOf(notificationSchema, {
  id: idOf(9),
  kind: 'budget',
  workflow: null,
  budgetId: idOf(10),
  text: 'The budget of the workspace: $8.02 of $10.00 is spent this month (80 %).',
});

const failures = sampleOf(notificationSchema, {
  ...{ id: idOf(11), kind: 'failed', workflow, runId: idOf(12), stepId: 'pay', count: 7 },
  text: 'No such customer',
});
const waits = sampleOf(notificationSchema, {
  ...{ id: idOf(13), kind: 'waiting', workflow, runId: idOf(14), stepId: 'who', open: true },
  text: 'No agent fits.',
});
const over = sampleOf(notificationSchema, { ...waits, id: idOf(15), open: false });

test('counts what is unread, and lists where each leads', async () => {
  api.on(countNotifications, { unread: 120 });
  api.on(listNotifications, {
    items: [mention, asked, decided, answered, budget, failures, waits, over],
  });
  const { user } = show(<NotificationsButton />);
  await user.click(await screen.findByRole('button', { name: 'Notifications, 99+ unread' }));
  const list = await screen.findByRole('list', { name: 'Notifications' });
  const links = within(list).getAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    `/workflows/${workflow.id}?comment=${idOf(3)}`,
    `/runs/${idOf(5)}?step=ask`,
    `/workflows/${workflow.id}?suggestion=${idOf(7)}`,
    `/runs/${idOf(5)}?step=ask`,
    '/settings/spending',
    `/runs/${idOf(12)}?step=pay`,
    `/runs/${idOf(14)}?step=who`,
    `/runs/${idOf(14)}?step=who`,
  ]);
  expect(links[5]?.textContent).toContain('7 runs failed in Invoices');
  expect(links[6]?.textContent).toContain('A run waits for help in Invoices');
  expect(links[7]?.textContent).toContain('A run no longer waits in Invoices');
  expect(links[4]?.textContent).toContain('A budget has passed its warning mark');
  expect(links[3]?.textContent).toContain('A run no longer waits for an answer');
  expect(links[0]?.textContent).toContain('Grace mentioned you');
  expect(links[1]?.textContent).toContain('A run is waiting for your answer');
  expect(links[2]?.textContent).toContain('Former member reviewed your suggestion');
  links[0]?.focus();
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(links[1]);
  await user.keyboard('{ArrowUp}');
  expect(document.activeElement).toBe(links[0]);
});

test('marks all as read, and says when that failed', async () => {
  api.on(countNotifications, { unread: 1 });
  api.on(listNotifications, { items: [mention] });
  api.refuse(readNotifications, 'too_many_requests', 'Wait a minute.');
  const { user } = show(<NotificationsButton />);
  await user.click(await screen.findByRole('button', { name: 'Notifications, 1 unread' }));
  await user.click(await screen.findByRole('button', { name: 'Mark all as read' }));
  expect(await screen.findByText('Wait a minute.')).toBeTruthy();
  api.on(readNotifications, { read: 1 });
  api.on(countNotifications, { unread: 0 });
  await user.click(screen.getByRole('button', { name: 'Mark all as read' }));
  await expect.poll(() => screen.queryByRole('button', { name: 'Mark all as read' })).toBeNull();
  expect(api.asked(readNotifications).map(({ body }) => body)).toEqual([{}, {}]);
});

test('says what appears here while there is nothing', async () => {
  api.on(countNotifications, { unread: 0 });
  const { user } = show(<NotificationsButton />);
  await user.click(await screen.findByRole('button', { name: 'Notifications' }));
  expect(await screen.findByText(/Mentions, replies to your comments/)).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(screen.queryByText(/Mentions, replies/)).toBeNull();
});

import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleMoment, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { connectionSchema, listConnections } from '@/lib/connections/contract';
import { usualChoice } from '@/lib/notifications/choices';
import { notificationKinds } from '@/lib/notifications/contract';
import {
  getNotificationSettings,
  listChoices,
  listNotificationDeliveries,
  putChoice,
  putNotificationSettings,
  testNotification,
} from '@/lib/notifications/settings-contract';
import { NotificationSettingsPage } from './notification-settings-page';

const items = notificationKinds.map((kind) => ({ kind, ...usualChoice(kind) }));
const delivery = {
  id: idOf(1),
  ...{ channel: 'mail' as const, event: 'failed', person: 'Grace', state: 'failed' as const },
  ...{ attempts: 6, error: 'mail.example.com did not respond in time.', createdAt: sampleMoment },
  ...{ nextAt: null, endedAt: sampleMoment },
};

test('a member chooses for each kind, and sees nothing of how the workspace sends', async () => {
  api.on(listChoices, { items, mail: false });
  api.on(putChoice, { kind: 'failed', bell: true, email: false });
  const { user } = show(<NotificationSettingsPage />, { role: 'viewer' });
  const email = await screen.findByRole('switch', { name: 'Failed runs: email' });
  expect(email.getAttribute('aria-checked')).toBe('true');
  expect(screen.getByText(/sends no email yet/)).toBeTruthy();
  await user.click(email);
  await expect
    .poll(() => api.asked(putChoice)[0]?.body)
    .toEqual({ kind: 'failed', bell: true, email: false });
  expect(screen.queryByRole('form')).toBeNull();
  expect(screen.queryByText('Deliveries')).toBeNull();
});

test('an admin sets how they are sent, tries it, and reads why one failed', async () => {
  api.on(listChoices, { items, mail: true });
  api.on(listConnections, {
    items: [
      sampleOf(connectionSchema, {
        ...{ id: idOf(2), name: 'Alerts', kind: 'signature', config: { hosts: ['example.com'] } },
      }),
    ],
  });
  const saved = {
    triggeredTo: 'publisher' as const,
    mailConnection: 'Company mail',
    webhook: null,
  };
  api.on(getNotificationSettings, saved);
  api.on(listNotificationDeliveries, { items: [delivery] });
  api.on(testNotification, { id: idOf(3) });
  api.on(putNotificationSettings, saved);
  const { user } = show(<NotificationSettingsPage />, { role: 'admin' });
  const row = await screen.findByText(/did not respond in time/);
  expect(row.textContent).toContain('(6 attempts)');
  await user.click(await screen.findByRole('button', { name: 'Send test email' }));
  await expect.poll(() => api.asked(testNotification)[0]?.body).toEqual({ channel: 'mail' });
  await user.click(screen.getByRole('switch', { name: 'Webhook' }));
  const form = within(screen.getByRole('form', { name: 'How this workspace sends them' }));
  expect(form.getByText(/needs an address, a connection and an event/)).toBeTruthy();
  await user.type(form.getByRole('textbox', { name: 'URL' }), 'https://example.com/in');
  await user.click(form.getByRole('combobox', { name: 'Signed with' }));
  await user.click(await screen.findByRole('option', { name: /Alerts/ }));
  await user.click(form.getByRole('switch', { name: 'A run waits for help' }));
  await user.click(form.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => api.asked(putNotificationSettings)[0]?.body)
    .toEqual({
      ...saved,
      was: saved,
      webhook: { url: 'https://example.com/in', connection: 'Alerts', events: ['run.failed'] },
    });
});

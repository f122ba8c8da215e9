import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { SMTPServer } from 'smtp-server';
import { createChain } from '../support/editor';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

test('failed runs of a workflow are one line in the bell and one email', long, async ({ page }) => {
  const mails: string[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], logger: false },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8').replaceAll('=\r\n', ''));
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  const made = await page.request.post('/api/v2/connections', {
    data: {
      ...{ name: 'Alerts by mail', kind: 'smtp', secret: '' },
      config: {
        ...{ host: '127.0.0.1', port, security: 'none', userName: '' },
        from: 'Ensemble <ensemble@example.com>',
      },
    },
  });
  expect(made.ok(), await made.text()).toBe(true);

  await page.goto('/settings/notifications');
  await page.getByRole('combobox', { name: 'Mail server' }).click();
  await page.getByRole('option', { name: /Alerts by mail/ }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The settings were saved')).toBeVisible();
  await page.getByRole('button', { name: 'Send test email' }).click();
  const deliveries = page.getByRole('list', { name: 'Deliveries' });
  await expect(deliveries.getByText('Sent').first()).toBeVisible();
  await expect.poll(() => mails.length).toBeGreaterThan(0);

  const name = 'Charge everybody';
  const id = await createChain(page, name, [
    { id: 'start', type: 'start', name: 'Start' },
    {
      ...{ id: 'stop', type: 'stop', name: 'Refuse' },
      config: { as: 'failure', message: 'No such customer' },
    },
  ]);
  const published = await page.request.post(`/api/v2/workflows/${id}/publish`, { data: {} });
  expect(published.ok(), await published.text()).toBe(true);
  for (let n = 0; n < 3; n += 1) {
    const started = await page.request.post(`/api/v2/workflows/${id}/runs`, { data: {} });
    expect(started.ok(), await started.text()).toBe(true);
  }
  await page.getByRole('button', { name: /^Notifications, .* unread/ }).click();
  const line = page.getByRole('list', { name: 'Notifications' }).getByRole('link', { name });
  await expect(line).toContainText('3 runs failed');
  const aboutIt = () => mails.filter((text) => text.includes(`Subject: ${name}: A run failed`));
  await expect.poll(() => aboutIt().length).toBe(1);
  // Long lines are written in the encoding of emails.
  expect(aboutIt()[0]).toMatch(/\?step=(3D)?stop/);
  await line.click();
  await expect(page).toHaveURL(/\/runs\/.*step=stop/);
  await expect(page.getByText('No such customer').first()).toBeVisible();

  const usual = { triggeredTo: 'publisher', mailConnection: null, webhook: null };
  await page.request.put('/api/v2/notification-settings', { data: usual });
  server.close();
});

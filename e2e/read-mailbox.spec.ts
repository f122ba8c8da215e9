import { expect } from '@playwright/test';
import { createChain, openEditor } from './support/editor';
import { certificate, startMailbox } from './support/mailbox-server';
import { owner } from './support/owner';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

test(
  'a mailbox is connected in place, and the next email starts one run with its file',
  long,
  async ({ page }) => {
    const mailbox = await startMailbox();
    mailbox.deliver('Subject: before', '', 'x');
    const id = await createChain(page, 'Answer orders', [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'shape', type: 'transform', name: 'Shape', config: { expression: 'input.message' } },
    ]);
    const published = await page.request.post(`/api/v2/workflows/${id}/publish`, { data: {} });
    expect(published.ok(), await published.text()).toBe(true);
    await openEditor(page, id);
    await page
      .getByRole('button', { name: /^Triggers/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Add email' }).click();
    const form = page.getByRole('form', { name: 'New mailbox' });
    await expect(form.getByRole('button', { name: 'Turn on' })).toBeDisabled();
    await form.getByRole('combobox', { name: 'Mailbox' }).click();
    await page.getByRole('option', { name: 'Add a connection…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a connection' });
    await dialog.getByLabel('Name', { exact: true }).fill('Orders inbox');
    await dialog.getByLabel('Server').fill('127.0.0.1');
    await dialog.getByLabel('Port').fill(String(mailbox.port));
    await dialog.getByLabel('User name').fill('orders');
    await dialog.getByLabel('Password or app password').fill('canary-of-the-mailbox');
    await dialog.getByText('Own certificate authority').click();
    await dialog.getByLabel('Certificate (optional)').fill(certificate);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('127.0.0.1 accepted the user name and password.')).toBeVisible();
    await expect(form.getByRole('combobox', { name: 'Mailbox' })).toContainText('Orders inbox');
    await form.getByRole('button', { name: 'Turn on' }).click();
    await expect(page.getByText('Mailbox turned on')).toBeVisible();

    const trigger = async () =>
      (await (await page.request.get(`/api/v2/workflows/${id}/triggers`)).json()).items[0];
    await expect.poll(async () => (await trigger()).lookedAt).not.toBeNull();
    mailbox.deliver(
      ...['From: Ben <ben@example.com>', 'Subject: Order 4711', 'MIME-Version: 1.0'],
      ...['Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', ''],
      ...['Three lamps.', '--b', 'Content-Type: text/csv; name=order.csv'],
      ...['Content-Disposition: attachment', '', 'lamp;3', '--b--'],
    );
    // Changed settings are looked at at once; nothing is lost or started twice by that.
    const { config } = await trigger();
    const changed = await page.request.patch(`/api/v2/triggers/${(await trigger()).id}`, {
      data: { config: { ...config, everyMinutes: 5 } },
    });
    expect(changed.ok(), await changed.text()).toBe(true);
    await expect.poll(async () => (await trigger()).lastRun?.status).toBe('succeeded');
    const { lastRun } = await trigger();
    const run = await (await page.request.get(`/api/v2/runs/${lastRun.id}`)).json();
    expect(run.trigger).toBe('mail');
    expect(JSON.stringify(run)).toContain('Order 4711');

    await page.getByRole('button', { name: /^Email received/ }).click();
    await expect(page.getByRole('region', { name: 'Recent emails' })).toContainText('Started');
    await page.goto('/runs');
    await expect(page.getByText('Email', { exact: true }).first()).toBeVisible();
    await page.goto('/files');
    await expect(page.getByRole('button', { name: 'order.csv' })).toBeVisible();
    mailbox.close();
  },
);

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { createChain, draftOf, expectSaved, inspector, openEditor, select } from './support/editor';
import { owner } from './support/owner';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

test(
  'a connection is added, tested, chosen in a step, and its secret reaches the service alone',
  long,
  async ({ page }) => {
    const keys: unknown[] = [];
    const server = createServer((request, response) => {
      keys.push(request.headers['x-api-key']);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ said: request.headers['x-api-key'] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const traffic: string[] = [];
    page.on('response', async (response) => {
      if (response.url().includes('/api/')) traffic.push(await response.text().catch(() => ''));
    });

    await page.goto('/settings/connections');
    await page.getByRole('button', { name: 'Add connection' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a connection' });
    await dialog.getByLabel('Name', { exact: true }).fill('Shop');
    await dialog.getByLabel('API key', { exact: true }).fill('canary-of-the-shop');
    await dialog.getByLabel('Hosts').fill(host);
    await dialog.getByLabel('Test address (optional)').fill(`http://${host}/me`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('not in use')).toBeVisible();
    // It is tested as it is saved, and again when somebody asks.
    const accepted = page.getByText(`${host} accepted the credentials (status 200).`);
    await page.getByRole('button', { name: 'Test Shop' }).click();
    await expect(accepted.first()).toBeVisible();

    const id = await createChain(page, 'Shop orders', [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'call', type: 'http', name: 'Call', config: { url: `http://${host}/orders` } },
    ]);
    await openEditor(page, id);
    await select(page, 'Call');
    await inspector(page).getByRole('combobox', { name: 'Connection' }).click();
    await page.getByRole('option', { name: /^Shop/ }).click();
    await expectSaved(page);
    await expect
      .poll(async () => (await draftOf(page, id)).nodes.find((node) => node.id === 'call')?.config)
      .toMatchObject({ connection: 'Shop' });
    const started = await page.request.post(`/api/v2/workflows/${id}/runs`, {
      data: { version: 'draft' },
    });
    const { id: runId } = await started.json();
    const run = async () => (await page.request.get(`/api/v2/runs/${runId}`)).json();
    await expect.poll(async () => (await run()).status).toBe('succeeded');
    expect(keys).toEqual(Array(3).fill('canary-of-the-shop'));
    await page.goto(`/runs/${runId}`);
    await expect(page.getByText('[secret]').first()).toBeVisible();
    await page.goto('/settings/connections');
    await expect(page.getByText('in 1 workflow')).toBeVisible();
    const all = JSON.stringify([traffic, await run(), await draftOf(page, id)]);
    expect(all).toContain('[secret]');
    expect(all).not.toContain('canary-of-the-shop');
    server.close();
  },
);

import { expect } from '@playwright/test';
import { createChain } from './support/editor';
import { owner } from './support/owner';
import { join, somebody } from './support/people';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

test(
  'a file is uploaded, found, looked into, downloaded and deleted; a viewer only looks',
  long,
  async ({ page }) => {
    const name = `lamps-${crypto.randomUUID().slice(0, 8)}.csv`;
    await page.goto('/files');
    // The empty page has a second button for it.
    await page
      .locator('header')
      .getByLabel('Files to upload')
      .setInputFiles([
        { name, mimeType: 'text/csv', buffer: Buffer.from('lamp,price\nTripod,79\nDesk,25\n') },
        { name: 'program.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
      ]);
    await expect(page.getByText(`“${name}” uploaded`)).toBeVisible();
    await expect(page.getByText('"program.exe" has an unsupported file type')).toBeVisible();

    await page.getByLabel('Search files').fill(name.slice(0, 12));
    const row = page
      .getByRole('table', { name: 'Files' })
      .getByRole('row')
      .filter({ hasText: name });
    await expect(row).toContainText(owner.name);
    const { items } = await (await page.request.get(`/api/v2/files?q=${name}`)).json();
    const [{ id }] = items;
    const workflow = `Price list ${id.slice(0, 8)}`;
    await createChain(page, workflow, [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'read', type: 'read-file', name: 'Read prices', config: { file: id } },
    ]);

    await row.getByRole('button', { name }).click();
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog.getByRole('cell', { name: 'Tripod' })).toBeVisible();
    await dialog.getByRole('tab', { name: 'As agents see it' }).click();
    await expect(dialog.getByRole('tabpanel')).toContainText('Tripod');
    await expect(dialog.getByText(workflow)).toBeVisible();
    const download = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe(name);

    const viewer = await join(page, somebody('Vera Vogel'), 'Viewer');
    await viewer.goto('/files');
    await viewer.getByRole('button', { name }).click();
    await expect(viewer.getByRole('dialog', { name })).toBeVisible();
    await expect(viewer.getByRole('button', { name: `Delete ${name}` })).toBeHidden();
    await viewer.context().close();

    await dialog.getByRole('button', { name: `Delete ${name}` }).click();
    await expect(page.getByText(`Steps that read it fail in “${workflow}”`)).toBeVisible();
    await page.getByRole('button', { name: 'Delete file' }).click();
    await expect(page.getByText(`${name} was deleted`)).toBeVisible();
    await expect(page.getByText('No file fits')).toBeVisible();
    expect((await page.request.get(`/api/v2/files/${id}/content`)).status()).toBe(404);
  },
);

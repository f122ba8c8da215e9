import { expect, type Page } from '@playwright/test';
import { owner } from '../support/owner';
import { test } from '../support/test';
import { aLargeFile, chunks, stored } from '../support/uploads';

test.use({ storageState: owner.state });

/** Lets so many chunks through, and cuts the connection for all others until it is mended. */
async function cutAfter(page: Page, most: number) {
  let through = 0;
  await page.context().route(chunks, (route) => {
    if (through >= most) return route.abort('internetdisconnected');
    through += 1;
    return route.continue();
  });
  return { mend: () => page.context().unroute(chunks) };
}

test('an upload waits while the network is cut, and goes on after a reload', async ({ page }) => {
  const file = aLargeFile();
  const open = () => page.getByRole('button', { name: /^Analyst/ }).click();
  await page.goto('/chat');
  await open();
  const network = await cutAfter(page, 1);
  await page.getByLabel('Files to attach', { exact: true }).setInputFiles([file]);
  const chip = page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
  await expect(chip).toContainText('Offline');
  await page.reload();
  await open();
  await expect(chip).toContainText(file.name);
  await expect(chip).toContainText('Offline');
  await network.mend();
  await expect(page.getByRole('button', { name: `Open ${file.name}` })).toBeVisible();
  expect((await stored(page, file.name)).equals(file.buffer)).toBe(true);
  // It is kept beside the text, as what was uploaded at once.
  await page.reload();
  await open();
  await page.getByRole('button', { name: `Remove ${file.name}` }).click();
  await expect(chip).toBeHidden();
});

test('of two tabs one uploads, and the other can take it over', async ({ page }) => {
  const file = aLargeFile();
  await page.goto('/files');
  const network = await cutAfter(page, 1);
  await page.locator('header').getByLabel('Files to upload').setInputFiles([file]);
  const chipIn = (tab: Page) => tab.getByRole('list', { name: 'Uploads' }).getByRole('listitem');
  await expect(chipIn(page)).toContainText('Offline');
  const other = await page.context().newPage();
  await other.goto('/files');
  await expect(chipIn(other)).toContainText('In another tab');
  await other.getByRole('button', { name: `Continue ${file.name} here` }).click();
  await expect(chipIn(page)).toContainText('In another tab');
  await network.mend();
  await expect(other.getByText(`“${file.name}” uploaded`)).toBeVisible();
  await expect(chipIn(page)).toBeHidden();
  expect((await stored(page, file.name)).equals(file.buffer)).toBe(true);
  await other.close();
});

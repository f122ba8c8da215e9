import { expect } from '@playwright/test';
import { createChain, inspector, openEditor, select } from './support/editor';
import { owner } from './support/owner';
import { long, test } from './support/test';

test.use({ storageState: owner.state });

test(
  'the manual is found by its words, from its own pages and from the palette',
  long,
  async ({ page }) => {
    await page.goto('/docs');
    await page.getByRole('searchbox', { name: 'Search the documentation' }).fill('breakpoint');
    await page
      .getByRole('list', { name: 'Results' })
      .getByRole('link', { name: /^Stop at a step/ })
      .click();
    await expect(page).toHaveURL(/\/docs\/debug#breakpoints$/);
    await expect(page.getByRole('heading', { name: 'Stop at a step' })).toBeInViewport();
    await page.getByRole('link', { name: /^Next/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Retry, replay, compare');

    await page.goto('/workflows');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('invite somebody link');
    await page.getByRole('option', { name: /Invite somebody Members and roles/ }).click();
    await expect(page).toHaveURL(/\/docs\/members#invite$/);
  },
);

test('a setting leads to its place in the manual, by click and by F1', long, async ({ page }) => {
  const id = await createChain(page, 'Help wanted', [
    { id: 'call', type: 'http', name: 'Call', config: { url: 'https://example.com' } },
  ]);
  await openEditor(page, id);
  await select(page, 'Call');
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    inspector(page).getByRole('link', { name: 'Help on Query parameters' }).click(),
  ]);
  await expect(opened).toHaveURL(/\/docs\/nodes#http\.query$/);
  await expect(opened.locator('[id="http.query"]')).toBeInViewport();
  await inspector(page).getByRole('textbox', { name: 'URL' }).focus();
  const [byKey] = await Promise.all([
    page.context().waitForEvent('page'),
    page.keyboard.press('F1'),
  ]);
  await expect(byKey).toHaveURL(/\/docs\/nodes#http\.url$/);
});

test(
  'the tour goes on as one builds, outlives a reload, and is left for good',
  long,
  async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Take the tour' }).click();
    const tour = page.getByRole('region', { name: 'Tour' });
    await expect(tour).toContainText('Add a step');
    await page.getByRole('button', { name: 'Add first step' }).click();
    await page.keyboard.type('Start');
    await page.keyboard.press('Enter');
    await expect(tour).toContainText('Connect the next one');
    await page.reload();
    await expect(tour).toContainText('Connect the next one');
    await page.getByRole('button', { name: /^Add a step after/ }).click();
    await page.keyboard.type('Output');
    await page.keyboard.press('Enter');
    await expect(tour).toContainText('Run it');
    await tour.getByRole('button', { name: 'Leave the tour' }).click();
    await expect(tour).toBeHidden();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
    await expect(tour).toBeHidden();
  },
);

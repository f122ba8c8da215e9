import { expect } from '@playwright/test';
import { owner } from './support/owner';
import { ownerState, products } from './support/product';
import { test } from './support/test';

for (const [index, { url }] of products.entries()) {
  test(`the first visit creates the owner and a workspace with a sample in it (product ${index + 1})`, async ({
    page,
  }) => {
    await page.goto(url);
    await expect(page).toHaveURL(/\/setup$/);
    await page.getByLabel('Your name').fill(owner.name);
    await page.getByLabel('Email').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByLabel('Workspace').fill(owner.workspace);
    await page.getByRole('button', { name: 'Create account and workspace' }).click();
    await expect(
      page.getByRole('link', { name: /Comprehensive data analysis/ }).first(),
    ).toBeVisible();
    await page.context().storageState({ path: ownerState(index) });
  });
}

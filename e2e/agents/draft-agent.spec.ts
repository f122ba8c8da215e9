import { expect } from '@playwright/test';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

test(
  'an agent out of a sentence, tried, checked and created by keyboard alone',
  long,
  async ({ page }) => {
    await page.goto('/agents/new');
    await expect(page.getByRole('textbox', { name: 'What should the agent do?' })).toBeFocused();
    await page.keyboard.type('Checks invoices in our files, and asks me when in doubt, at most $2');
    await page.keyboard.press('Enter');
    const note = page.getByRole('region', { name: 'How it was drafted' });
    await expect(note).toContainText('A built-in role and rules made this draft.');
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(/^Invoices/);
    await expect(page.getByRole('button', { name: 'Ask a person' })).toBeVisible();

    const focusOn = async (name: string) => {
      const button = page.getByRole('button', { name, exact: true });
      for (let presses = 0; presses < 80; presses += 1) {
        if (await button.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never comes to ${name}`);
    };
    await focusOn('Try');
    await page.keyboard.press('Enter');
    const attempt = page.getByRole('region', { name: 'Try it' });
    await expect(attempt.getByText('Succeeded')).toBeVisible();
    await expect(attempt.getByText('Left out here:', { exact: false })).toBeVisible();

    await focusOn('Review and create…');
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    await expect(sheet).toContainText('It can use these tools and nothing else');
    await expect(sheet).toContainText('A task of it ends when it has cost $2.');
    await focusOn('Create agent');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /^Invoices/ })).toBeVisible();
  },
);

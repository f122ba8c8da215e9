import { expect } from '@playwright/test';
import { startModelServer } from '../support/model-server';
import { owner } from '../support/owner';
import { join, somebody } from '../support/people';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

test(
  'a provider gets several keys and a limit; keys are shown by their end alone, and only to admins',
  long,
  async ({ page }) => {
    const model = await startModelServer();
    const seen: string[] = [];
    page.on('response', async (response) => {
      if (response.url().includes('/api/')) seen.push(await response.text().catch(() => ''));
    });
    await page.goto('/settings/models');
    try {
      await page.getByRole('button', { name: 'Add key of OpenAI', exact: true }).click();
      const first = page.getByRole('dialog', { name: 'OpenAI' });
      await first.getByLabel('API key').fill('sk-canary-of-the-first-key-1111');
      await first.getByRole('button', { name: 'Use another base URL…' }).click();
      await first.getByLabel('Base URL').fill(model.baseUrl);
      await first.getByRole('button', { name: 'Save key' }).click();
      await expect(page.getByText('OpenAI is set up')).toBeVisible();

      await page.getByRole('button', { name: 'Keys of OpenAI', exact: true }).click();
      const keys = page.getByRole('dialog', { name: 'Keys of OpenAI' });
      await expect(keys.getByText('First key', { exact: true })).toBeVisible();
      await keys.getByRole('button', { name: 'Add key' }).click();
      const second = page.getByRole('dialog', { name: 'OpenAI', exact: true });
      await second.getByLabel('Name').fill('Team account');
      await second.getByLabel('API key').fill('sk-canary-of-the-second-key-2222');
      await second.getByRole('button', { name: 'Save key' }).click();
      await expect(keys.getByRole('listitem')).toHaveCount(2);
      await keys.getByRole('button', { name: 'Test Team account' }).click();
      await expect(keys.getByRole('listitem').nth(1)).toContainText('Works');
      await keys.getByRole('button', { name: 'Remove Team account' }).click();
      await page.getByRole('button', { name: 'Remove key' }).click();
      await expect(keys.getByRole('listitem')).toHaveCount(1);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Limits of OpenAI', exact: true }).click();
      const limits = page.getByRole('dialog', { name: 'Limits of OpenAI' });
      await limits.getByLabel('Requests a minute').fill('none');
      await expect(limits.getByText('Enter a whole number above 0.')).toBeVisible();
      await limits.getByLabel('Requests a minute').fill('30');
      await limits.getByLabel('Calls at once').fill('2');
      await limits.getByRole('button', { name: 'Save limit' }).click();
      await expect(page.getByText('The limit was saved')).toBeVisible();
      await expect(limits.getByRole('listitem')).toContainText('All models together');
      await page.keyboard.press('Escape');
      await expect(page.getByText(/at most .*30 requests/)).toBeVisible();
      await page.reload();
      await expect(page.getByText(/at most .*30 requests/)).toBeVisible();

      const editor = await join(page, somebody('Ed Ivory'), 'Editor');
      await editor.goto('/settings/models');
      await expect(editor.getByText(/at most .*30 requests/)).toBeVisible();
      await expect(editor.getByRole('button', { name: 'Keys of OpenAI' })).toBeHidden();
      await editor.context().close();
      expect(seen.filter((text) => text.includes('canary-of-the'))).toEqual([]);
    } finally {
      await page.request.delete('/api/v2/models/openai/limits', { data: { model: '*' } });
      await page.request.delete('/api/v2/models/openai/key');
      await model.close();
    }
  },
);

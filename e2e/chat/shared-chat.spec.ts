import { expect } from '@playwright/test';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

test(
  'a stranger writes to a chat that was shared by link, and goes on after a reload',
  long,
  async ({ page, browser, baseURL }) => {
    const made = await page.request.post('/api/v2/workflows', {
      data: {
        name: 'Desk',
        nodes: [
          {
            ...{ id: 'a', key: 'a', type: 'transform', name: 'Answer', position: { x: 0, y: 0 } },
            config: { expression: '"You said: " + input.message' },
          },
        ],
        edges: [],
      },
    });
    const { id } = await made.json();
    await page.request.post(`/api/v2/workflows/${id}/publish`, { data: {} });
    const chat = await page.request.post(`/api/v2/workflows/${id}/triggers`, {
      data: { kind: 'chat', name: 'Help desk', config: { link: 'anyone', greeting: 'Ask me.' } },
    });
    const { trigger } = await chat.json();
    const address = await page.request.post(`/api/v2/triggers/${trigger.id}/address`);
    const { pathname } = new URL((await address.json()).url);

    const strange = await browser.newContext({
      ...(baseURL ? { baseURL } : {}),
      storageState: { cookies: [], origins: [] },
    });
    const visitor = await strange.newPage();
    await visitor.goto(pathname);
    await expect(visitor.getByText('Ask me.')).toBeVisible();
    await visitor.getByLabel('Message', { exact: true }).fill('Hello there');
    await visitor.keyboard.press('Enter');
    await expect(visitor.getByText('You said: Hello there')).toBeVisible();
    await visitor.reload();
    await expect(visitor.getByText('You said: Hello there')).toBeVisible();
    await visitor.getByRole('button', { name: 'New conversation' }).click();
    await expect(visitor.getByText('You said: Hello there')).toBeHidden();
    expect(await strange.cookies()).toEqual([]);
    await strange.close();
  },
);

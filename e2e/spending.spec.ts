import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { createChain } from './support/editor';
import { owner } from './support/owner';
import { test } from './support/test';

test.use({ storageState: owner.state });

const line = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

/** A vendor with one model, which counts how often it was asked to write. */
async function openVendor() {
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/models')) {
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify({ object: 'list', data: [{ id: 'large' }] }));
    }
    asked += 1;
    request.resume();
    response.setHeader('content-type', 'text/event-stream');
    response.write(line({ choices: [{ index: 0, delta: { content: 'It was a good year.' } }] }));
    response.write(line({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    const usage = { prompt_tokens: 12, completion_tokens: 6 };
    response.end(`${line({ choices: [], usage })}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, server, asked: () => asked };
}

test('a budget holds a run until an admin grants more, and says what was spent', async ({
  page,
}) => {
  const vendor = await openVendor();
  const key = '/api/v2/models/compatible/key';
  await page.request.put(key, { data: { key: 'k', baseUrl: vendor.baseUrl } });
  try {
    await page.goto('/settings/models');
    await page.getByRole('button', { name: 'Prices of OpenAI-compatible server' }).click();
    // Also where the server does not answer at once, and lists nothing.
    const prices = page.getByRole('dialog', { name: 'Models of OpenAI-compatible server' });
    await prices.getByLabel('Name of another model').fill('large');
    await prices.getByRole('button', { name: 'Add', exact: true }).click();
    const set = prices.getByRole('button', { name: 'Set the price of large' });
    if (await set.isVisible()) await set.click();
    await page.getByLabel('Input price of large').fill('3');
    await page.getByLabel('Output price of large').fill('15');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const row = prices.getByRole('listitem').filter({ hasText: 'large' });
    await expect(row.getByText('$3 in, $15 out (yours)')).toBeVisible();

    const model = { provider: 'compatible', model: 'large' };
    const id = await createChain(page, 'Yearly letter', [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'write', type: 'model', name: 'Write', config: { prompt: 'Write it.', model } },
    ]);
    await page.goto('/settings/spending');
    await page.getByRole('button', { name: 'Add budget' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a budget' });
    await dialog.getByRole('combobox', { name: 'Whose spending' }).click();
    await page.getByRole('option', { name: 'A workflow' }).click();
    await dialog.getByRole('combobox', { name: 'Workflow', exact: true }).click();
    await page.getByRole('option', { name: 'Yearly letter' }).click();
    await dialog.getByLabel('Limit in US dollars').fill('0.0001');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Yearly letter: $0.0001 per month')).toBeVisible();

    const started = await page.request.post(`/api/v2/workflows/${id}/runs`, {
      data: { version: 'draft' },
    });
    const { id: runId } = await started.json();
    await page.goto(`/runs/${runId}`);
    await expect(page.getByText('Write waits for its budget')).toBeVisible();
    expect(vendor.asked()).toBe(0);
    await page.getByRole('button', { name: /^Grant \$/ }).click();
    await expect(page.getByText('It was a good year.').first()).toBeVisible();
    expect(vendor.asked()).toBe(1);

    await page.goto('/settings/spending');
    const budget = page.getByRole('listitem').filter({ hasText: 'Yearly letter' });
    await expect(budget.getByText('$0.00013 spent')).toBeVisible();
    const call = page.getByRole('row', { name: /large/ }).first();
    await expect(call).toContainText('Answered');
    await call.getByRole('button', { name: 'Why large answered' }).click();
    await expect(page.getByText('large was chosen.')).toBeVisible();
  } finally {
    await page.request.delete(key);
    vendor.server.close();
  }
});

test('a step that reuses answers asks its model once, says so, and the cache can be cleared', async ({
  page,
}) => {
  const vendor = await openVendor();
  const key = '/api/v2/models/compatible/key';
  await page.request.put(key, { data: { key: 'k', baseUrl: vendor.baseUrl } });
  try {
    const model = { provider: 'compatible', model: 'large' };
    const config = { prompt: 'Write it.', model, answerCache: 'hour' };
    const id = await createChain(page, 'Same letter', [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'write', type: 'model', name: 'Write', config },
    ]);
    const run = async () => {
      const started = await page.request.post(`/api/v2/workflows/${id}/runs`, {
        data: { version: 'draft' },
      });
      await page.goto(`/runs/${(await started.json()).id}`);
      await expect(page.getByText('It was a good year.').first()).toBeVisible();
    };
    await run();
    await run();
    expect(vendor.asked()).toBe(1);
    await page.getByRole('button', { name: /Write/ }).first().click();
    await expect(page.getByText('From cache').first()).toBeVisible();
    await page.goto('/settings/spending');
    const cache = page.getByRole('region', { name: 'Answer cache' });
    await expect(cache).toContainText('1 of 2 calls');
    await cache.getByRole('button', { name: 'Clear 1 answer' }).click();
    await page.getByRole('button', { name: 'Clear answers' }).click();
    await expect(page.getByText('1 answer cleared')).toBeVisible();
    await run();
    expect(vendor.asked()).toBe(2);
  } finally {
    await page.request.delete(key);
    vendor.server.close();
  }
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { createChain, select } from './support/editor';
import { owner } from './support/owner';
import { test } from './support/test';

test.use({ storageState: owner.state });

const line = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

/** A vendor whose model says which prompt it was given, and whose answers to the short one are short. */
async function openVendor() {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith('/models')) {
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify({ object: 'list', data: [{ id: 'writer' }] }));
    }
    let body = '';
    for await (const part of request) body += part;
    const short = body.includes('In three words');
    asked.push(short ? 'B' : 'A');
    response.setHeader('content-type', 'text/event-stream');
    const content = short ? 'Good, very good.' : 'It was a good year, all in all.';
    response.write(line({ choices: [{ index: 0, delta: { content } }] }));
    response.write(line({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    const usage = { prompt_tokens: 12, completion_tokens: short ? 6 : 40 + (asked.length % 5) };
    response.end(`${line({ choices: [], usage })}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, server, asked };
}

/** So many live runs, all of them over. */
async function run(page: Page, workflowId: string, count: number): Promise<string[]> {
  const started = await Promise.all(
    Array.from({ length: count }, () =>
      page.request.post(`/api/v2/workflows/${workflowId}/runs`, { data: {} }),
    ),
  );
  const ids: string[] = [];
  for (const answer of started) {
    const { id } = await answer.json();
    ids.push(id);
    await expect
      .poll(async () => (await (await page.request.get(`/api/v2/runs/${id}`)).json()).status)
      .toBe('succeeded');
  }
  return ids;
}

test('an experiment gives each run a variant, names the winner, and its settings are taken over', async ({
  page,
}) => {
  const vendor = await openVendor();
  const key = '/api/v2/models/compatible/key';
  await page.request.put(key, { data: { key: 'k', baseUrl: vendor.baseUrl } });
  await page.request.put('/api/v2/models/compatible/writer/price', {
    data: { inputUsdPerMillion: '3', outputUsdPerMillion: '15' },
  });
  try {
    const model = { provider: 'compatible', model: 'writer' };
    const id = await createChain(page, 'Year in words', [
      { id: 'start', type: 'start', name: 'Start' },
      { id: 'write', type: 'model', name: 'Write', config: { prompt: 'Write about it.', model } },
    ]);
    await page.request.post(`/api/v2/workflows/${id}/publish`, { data: {} });
    await page.goto(`/workflows/${id}`);
    await select(page, 'Write');
    await page.getByRole('button', { name: 'Start an experiment…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start an experiment with Write' });
    await dialog.getByLabel('Name', { exact: true }).fill('Shorter letter');
    await dialog.getByLabel('What to call it').fill('Three words');
    await dialog.getByRole('switch', { name: 'Another prompt' }).click();
    await expect(dialog.getByLabel('Prompt of B')).toHaveValue('Write about it.');
    await dialog.getByLabel('Prompt of B').fill('In three words: {{ steps.nobody.output }}');
    await dialog.getByRole('button', { name: 'Start' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Variant B: ');
    await dialog.getByLabel('Prompt of B').fill('In three words, write about it.');
    await dialog.getByLabel('Stop above (% failed)').fill('20');
    await dialog.getByRole('button', { name: 'Start' }).click();
    await expect(page.getByRole('heading', { name: 'Shorter letter' })).toBeVisible();
    await expect(page.getByText('Too early to tell')).toBeVisible();
    await expect(
      page.getByText('Stops when a variant fails more often than 20\u00a0%'),
    ).toBeVisible();

    const [first = ''] = await run(page, id, 70);
    expect(new Set(vendor.asked)).toEqual(new Set(['A', 'B']));
    await expect(page.getByText('B wins: Three words')).toBeVisible({ timeout: 20_000 });
    await expect(
      page.getByText(/B costs between \$0\.0\d+ and \$0\.0\d+ less a task/),
    ).toBeVisible();

    await page.getByRole('link', { name: 'Compare the last run of each' }).click();
    await expect(
      page.getByRole('heading', { name: 'Compare runs of Year in words' }),
    ).toBeVisible();
    await expect(page.getByText('Good, very good.').first()).toBeVisible();

    await page.goto(`/runs/${first}`);
    await page.getByText('Write', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Show the models that were looked at' }).click();
    await expect(
      page.getByText(/Variant [AB] \((As it is|Three words)\) of the experiment/),
    ).toBeVisible();

    await page.goto('/experiments');
    const row = page.getByRole('row', { name: /Shorter letter/ });
    await expect(row).toContainText('B wins');
    await row.getByRole('link', { name: 'Shorter letter' }).click();
    await page.getByRole('button', { name: 'Use B' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Use B' }).click();
    await expect(page.getByText('Variant B was taken over.')).toBeVisible();
    const { definition } = await (await page.request.get(`/api/v2/workflows/${id}`)).json();
    expect(definition.nodes[1].config.prompt).toBe('In three words, write about it.');
  } finally {
    await page.request.delete(key);
    vendor.server.close();
  }
});

import { createHmac } from 'node:crypto';
import { expect } from '@playwright/test';
import { createChain } from './support/editor';
import { owner } from './support/owner';
import { test } from './support/test';

test.use({ storageState: owner.state });

/** Routes of the built product, where errors cross from the server's code into that of the pages. */
const lines = 'A line of a table that is as long as lines of tables are, often.';
const rows = (id: string) => ({
  id,
  type: 'transform',
  name: id,
  config: { expression: `range(25000).map(i, {"row": i, "text": "${lines}"})` },
});

test('a webhook that waits answers a large result with references', async ({ page }) => {
  const id = await createChain(page, 'Large by webhook', [
    { id: 'start', type: 'start', name: 'Start' },
    rows('first'),
    rows('second'),
    {
      id: 'both',
      type: 'transform',
      name: 'Both',
      config: {
        fields: [
          { id: 'f1', name: 'one', expression: 'steps.first.output' },
          { id: 'f2', name: 'two', expression: 'steps.second.output' },
        ],
      },
    },
  ]);
  await page.request.post(`/api/v2/workflows/${id}/publish`, { data: { note: '' } });
  const made = await page.request.post(`/api/v2/workflows/${id}/triggers`, {
    data: { kind: 'webhook', config: { answer: 'wait' } },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { trigger, secret } = (await made.json()) as { trigger: { url: string }; secret: string };
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`big.${timestamp}.{}`).digest('base64');
  const answer = await page.request.post(new URL(trigger.url).pathname, {
    data: Buffer.from('{}'),
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'big',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const { status, output } = (await answer.json()) as { status: string; output: unknown };
  expect(status).toBe('succeeded');
  expect(output).toMatchObject({
    one: { $blob: { kind: 'list', count: 25_000 } },
    two: { $blob: { kind: 'list', count: 25_000 } },
  });
});

test('what a route refuses is told in words, whoever threw it', async ({ page }) => {
  const id = await createChain(page, 'Refusals', [{ id: 'start', type: 'start', name: 'Start' }]);
  const edits = [{ edit: 'renameNode', id: 'nowhere', name: 'New' }];
  const impossible = await page.request.post(`/api/v2/workflows/${id}/edits`, { data: { edits } });
  expect(impossible.status(), await impossible.text()).toBeGreaterThanOrEqual(400);
  expect(impossible.status()).toBeLessThan(500);
  const gone = await page.request.get('/api/v2/workflows/6a0f0b5e-0000-4000-8000-000000000000');
  expect(gone.status(), await gone.text()).toBe(404);
});

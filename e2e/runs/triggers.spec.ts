import { createHmac } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { createChain, inspector, openEditor, select, step } from '../support/editor';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

const panel = (page: Page) => page.getByRole('dialog', { name: 'Triggers', exact: true });

async function published(page: Page, name: string): Promise<string> {
  const id = await createChain(page, name, [
    {
      id: 'start',
      type: 'start',
      name: 'Start',
      config: { inputs: [{ id: 'order', name: 'order', type: 'number' }] },
    },
    { id: 'double', type: 'transform', name: 'Double', config: { expression: 'input.order * 2' } },
  ]);
  const answer = await page.request.post(`/api/v2/workflows/${id}/publish`);
  expect(answer.status(), await answer.text()).toBe(201);
  return id;
}

/** Sends what another program would send: no cookie, but a signature. */
async function send(page: Page, url: string, secret: string, body: string, id: string) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const answer = await fetch(new URL(new URL(url).pathname, page.url()), {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  });
  return { status: answer.status, body: await answer.json() };
}

test('a webhook is made, called with a signature, and its run appears', async ({ page }) => {
  await openEditor(page, await published(page, 'By webhook'));
  await page.getByRole('button', { name: 'Triggers' }).click();
  await panel(page).getByRole('button', { name: 'Add webhook' }).click();
  await panel(page).getByRole('combobox', { name: 'Verify requests by' }).click();
  await page.getByRole('option', { name: 'Standard Webhooks' }).click();
  await panel(page).getByRole('button', { name: 'Create webhook' }).click();
  await expect(panel(page).getByText('It is shown only once')).toBeVisible();
  const secret = await panel(page).getByLabel('Secret', { exact: true }).inputValue();
  const url = await panel(page).getByLabel('URL', { exact: true }).inputValue();
  expect(secret).toMatch(/^whsec_/);
  await panel(page).getByRole('combobox', { name: 'Respond' }).click();
  await page.getByRole('option', { name: /with the result/ }).click();
  await expect(panel(page).getByRole('combobox', { name: 'Respond' })).toContainText('result');

  const first = await send(page, url, secret, '{"order":21,"shop":"north"}', 'msg_1');
  expect([first.status, first.body.status, first.body.output]).toEqual([200, 'succeeded', 42]);
  const again = await send(page, url, secret, '{"order":21,"shop":"north"}', 'msg_1');
  expect(again.body.run).toBe(first.body.run);
  const forged = await send(page, url, `${secret.slice(0, 10)}AAAA`, '{"order":1}', 'msg_2');
  expect([forged.status, forged.body.error.code]).toEqual([401, 'unauthenticated']);

  const deliveries = panel(page).getByRole('region', { name: 'Recent requests' });
  await expect(deliveries.getByText('Started')).toBeVisible();
  await expect(deliveries.getByText('Duplicate')).toBeVisible();
  await expect(deliveries.getByRole('link').first()).toHaveAttribute(
    'href',
    `/runs/${first.body.run}`,
  );
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(
    step(page, 'Start').getByRole('button', { name: 'Triggers: 1 webhook' }),
  ).toBeVisible();

  await page.goto(`/runs/${first.body.run}`);
  await expect(page.getByText(/By a webhook/)).toBeVisible();
});

test(
  'a schedule says when it is due, starts runs, and stops when it is off',
  long,
  async ({ page }) => {
    await openEditor(page, await published(page, 'By schedule'));
    await select(page, 'Start');
    await inspector(page)
      .getByRole('region', { name: 'Started by' })
      .getByRole('button', { name: 'Triggers' })
      .click();
    await panel(page).getByRole('button', { name: 'Add schedule' }).click();
    const form = panel(page).getByRole('form', { name: 'New schedule' });
    await form.getByRole('combobox', { name: 'When' }).click();
    await page.getByRole('option', { name: /^Custom/ }).click();
    await form.getByLabel('Cron expression').fill('61 * * * *');
    await expect(form.getByRole('alert')).toBeVisible();
    await form.getByLabel('Cron expression').fill('0 0 30 2 *');
    await expect(form.getByRole('alert')).toContainText('This date never occurs');
    await form.getByLabel('Cron expression').fill('30 8 * * 1,4');
    await form.getByLabel('Time zone').fill('Europe/Berlin');
    await expect(form.getByText('Every Monday and Thursday at 08:30')).toBeVisible();
    const times = form.getByRole('list', { name: 'Next times' }).getByRole('listitem');
    await expect(times).toHaveCount(5);
    for (const time of await times.allTextContents()) expect(time).toMatch(/^(Mon|Thu).*08:30/);
    await form.getByLabel('order').fill('4');
    await form.getByRole('button', { name: 'Turn on' }).click();

    const list = panel(page).getByRole('list', { name: 'Triggers' });
    const name = 'Every Monday and Thursday at 08:30';
    await expect(list.getByText(/Next (Mon|Thu).*08:30/)).toBeVisible();
    await list.getByRole('switch', { name: `${name} is on` }).click();
    await expect(list.getByText(/Next/)).toBeHidden();
    await list.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await panel(page).getByRole('button', { name: 'Test now' }).click();
    await expect(panel(page)).toBeHidden();
    await expect(step(page, 'Double').getByRole('img', { name: 'Succeeded' })).toBeVisible();
  },
);

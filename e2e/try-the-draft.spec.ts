import { expect, type Page } from '@playwright/test';
import { createChain, expectSaved, inspector, openEditor, select, step } from './support/editor';
import { owner } from './support/owner';
import { test } from './support/test';

test.describe.configure({ mode: 'serial' });

let page: Page;
let workflow: string;

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext({ storageState: owner.state })).newPage();
  await page.goto('/');
  workflow = await createChain(page, 'Try it', [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'say', type: 'transform', name: 'Say', config: { expression: '"first"' } },
  ]);
  await openEditor(page, workflow);
});
test.afterAll(() => page?.context().close());

const run = () => page.getByRole('region', { name: 'Run', exact: true });
const runs = async () =>
  (await (await page.request.get(`/api/v2/runs?workflowId=${workflow}`)).json()).items;

async function say(text: string) {
  await select(page, 'Say');
  await inspector(page).getByRole('textbox', { name: 'Single expression' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(`"${text}"`);
  await expectSaved(page);
}

async function runAndRead(text: string) {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(
    step(page, 'Say').getByRole('img', { name: 'Succeeded', exact: true }),
  ).toBeVisible();
  await run()
    .getByRole('button', { name: /Result$/ })
    .first()
    .click();
  await expect(run().getByText(text).first()).toBeVisible();
}

test('the draft runs as it is, again after an edit, and nothing is published', async () => {
  await runAndRead('first');
  await expect(page.getByText('Not published')).toBeVisible();
  await say('second');
  await runAndRead('second');
  await expect(page.getByText('Not published')).toBeVisible();
  const [latest, earlier] = await runs();
  expect([latest.version, earlier.version]).toEqual([null, null]);
  expect(latest.draft > earlier.draft).toBe(true);
  await inspector(page).getByRole('tab', { name: 'Runs' }).click();
  await expect(
    inspector(page)
      .getByText(/^Draft, \d\d:\d\d, by /)
      .first(),
  ).toBeVisible();
  await run().getByRole('link', { name: 'Run page' }).click();
  await page.waitForURL(/\/runs\//);
  await expect(page.getByText(/^Draft, \d\d:\d\d, by /).first()).toBeVisible();
  await openEditor(page, workflow);
});

test('publishing is an act of its own, after which a run is one of that version', async () => {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(page.getByText('v1 live')).toBeVisible();
  await runAndRead('second');
  await expect.poll(async () => (await runs())[0].version).toBe(1);
  await say('third');
  await expect(page.getByText('Ahead of live')).toBeVisible();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  await expect(page.getByText('v2 live')).toBeVisible();
});

test('the live version is unpublished, and a former one made live again', async () => {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: 'Unpublish version 2…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unpublish' }).click();
  await expect(page.getByText('Not published')).toBeVisible();
  const refused = await page.request.post(`/api/v2/workflows/${workflow}/runs`, {
    data: { input: {} },
  });
  expect(refused.status()).toBe(409);

  await page.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('region', { name: 'History', exact: true });
  await history.getByRole('button', { name: /^Version 1,/ }).hover();
  await history.getByRole('button', { name: 'Actions of Version 1' }).click();
  await page.getByRole('menuitem', { name: 'Make live again…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Make version 1 live again?' });
  await dialog.getByRole('button', { name: 'Make live again' }).click();
  await expect(history.getByText('Live', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('v1 live')).toBeVisible();
  await expect(page.getByText('Ahead of live')).toBeVisible();
});

import { expect, type Page } from '@playwright/test';
import { createChain, inspector, openEditor, select } from '../support/editor';
import { owner } from '../support/owner';
import { test } from '../support/test';

test.describe.configure({ mode: 'serial' });

let page: Page;
let workflow: string;

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext({ storageState: owner.state })).newPage();
  await page.goto('/');
  workflow = await createChain(page, 'Test a step', [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'read', type: 'transform', name: 'Read orders', config: { expression: '' } },
    {
      id: 'sum',
      type: 'transform',
      name: 'Sum',
      config: { expression: 'steps.read.output.sum()' },
    },
  ]);
  await openEditor(page, workflow);
});
test.afterAll(() => page?.context().close());

const tested = (of: Page) => inspector(of).getByRole('region', { name: 'Test of this step' });
const runs = async () =>
  (await (await page.request.get(`/api/v2/runs?workflowId=${workflow}`)).json()).items;

test('a step runs alone on values that one writes, though the step before it is not ready', async () => {
  await select(page, 'Sum');
  await tested(page).getByRole('button', { name: 'Test step' }).click();
  const dialog = page.getByRole('dialog', { name: 'Test Sum' });
  await expect(dialog.getByRole('region', { name: 'Output of Read orders' })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Output of Read orders as JSON' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('[40, 2]');
  await dialog.getByRole('button', { name: 'Test step' }).click();
  await expect(tested(page).getByText('Succeeded', { exact: true }).first()).toBeVisible();
  await expect(tested(page).getByText('42')).toBeVisible();
  const [run] = await runs();
  expect(run).toMatchObject({ only: { id: 'sum', name: 'Sum' }, version: null });
});

test('a teammate sees the test with its step, as one of a draft and by whom', async ({
  browser,
}) => {
  const other = await (await browser.newContext({ storageState: owner.state })).newPage();
  await openEditor(other, workflow);
  await select(other, 'Sum');
  await tested(other).getByRole('button', { name: 'Show the test' }).click();
  await expect(tested(other).getByText('One step', { exact: true })).toBeVisible();
  await expect(tested(other).getByText(/draft, \d\d:\d\d, by /)).toBeVisible();
  await expect(tested(other).getByText('42')).toBeVisible();
  await other.context().close();
});

test('its result is pinned with one press, and is what the next test reads', async () => {
  await tested(page).getByRole('button', { name: 'Pin as sample' }).click();
  await expect(tested(page).getByRole('button', { name: 'Pinned as sample' })).toBeDisabled();
});

test('a step that is not ready says what is missing and starts nothing', async () => {
  await select(page, 'Read orders');
  await tested(page).getByRole('button', { name: 'Test step' }).click();
  await expect(tested(page).getByText('Complete the settings first:')).toBeVisible();
  expect(await runs()).toHaveLength(1);
});

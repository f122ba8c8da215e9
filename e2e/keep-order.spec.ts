import { expect, type Page } from '@playwright/test';
import { createChain, openEditor, step } from './support/editor';
import { owner } from './support/owner';
import { join, somebody } from './support/people';
import { long, test } from './support/test';

test.describe.configure({ mode: 'serial' });

let ana: Page;
let ben: Page;
let workflow: string;

test.beforeAll(async ({ browser }) => {
  ana = await (await browser.newContext({ storageState: owner.state })).newPage();
  await ana.goto('/');
  workflow = await createChain(ana, 'Quokka report', [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'count', type: 'transform', name: 'Count quokkas', config: { expression: '1' } },
  ]);
  ben = await join(ana, somebody('Ben Okafor'), 'Editor');
});
test.afterAll(async () => {
  await ana?.context().close();
  await ben?.context().close();
});

const row = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Workflows' }).getByRole('listitem').filter({ hasText: name });
const menu = async (page: Page, name: string, item: string | RegExp) => {
  await page.getByRole('button', { name: `More for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

test('a workflow is duplicated, and both are put in a folder and tagged', long, async () => {
  await ana.goto('/workflows');
  await menu(ana, 'Quokka report', 'Duplicate');
  await expect(row(ana, 'Copy of Quokka report')).toBeVisible();
  await ana.getByRole('checkbox', { name: 'Select Quokka report', exact: true }).check();
  await ana.getByRole('checkbox', { name: 'Select Copy of Quokka report' }).check();
  await ana.getByRole('button', { name: 'Move…' }).click();
  await ana.getByRole('textbox', { name: 'Folder' }).fill('Animals/Reports');
  await ana.keyboard.press('Enter');
  await expect(ana.getByText('2 workflows moved to “Animals/Reports”')).toBeVisible();
  await menu(ana, 'Quokka report', 'Tags…');
  await ana.getByRole('textbox', { name: 'New tag' }).fill('Marsupial');
  await ana.keyboard.press('Enter');
  await ana.getByRole('button', { name: 'Save tags' }).click();
  await expect(row(ana, 'Marsupial')).toHaveCount(1);
  const labels = ana.getByRole('navigation', { name: 'Folders and tags' });
  await labels.getByRole('button', { name: /^Animals 2$/ }).click();
  await expect(row(ana, 'Quokka report')).toHaveCount(2);
  await expect(ana).toHaveURL(/folder=Animals$/);
  await labels.getByRole('button', { name: /^Marsupial 1$/ }).click();
  await expect(row(ana, 'Quokka report')).toHaveCount(1);
});

test('a favourite is one’s own', long, async () => {
  await ana.goto('/workflows');
  await row(ana, 'Marsupial').hover();
  await ana.getByRole('button', { name: 'Add Quokka report to favourites' }).click();
  await expect(
    ana.getByRole('button', { name: 'Remove Quokka report from favourites' }),
  ).toBeVisible();
  await ana.goto('/workflows?favourite=true');
  await expect(row(ana, 'Quokka report')).toHaveCount(1);
  await ben.goto('/workflows?favourite=true');
  await expect(ben.getByText('No favourites yet')).toBeVisible();
});

test('the palette finds a step of any workflow, and leads to it', long, async () => {
  await ben.goto('/');
  await ben.keyboard.press('ControlOrMeta+k');
  const input = ben.getByRole('combobox', { name: 'Search and commands' });
  await input.fill('count quok');
  await ben
    .getByRole('option', { name: /Count quokkas.*Quokka report/ })
    .first()
    .click();
  await expect(ben).toHaveURL(/\/workflows\/[0-9a-f-]+\?node=count/);
  await ben.goto('/');
  await ben.keyboard.press('ControlOrMeta+k');
  await input.fill('credentials');
  // Pages of the manual have the word, too, and come later: the page itself stays the one that is chosen.
  await expect(ben.getByRole('option', { selected: true })).toContainText(/^\s*Connections/);
  await ben.keyboard.press('Enter');
  await expect(ben).toHaveURL(/\/settings\/connections$/);
});

test(
  'who has it open is told when it goes to the trash, and it opens again when restored',
  long,
  async () => {
    await openEditor(ben, workflow);
    await openEditor(ana, workflow);
    await ana.getByRole('button', { name: 'Workflow menu' }).click();
    await ana.getByRole('menuitem', { name: 'Move to trash…' }).click();
    await ana.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click();
    await expect(ana).toHaveURL(/\/workflows$/);
    await expect(ben.getByText('This workflow is in the trash')).toBeVisible();
    await expect(ben.getByText(`${owner.name} moved it there`)).toBeVisible();
    await ana.getByRole('link', { name: 'Trash' }).click();
    await expect(ana.getByText('30 days left').first()).toBeVisible();
    await ben.getByRole('button', { name: 'Restore' }).click();
    await expect(step(ben, 'Count quokkas')).toBeVisible();
    await expect(ana.getByText('The trash is empty')).toBeVisible();
  },
);

test('what is deleted for good is gone', long, async () => {
  const copy = await createChain(ana, 'Short-lived', []);
  expect((await ana.request.delete(`/api/v2/workflows/${copy}`)).status()).toBe(200);
  await ana.goto('/workflows/trash');
  await ana.getByRole('button', { name: 'Delete Short-lived for good…' }).click();
  await ana.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(ana.getByText('The trash is empty')).toBeVisible();
  await ana.goto(`/workflows/${copy}`);
  await expect(ana.getByRole('heading', { name: 'Workflow not found' })).toBeVisible();
});

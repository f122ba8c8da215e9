import { expect, type Page } from '@playwright/test';
import {
  createChain,
  draftOf,
  expectSaved,
  inspector,
  openEditor,
  select,
  step,
} from './support/editor';
import { owner } from './support/owner';
import { join, somebody } from './support/people';
import { long, test } from './support/test';

test.describe.configure({ mode: 'serial' });

const ben = somebody('Ben Baker');
let ana: Page;
let other: Page;
let workflow: string;

const history = (page: Page) => page.getByRole('region', { name: 'History' });
const timeline = (page: Page) => history(page).getByRole('list', { name: 'Timeline' });
const differences = (page: Page) => history(page).getByRole('list', { name: 'Differences' });
const preview = (page: Page, id: string) => history(page).getByTestId(`preview-${id}`);
const task = (page: Page) => inspector(page).getByRole('textbox', { name: 'Task' });
const namesOf = async () => (await draftOf(ana, workflow)).nodes.map((node) => node.name).sort();

async function openHistory(page: Page) {
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await expect(timeline(page)).toBeVisible();
}

test.beforeAll(async ({ browser }) => {
  ana = await (await browser.newContext({ storageState: owner.state })).newPage();
  other = await join(ana, ben, 'Editor');
  workflow = await createChain(ana, 'Gone and back', [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'note', type: 'agent', name: 'Write note', config: { prompt: 'Write a short note.' } },
    { id: 'check', type: 'agent', name: 'Check it', config: { prompt: 'Check the note.' } },
    { id: 'result', type: 'output', name: 'Result', config: { template: 'x' } },
  ]);
  await Promise.all([ana, other].map((page) => openEditor(page, workflow)));
});

test.afterAll(async () => {
  await Promise.all([ana, other].map((page) => page?.context().close()));
});

test('Press Mod+S to name the current state', long, async () => {
  await ana.keyboard.press('ControlOrMeta+s');
  const dialog = ana.getByRole('dialog', { name: 'Name this version' });
  await dialog.getByLabel('Name').fill('Before the rewrite');
  await ana.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await openHistory(ana);
  await expect(timeline(ana).getByRole('button', { name: /^Before the rewrite/ })).toBeVisible();
  await ana.keyboard.press('Escape');
  await expect(history(ana)).toBeHidden();
});

test('the timeline tells who did what, and a field who last changed it', long, async () => {
  await select(other, 'Write note');
  await task(other).click();
  await other.keyboard.press('ControlOrMeta+End');
  await other.keyboard.type(' End with a joke.');
  await expectSaved(other);
  await select(ana, 'Check it');
  await ana.keyboard.press('Escape');
  await step(ana, 'Check it').click({ position: { x: 90, y: 20 } });
  await ana.keyboard.press('Delete');
  await expect(step(ana, 'Check it')).toBeHidden();
  await expectSaved(ana);

  await select(ana, 'Write note');
  await task(ana).hover();
  await expect(inspector(ana).locator('[data-field-author]')).toContainText(ben.name);

  await openHistory(ana);
  const byBen = timeline(ana).getByRole('listitem').filter({ hasText: ben.name }).first();
  await expect(byBen).toContainText('Write note');
  await expect(byBen).toContainText('Task');
  const byAna = timeline(ana).getByRole('listitem').filter({ hasText: 'Check it' }).first();
  await expect(byAna).toContainText('removed');
});

test('two states are compared by step and field, on the canvas and as a list', long, async () => {
  await history(ana).getByRole('combobox', { name: 'Compared with' }).click();
  await ana.getByRole('option', { name: /^Before the rewrite/ }).click();
  await expect(preview(ana, 'note')).toHaveAttribute('data-mark', 'changed');
  await expect(preview(ana, 'check')).toHaveAttribute('data-mark', 'removed');
  await expect(preview(ana, 'start')).not.toHaveAttribute('data-mark');
  await history(ana)
    .getByRole('tab', { name: /^Differences/ })
    .click();
  await expect(differences(ana).locator('ins')).toHaveText(/End with a joke/);
  await expect(differences(ana).getByRole('button', { name: /Removed: Check it/ })).toBeVisible();
  await differences(ana)
    .getByRole('button', { name: /Removed: Check it/ })
    .click();
  await expect(preview(ana, 'check')).toBeInViewport();
});

test('restoring is an edit that everybody sees and that its author can undo', long, async () => {
  await history(ana).getByRole('tab', { name: 'Timeline' }).click();
  await timeline(ana)
    .getByRole('button', { name: /^Before the rewrite/ })
    .click();
  await expect(preview(ana, 'check')).toBeVisible();
  await history(ana).getByRole('button', { name: 'Restore' }).click();
  await ana.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();
  await expect(history(ana)).toBeHidden();
  await expect(step(other, 'Check it')).toBeVisible();
  await expect(task(other)).not.toContainText('joke');
  await expectSaved(ana);
  expect(await namesOf()).toEqual(['Check it', 'Result', 'Start', 'Write note']);
  await openHistory(other);
  await expect(timeline(other)).toContainText('restored “Before the rewrite”');
  await other.keyboard.press('Escape');

  await ana.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(step(other, 'Check it')).toBeHidden();
  await expect(task(other)).toContainText('End with a joke.');
  await expectSaved(ana);
  expect(await namesOf()).toEqual(['Result', 'Start', 'Write note']);
});

test('an admin reads in the audit trail who restored', long, async () => {
  await openHistory(ana);
  await history(ana).getByRole('tab', { name: 'Audit' }).click();
  const lines = history(ana).getByRole('list', { name: 'Audit trail' });
  await expect(lines).toContainText('restored an earlier state');
  await openHistory(other);
  await expect(history(other).getByRole('tab', { name: 'Audit' })).toBeHidden();
});

import { expect, type Page } from '@playwright/test';
import {
  canvas,
  chooseStep,
  createChain,
  draftOf,
  expectSaved,
  inspector,
  openEditor,
  select,
  step,
  textOf,
} from '../support/editor';
import { owner } from '../support/owner';
import { join, somebody } from '../support/people';
import { test } from '../support/test';

test.describe.configure({ mode: 'serial' });

const cleo = somebody('Cleo Costa');
let ana: Page;
let commenter: Page;
let workflow: string;

const task = (page: Page) => inspector(page).getByRole('textbox', { name: 'Task' });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Suggestions' });
const bar = (page: Page) => page.getByRole('region', { name: 'Suggestion', exact: true });
/** A change in the list, by the name of its element: a connection's holds those of its ends too. */
const change = (page: Page, name: string) =>
  panel(page)
    .getByRole('list', { name: 'Changes' })
    .getByRole('listitem')
    .filter({
      has: page.getByRole('button', {
        name: new RegExp(`^(Added|Removed|Changed): ${name} ?Step`),
      }),
    });
const suggesting = (page: Page) => page.getByRole('radio', { name: 'Suggesting' });
const promptOf = async (page: Page) =>
  (await draftOf(page, workflow)).nodes.find((node) => node.id === 'note')?.config.prompt;
const names = async (page: Page) =>
  (await draftOf(page, workflow)).nodes.map((node) => node.name).sort();

test.beforeAll(async ({ browser }) => {
  ana = await (await browser.newContext({ storageState: owner.state })).newPage();
  commenter = await join(ana, cleo, 'Commenter');
  workflow = await createChain(ana, 'Suggested', [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'note', type: 'agent', name: 'Write note', config: { prompt: 'Write a short note.' } },
    { id: 'result', type: 'output', name: 'Result', config: { template: 'x' } },
  ]);
  await Promise.all([ana, commenter].map((page) => openEditor(page, workflow)));
});

test.afterAll(async () => {
  await Promise.all([ana, commenter].map((page) => page?.context().close()));
});

test('a commenter edits nothing, and collects a suggestion that outlives a reload', async () => {
  await select(commenter, 'Write note');
  await expect(task(commenter)).toHaveAttribute('contenteditable', 'false');
  await suggesting(commenter).click();
  await expect(bar(commenter)).toContainText('You are suggesting');
  await select(commenter, 'Write note');
  await expect(task(commenter)).toHaveAttribute('contenteditable', 'true');
  await task(commenter).click();
  await commenter.keyboard.press('Control+End');
  await commenter.keyboard.type(' Name its sources.', { delay: 5 });

  await canvas(commenter).click({ position: { x: 30, y: 300 } });
  await commenter.keyboard.press('n');
  await chooseStep(commenter, 'HTTP request');
  await expect(step(commenter, 'HTTP request')).toBeVisible();
  await step(commenter, 'Result').click({ position: { x: 90, y: 20 } });
  await commenter.keyboard.press('Delete');
  await expect(step(commenter, 'Result')).toHaveCount(0);
  await expect(bar(commenter).getByText('Saved', { exact: true })).toBeVisible();

  expect(await promptOf(ana)).toBe('Write a short note.');
  expect(await names(ana)).toEqual(['Result', 'Start', 'Write note']);
  await expect(step(ana, 'HTTP request')).toHaveCount(0);

  await commenter.reload();
  await expect(bar(commenter)).toContainText('You are suggesting');
  await expect(step(commenter, 'HTTP request')).toBeVisible();
  await select(commenter, 'Write note');
  await expect.poll(() => textOf(task(commenter))).toContain('Name its sources.');

  await bar(commenter).getByRole('button', { name: 'Submit…' }).click();
  const dialog = commenter.getByRole('dialog', { name: 'Submit the suggestion' });
  await dialog.getByLabel('Title').fill('Sources, please');
  await dialog.getByLabel('Note').fill('Nobody can check it otherwise.');
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await expect(bar(commenter)).toHaveCount(0);
});

test('the editor sees it on the canvas, and accepts the prompt while typing in it', async () => {
  await ana.getByRole('button', { name: 'Suggestions, 1 to decide' }).click();
  await panel(ana)
    .getByRole('button', { name: /Sources, please/ })
    .click();
  await expect(panel(ana)).toContainText('Nobody can check it otherwise.');
  await expect(canvas(ana).getByRole('button', { name: 'Suggested: HTTP request' })).toBeVisible();
  await expect(step(ana, 'Result')).toHaveAttribute('aria-label', /suggested for removal/);
  await expect(step(ana, 'Write note')).toHaveAttribute('aria-label', /suggested change/);
  await expect(change(ana, 'Write note').getByRole('insertion')).toHaveText(' Name its sources.');

  await select(ana, 'Write note');
  await task(ana).click();
  await ana.keyboard.press('Control+Home');
  await ana.keyboard.type('Be kind. ', { delay: 5 });
  await change(ana, 'Write note')
    .getByRole('button', { name: 'Accept: Write note', exact: true })
    .click();
  const both = 'Be kind. Write a short note. Name its sources.';
  await expect.poll(() => textOf(task(ana))).toBe(both);
  await expectSaved(ana);
  await commenter.getByRole('button', { name: 'History', exact: true }).click();
  const timeline = commenter.getByRole('list', { name: 'Timeline' });
  const accepted = timeline.getByRole('listitem').filter({ hasText: 'Sources, please' });
  await expect(accepted).toContainText(`accepted from ${cleo.name}’s suggestion`);
  await expect(accepted).toContainText('Task');
  await commenter.keyboard.press('Escape');
  expect(await promptOf(ana)).toBe(both);
  await expect(change(ana, 'Write note')).toContainText(/Accepted by ana/i);
  await select(commenter, 'Write note');
  await expect.poll(() => textOf(task(commenter))).toBe(both);
});

test('the new step is accepted by key, the deletion refused, and the author hears of it', async () => {
  await change(ana, 'HTTP request')
    .getByRole('button', { name: /^Added: HTTP request/ })
    .click();
  await ana.keyboard.press('Control+Shift+Enter');
  await expect(step(ana, 'HTTP request')).toBeVisible();
  await expect(step(commenter, 'HTTP request')).toBeVisible();
  await change(ana, 'Result').getByRole('button', { name: 'Decline: Result', exact: true }).click();
  await expect(panel(ana).getByText('Decided', { exact: true })).toBeVisible();
  await expectSaved(ana);
  expect(await names(ana)).toEqual(['HTTP request', 'Result', 'Start', 'Write note']);

  await commenter.getByRole('button', { name: 'Suggestions', exact: true }).click();
  await panel(commenter)
    .getByRole('button', { name: /Sources, please/ })
    .click();
  await expect(change(commenter, 'Write note')).toContainText(/Accepted by ana/i);
  await expect(change(commenter, 'Result')).toContainText(/Declined by ana/i);
  const inbox = await commenter.request.get('/api/v2/notifications');
  expect((await inbox.json()).items[0]).toMatchObject({
    kind: 'suggestion',
    text: 'Sources, please',
  });
});

test('undo takes back what was accepted, one decision at a time', async () => {
  await canvas(ana).click({ position: { x: 30, y: 300 } });
  await ana.keyboard.press('Control+z');
  await expect(step(ana, 'HTTP request')).toHaveCount(0);
  await expect(step(commenter, 'HTTP request')).toHaveCount(0);
  await ana.keyboard.press('Control+z');
  await expect.poll(() => textOf(task(commenter))).toBe('Be kind. Write a short note.');
});

import { expect, type Page, test } from '@playwright/test';
import {
  createChain,
  draftOf,
  expectSaved,
  inspector,
  openEditor,
  select,
  textOf,
} from './support/editor';
import { owner } from './support/owner';
import { join, somebody } from './support/people';

test.describe.configure({ mode: 'serial' });

const ben = somebody('Ben Baker');
let ana: Page;
let other: Page;
let workflow: string;

const task = (page: Page) => inspector(page).getByRole('textbox', { name: 'Task' });
const promptOf = async (page: Page) =>
  (await draftOf(page, workflow)).nodes.find((node) => node.id === 'note')?.config.prompt;

async function typeAtEnd(page: Page, text: string) {
  await task(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text, { delay: 5 });
}

test.beforeAll(async ({ browser }) => {
  ana = await (await browser.newContext({ storageState: owner.state })).newPage();
  other = await join(ana, ben, 'Editor');
  workflow = await createChain(ana, 'Written on a train', [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'note', type: 'agent', name: 'Write note', config: { prompt: 'Begin.' } },
  ]);
  await Promise.all([ana, other].map((page) => openEditor(page, workflow)));
  await Promise.all([ana, other].map((page) => select(page, 'Write note')));
});

test.afterAll(async () => {
  await Promise.all([ana, other].map((page) => page?.context().close()));
});

test('edits made offline are counted, kept, and merged by themselves at the return', async () => {
  await ana.context().setOffline(true);
  await expect(ana.getByText(/^Offline/).first()).toBeVisible();
  await typeAtEnd(ana, ' Ana, offline.');
  await expect(ana.getByText(/^Offline, \d+$/)).toBeVisible();
  await expect(ana.getByText(/edits? waits? here and follow/)).toBeVisible();
  await task(other).click();
  await other.keyboard.press('Control+Home');
  await other.keyboard.type('Ben, online. ', { delay: 5 });
  await expectSaved(other);
  expect(await promptOf(other)).toBe('Ben, online. Begin.');

  await ana.context().setOffline(false);
  await expectSaved(ana);
  const whole = 'Ben, online. Begin. Ana, offline.';
  for (const page of [ana, other]) await expect.poll(() => textOf(task(page))).toBe(whole);
  expect(await promptOf(ana)).toBe(whole);
});

test('a tab that is closed offline has lost nothing when the workflow is opened again', async () => {
  const context = ana.context();
  await context.setOffline(true);
  await expect(ana.getByText(/^Offline/).first()).toBeVisible();
  await typeAtEnd(ana, ' Closed in a tunnel.');
  await expect(ana.getByText(/^Offline, \d+$/)).toBeVisible();
  // What one has seen written is kept.
  await expect.poll(() => textOf(task(ana))).toContain('Closed in a tunnel.');
  await ana.close();

  await context.setOffline(false);
  ana = await context.newPage();
  await openEditor(ana, workflow);
  await expect.poll(() => promptOf(ana)).toContain('Closed in a tunnel.');
  await select(ana, 'Write note');
  for (const page of [ana, other]) {
    await expect.poll(() => textOf(task(page))).toContain('Closed in a tunnel.');
  }
});

import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import {
  createChain,
  draftOf,
  expectSaved,
  inspector,
  openEditor,
  select,
  textOf,
} from '../support/editor';
import { owner } from '../support/owner';
import { join, somebody } from '../support/people';
import { long, test } from '../support/test';

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
  await expect(ana.getByText(/changes? will sync when you reconnect/)).toBeVisible();
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

test(
  'a tab that is closed offline has lost nothing when the workflow is opened again',
  long,
  async () => {
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
    // The lists say that something lies here, and lead to it.
    const line = ana.getByText('Unsaved changes on this device: 1 workflow');
    for (const place of ['/', '/workflows']) {
      await ana.goto(place);
      await expect(line).toBeVisible();
    }
    await ana.getByRole('button', { name: 'Show', exact: true }).click();
    const dialog = ana.getByRole('dialog', { name: 'Unsaved changes on this device' });
    await expect(dialog.getByText(/\d+ edits? not sent yet\./)).toBeVisible();
    const downloading = ana.waitForEvent('download');
    // The lists look again whenever the window gets the focus: nothing is saved because a file of it is made.
    await ana.evaluate(() => {
      const again = setInterval(() => window.dispatchEvent(new Event('focus')), 1);
      setTimeout(() => clearInterval(again), 1_000);
    });
    await dialog.getByRole('button', { name: 'Download' }).click();
    const file = await readFile(await (await downloading).path(), 'utf8');
    expect(file).toContain('Closed in a tunnel.');
    await dialog.getByRole('link', { name: 'Written on a train' }).click();
    await expect.poll(() => promptOf(ana)).toContain('Closed in a tunnel.');
    await expectSaved(ana);
    await ana.goto('/workflows');
    await expect(ana.getByRole('list', { name: 'Workflows' })).toBeVisible();
    await expect(line).toBeHidden();
    await openEditor(ana, workflow);
    await select(ana, 'Write note');
    for (const page of [ana, other]) {
      await expect.poll(() => textOf(task(page))).toContain('Closed in a tunnel.');
    }
  },
);

const notSaved = (page: Page) => page.getByText(/edits? could not be saved: /).first();
const setRole = async (email: string, role: string) => {
  const members = await (await ana.request.get('/api/v2/members')).json();
  const { userId } = members.items.find((each: { email: string }) => each.email === email);
  const change = await ana.request.patch(`/api/v2/members/${userId}`, { data: { role } });
  expect(change.status(), await change.text()).toBe(200);
};

test('a tab that crashes offline has lost nothing', long, async () => {
  const context = other.context();
  await context.setOffline(true);
  await expect(other.getByText(/^Offline/).first()).toBeVisible();
  await typeAtEnd(other, ' Crashed.');
  await expect(other.getByText(/^Offline, \d+$/)).toBeVisible();
  const session = await context.newCDPSession(other);
  await Promise.race([
    session.send('Page.crash').catch(() => undefined),
    other.waitForEvent('crash'),
  ]);
  await other.close();
  await context.setOffline(false);
  other = await context.newPage();
  await openEditor(other, workflow);
  await expect.poll(() => promptOf(ana)).toContain(' Crashed.');
  await select(other, 'Write note');
});

test(
  'edits made offline by somebody who may only comment by then are shown, kept, and suggested',
  long,
  async () => {
    const before = await promptOf(ana);
    await other.context().setOffline(true);
    await expect(other.getByText(/^Offline/).first()).toBeVisible();
    await typeAtEnd(other, ' Too late.');
    await expect(other.getByText(/^Offline, \d+$/)).toBeVisible();
    await setRole(ben.email, 'commenter');
    await other.context().setOffline(false);
    await expect(notSaved(other)).toContainText('your role is now commenter');
    expect(await promptOf(ana)).toBe(before);

    // A reload and a dismissal lose nothing.
    await other.reload();
    await expectSaved(other);
    await expect(notSaved(other)).toBeVisible();
    await other.getByRole('button', { name: 'Dismiss' }).click();
    await other.getByRole('button', { name: /edits? could not be saved/ }).click();
    const dialog = other.getByRole('dialog', { name: 'Edits that could not be saved' });
    await expect(dialog).toContainText('Too late.');
    await expect(dialog.getByRole('button', { name: 'Apply now' })).toHaveCount(0);
    const saving = other.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download' }).click();
    const file = await readFile(await (await saving).path(), 'utf8');
    expect(JSON.parse(file).nodes[1].config.prompt).toBe(`${before} Too late.`);
    await dialog.getByRole('button', { name: 'Send as a suggestion' }).click();
    await expect(other.getByText('The edits were sent as a suggestion')).toBeVisible();
    await expect(dialog).toBeHidden();
    await expect(other.getByRole('button', { name: /edits? could not be saved/ })).toHaveCount(0);
    const list = await (await ana.request.get(`/api/v2/workflows/${workflow}/suggestions`)).json();
    expect(list.items).toMatchObject([{ title: 'Edits that could not be saved', openCount: 1 }]);
  },
);

test(
  'edits of a workflow that was deleted meanwhile can be downloaded, and are discarded by a click alone',
  long,
  async () => {
    await setRole(ben.email, 'editor');
    await other.reload();
    await openEditor(other, workflow);
    await select(other, 'Write note');
    await expect(task(other)).toHaveAttribute('contenteditable', 'true');
    await other.context().setOffline(true);
    await expect(other.getByText(/^Offline/).first()).toBeVisible();
    await typeAtEnd(other, ' Into the void.');
    await expect(other.getByText(/^Offline, \d+$/)).toBeVisible();
    // What one has seen written is kept, also when the tab is gone.
    const context = other.context();
    await other.close();
    const gone = await ana.request.delete(`/api/v2/workflows/${workflow}`);
    expect(gone.ok(), await gone.text()).toBe(true);
    await context.setOffline(false);
    other = await context.newPage();
    await other.goto(`/workflows/${workflow}`);
    await expect(
      other.getByRole('heading', { name: 'This workflow is in the trash' }),
    ).toBeVisible();
    await expect(notSaved(other)).toContainText('the workflow was deleted');
    const saving = other.waitForEvent('download');
    await other.getByRole('button', { name: 'Download' }).click();
    expect(await readFile(await (await saving).path(), 'utf8')).toContain(' Into the void.');
    await other.getByRole('button', { name: 'Discard' }).click();
    await other.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await expect(notSaved(other)).toHaveCount(0);
    await other.reload();
    await expect(
      other.getByRole('heading', { name: 'This workflow is in the trash' }),
    ).toBeVisible();
    await expect(notSaved(other)).toHaveCount(0);
  },
);

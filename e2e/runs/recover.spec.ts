import { type Browser, expect, type Page } from '@playwright/test';
import {
  createChain,
  draftOf,
  expectSaved,
  inspector,
  openEditor,
  select,
  step,
  textOf,
} from '../support/editor';
import { startGate } from '../support/gate';
import { owner } from '../support/owner';
import { killHard, processesOf } from '../support/process';
import { product } from '../support/product';
import { long, test } from '../support/test';
import { aLargeFile, chunks, stored } from '../support/uploads';

test.skip(
  process.platform !== 'linux' || product.pid === undefined,
  'kills processes of the product that the test run started, which it finds in /proc',
);
test.use({ storageState: owner.state });
// A process that was killed starts anew in the middle of each test, and the builds of others may run beside it.
test.describe.configure({ timeout: 180_000 });

const task = (page: Page) => inspector(page).getByRole('textbox', { name: 'Task' });

async function openNote(page: Page, name: string): Promise<string> {
  await page.goto('/');
  const id = await createChain(page, name, [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'note', type: 'agent', name: 'Write note', config: { prompt: 'At first. ' } },
  ]);
  await openEditor(page, id);
  await select(page, 'Write note');
  await task(page).click();
  await page.keyboard.press('Control+End');
  return id;
}

async function expectBack(page: Page, died: number[]): Promise<void> {
  await expect
    .poll(
      () =>
        page.request.get('/api/health').then(
          (answer) => answer.status(),
          () => 0,
        ),
      {
        timeout: 45_000,
      },
    )
    .toBe(200);
  const now = processesOf('ensemble-web');
  expect(now.length).toBe(died.length);
  expect(now.filter((pid) => died.includes(pid))).toEqual([]);
}

async function expectInFreshBrowser(browser: Browser, id: string, text: string): Promise<void> {
  const page = await (await browser.newContext()).newPage();
  await openEditor(page, id);
  await select(page, 'Write note');
  await expect.poll(() => textOf(task(page))).toBe(text);
  await page.context().close();
}

test(
  'a server killed while one types comes back, and nothing typed is lost',
  long,
  async ({ page, browser }) => {
    const id = await openNote(page, 'Typed through a crash');
    await page.keyboard.type('Saved before. ');
    await expectSaved(page);
    const died = killHard('ensemble-web');
    expect(died.length).toBeGreaterThan(0);
    await Promise.all([
      page.keyboard.type('Typed while the server was away. ', { delay: 10 }),
      expect(page.getByText(/^Offline/)).toBeVisible(),
    ]);
    await expect(page.getByText(/You’re offline. Keep editing/)).toBeVisible();
    await expectBack(page, died);
    await expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.keyboard.type('And after.');
    await expectSaved(page);
    const whole = 'At first. Saved before. Typed while the server was away. And after.';
    expect(await textOf(task(page))).toBe(whole);
    await expectInFreshBrowser(browser, id, whole);
  },
);

test(
  'what was shown as saved outlives the server and the browser',
  long,
  async ({ page, browser }) => {
    const id = await openNote(page, 'Saved and killed');
    await page.keyboard.type('This was saved.');
    await expectSaved(page);
    const died = killHard('ensemble-web');
    await page.close();
    const later = await (await browser.newContext()).newPage();
    await expectBack(later, died);
    await expectInFreshBrowser(browser, id, 'At first. This was saved.');
    const note = (await draftOf(later, id)).nodes.find((node) => node.id === 'note');
    expect(note?.config.prompt).toBe('At first. This was saved.');
    await later.context().close();
  },
);

test(
  'a server killed in the middle of an upload: it goes on, and the file has its bytes',
  long,
  async ({ page }) => {
    const file = aLargeFile();
    await page.goto('/files');
    let died: number[] = [];
    let sent = 0;
    // Killed while a chunk is on its way: whether it was stored, nobody knows.
    await page.context().route(chunks, async (route) => {
      sent += 1;
      const going = route.continue();
      if (sent === 3) died = killHard('ensemble-web');
      await going;
    });
    await page.locator('header').getByLabel('Files to upload').setInputFiles([file]);
    await expect.poll(() => died.length).toBeGreaterThan(0);
    await expectBack(page, died);
    await expect(page.getByText(`“${file.name}” uploaded`)).toBeVisible({ timeout: 45_000 });
    expect((await stored(page, file.name)).equals(file.buffer)).toBe(true);
  },
);

test(
  'a worker killed in the middle of a run: it succeeds, and no finished step runs again',
  long,
  async ({ page }) => {
    const gate = await startGate();
    try {
      await page.goto('/');
      const request = (url: string) => ({ method: 'POST', url, body: '{}' });
      const id = await createChain(page, 'Run through a crash', [
        { id: 'before', type: 'http', name: 'Before', config: request(gate.quick) },
        { id: 'during', type: 'http', name: 'During', config: request(gate.slow) },
        { id: 'after', type: 'transform', name: 'After', config: { expression: '1 + 1' } },
      ]);
      await openEditor(page, id);
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      const mark = (name: string, state: string) =>
        step(page, name).getByRole('img', { name: state, exact: true });
      await expect(mark('During', 'Running')).toBeVisible();
      await expect.poll(() => gate.calls(gate.slow).length).toBe(1);

      expect(killHard('ensemble-worker').length).toBeGreaterThan(0);
      await expect.poll(() => gate.calls(gate.slow).length, { timeout: 45_000 }).toBe(2);
      gate.open();
      await expect(mark('After', 'Succeeded')).toBeVisible();

      await page.getByRole('link', { name: 'Run page' }).click();
      await expect(page).toHaveURL(/\/runs\//);
      await expect(page.getByText('Succeeded', { exact: true }).first()).toBeVisible();
      const run = await (
        await page.request.get(`/api/v2/runs/${page.url().split('/').at(-1)}`)
      ).json();
      expect(run.status).toBe('succeeded');
      const attempts = run.steps.map(
        (each: { nodeId: string; status: string; attempt: number }) => [
          each.nodeId,
          each.status,
          each.attempt,
        ],
      );
      expect(attempts).toEqual([
        ['before', 'succeeded', 1],
        ['during', 'succeeded', 2],
        ['after', 'succeeded', 1],
      ]);
      expect(gate.calls(gate.quick).length).toBe(1);
      expect(new Set(gate.calls(gate.slow)).size, 'both attempts carry one idempotency key').toBe(
        1,
      );
      await page.getByRole('tab', { name: /^Event log/ }).click();
      await expect(
        page.getByRole('list', { name: 'Event log' }).getByText('Worker lost, will run again'),
      ).toBeVisible();
    } finally {
      await gate.close();
    }
  },
);

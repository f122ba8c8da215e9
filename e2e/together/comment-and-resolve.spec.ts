import { expect, type Page } from '@playwright/test';
import {
  canvas,
  createChain,
  drag,
  expectSaved,
  inspector,
  openEditor,
  select,
  step,
} from '../support/editor';
import { owner } from '../support/owner';
import { join, somebody } from '../support/people';
import { long, test } from '../support/test';

test.describe.configure({ mode: 'serial' });

const nora = somebody('Nora Neumann');
const vera = somebody('Vera Valk');
let ana: Page;
let commenter: Page;
let viewer: Page;
let workflow: string;

const thread = (page: Page) => page.getByRole('dialog', { name: 'Comment thread' });
const pins = (page: Page) => canvas(page).getByRole('button', { name: /^Comment by / });
const pin = (page: Page, name: RegExp) => canvas(page).getByRole('button', { name });
const task = (page: Page) => inspector(page).getByRole('textbox', { name: 'Task' });
const inbox = (page: Page) => page.getByRole('button', { name: /^Notifications/ });

/** Presses C and clicks on a step. */
async function commentOn(page: Page, name: string): Promise<void> {
  await canvas(page).click({ position: { x: 30, y: 300 } });
  await page.keyboard.press('c');
  const tool = page.getByRole('button', { name: 'Comment', exact: true, pressed: true });
  await expect(tool).toBeVisible();
  await step(page, name).click({ position: { x: 90, y: 20 } });
  await expect(page.getByRole('textbox', { name: 'New comment' }).last()).toBeFocused();
}

/** Selects a word of the task with the mouse: who may only read has no caret there. */
async function doubleClickOn(page: Page, word: string): Promise<void> {
  const at = await task(page).evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    return undefined;
  }, word);
  if (!at) throw new Error(`"${word}" is not in the task.`);
  await page.mouse.dblclick(at.x, at.y);
}

async function reply(page: Page, text: string): Promise<void> {
  await thread(page).getByRole('textbox', { name: 'Reply' }).fill(text);
  await page.keyboard.press('Control+Enter');
  await expect(thread(page).getByText(text)).toBeVisible();
}

test.beforeAll(async ({ browser }) => {
  ana = await (await browser.newContext({ storageState: owner.state })).newPage();
  commenter = await join(ana, nora, 'Commenter');
  viewer = await join(ana, vera, 'Viewer');
  workflow = await createChain(ana, 'Talked about', [
    { id: 'start', type: 'start', name: 'Start' },
    { id: 'note', type: 'agent', name: 'Write note', config: { prompt: 'Be short and kind.' } },
    { id: 'result', type: 'output', name: 'Result', config: { template: 'x' } },
  ]);
  await Promise.all([
    commenter.goto('/'),
    ...[ana, viewer].map((page) => openEditor(page, workflow)),
  ]);
});

test.afterAll(async () => {
  await Promise.all([ana, commenter, viewer].map((page) => page?.context().close()));
});

test('an editor mentions somebody on a step; their notification leads them to it', async () => {
  await commentOn(ana, 'Write note');
  await ana.keyboard.type('Is this kind enough, @Nora');
  await ana.getByRole('option', { name: nora.name }).click();
  await ana.keyboard.press('Control+Enter');
  await expect(thread(ana).getByText(`@${nora.name}`)).toBeVisible();
  await expect(pin(ana, /on Write note/)).toBeVisible();

  await expect(inbox(commenter)).toHaveAccessibleName(/1 unread/);
  await inbox(commenter).click();
  const list = commenter.getByRole('dialog', { name: 'Notifications' });
  await expect(list.getByText(`${owner.name} mentioned you in Talked about`)).toBeVisible();
  await list.getByRole('link').first().click();
  await expect(thread(commenter).getByText('Is this kind enough')).toBeVisible();
  await expect(inbox(commenter)).toHaveAccessibleName('Notifications');
  await expect(commenter).toHaveURL(new RegExp(`/workflows/${workflow}$`));
});

test('a commenter answers and comments, and can change nothing', async () => {
  await expect(commenter.getByText('View only')).toBeVisible();
  await expect(commenter.getByRole('button', { name: 'Publish' })).toHaveCount(0);
  await reply(commenter, 'I would add a greeting.');
  await expect(thread(ana).getByText('I would add a greeting.')).toBeVisible();
  await commenter.keyboard.press('Escape');
  await expect(thread(commenter)).toBeHidden();

  const stood = await step(commenter, 'Write note').boundingBox();
  await drag(commenter, 'Write note', 0, 80);
  expect(await step(commenter, 'Write note').boundingBox()).toEqual(stood);
});

test('a viewer reads along and has nowhere to write', async () => {
  await pin(viewer, /on Write note, 1 reply, unread/).click();
  await expect(thread(viewer).getByText('I would add a greeting.')).toBeVisible();
  await expect(thread(viewer).getByRole('textbox')).toHaveCount(0);
  await expect(thread(viewer).getByRole('button', { name: 'Resolve' })).toHaveCount(0);
  await viewer.keyboard.press('Escape');
  await viewer.keyboard.press('c');
  await expect(viewer.getByRole('button', { name: 'Comment', exact: true })).toHaveCount(0);
  const refused = await viewer.request.post(`/api/v2/workflows/${workflow}/comments`, {
    data: { anchor: { kind: 'workflow' }, body: 'No' },
  });
  expect(refused.status()).toBe(403);
});

test('a pin follows its step', long, async () => {
  await ana.keyboard.press('Escape');
  const distance = async (page: Page) => {
    const [a, b] = await Promise.all([
      pin(page, /on Write note/).boundingBox(),
      step(page, 'Write note').boundingBox(),
    ]);
    return a && b ? { x: Math.round(a.x - b.x), y: Math.round(a.y - b.y) } : undefined;
  };
  const before = await distance(ana);
  expect(before).toBeDefined();
  await drag(ana, 'Write note', 40, 120);
  await expect.poll(() => distance(ana)).toEqual(before);
  await expect.poll(() => distance(viewer)).toBeDefined();
});

test(
  'a comment on a part of a prompt stays on its words while others edit before them',
  long,
  async () => {
    await select(commenter, 'Write note');
    await doubleClickOn(commenter, 'kind');
    await commenter.keyboard.press('Control+Alt+m');
    await commenter
      .getByRole('dialog', { name: 'New comment' })
      .getByRole('textbox')
      .fill('How kind?');
    await commenter.keyboard.press('Control+Enter');
    await expect(thread(commenter).getByText('How kind?')).toBeVisible();

    await select(ana, 'Write note');
    const mark = task(ana).locator('[data-comment-range]');
    const text = () => mark.evaluateAll((parts) => parts.map((part) => part.textContent).join(''));
    await expect(mark.first()).toBeVisible();
    const words = await text();
    expect(words).toContain('kind');
    await task(ana).click({ position: { x: 14, y: 12 } });
    await ana.keyboard.press('Control+Home');
    await ana.keyboard.type('Listen first. ');
    await expectSaved(ana);
    expect(await text()).toBe(words);
    await mark.first().click();
    await expect(thread(ana).getByText('How kind?')).toBeVisible();
  },
);

test(
  'resolving hides the thread, tells who started it, and a filter shows it again',
  long,
  async () => {
    await thread(ana).getByRole('button', { name: 'Resolve' }).click();
    await expect(thread(ana)).toBeHidden();
    await expect(task(commenter).locator('[data-comment-range]')).toHaveCount(0);
    await expect(inbox(commenter)).toHaveAccessibleName(/1 unread/);

    await inspector(viewer)
      .getByRole('tab', { name: /^Comments/ })
      .click();
    await expect(pins(viewer)).toHaveCount(1);
    await inspector(viewer).getByRole('combobox', { name: 'Status' }).click();
    await viewer.getByRole('option', { name: 'Resolved 1' }).click();
    await expect(inspector(viewer).getByText('How kind?')).toBeVisible();
  },
);

test('an unsent comment is kept, and a thread outlives its step', long, async () => {
  await commentOn(ana, 'Write note');
  await ana.keyboard.type('Half a thought');
  await ana.keyboard.press('Escape');
  await expect(ana.getByRole('dialog', { name: 'New comment' })).toBeHidden();
  await commentOn(ana, 'Write note');
  await expect(ana.getByRole('dialog', { name: 'New comment' }).getByRole('textbox')).toHaveValue(
    'Half a thought',
  );
  await ana.keyboard.press('Escape');

  await select(ana, 'Write note');
  await ana.keyboard.press('Escape');
  await step(ana, 'Write note').click({ position: { x: 90, y: 20 } });
  await ana.keyboard.press('Delete');
  await expect(step(ana, 'Write note')).toHaveCount(0);
  await expect(pins(ana)).toHaveCount(0);
  await inspector(ana)
    .getByRole('tab', { name: /^Comments/ })
    .click();
  await inspector(ana).getByText('Is this kind enough').click();
  await expect(inspector(ana).getByText('Write note (step was deleted)').first()).toBeVisible();
  await expect(inspector(ana).getByText('I would add a greeting.')).toBeVisible();
});

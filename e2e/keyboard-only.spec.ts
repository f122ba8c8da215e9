import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { canvas, connection, expectSaved, inspector, textOf } from './support/editor';
import { owner } from './support/owner';
import { test } from './support/test';

// One story, told from its beginning: each test goes on where the one before ended.
test.describe.configure({ mode: 'serial' });

let page: Page;

const left = (name: string) => page.getByRole('complementary', { name, exact: true });
const tree = () => page.getByRole('tree', { name: 'Steps' });
const line = (name: string) => tree().getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`) });
const field = (name: string) => inspector(page).getByRole('textbox', { name, exact: true });
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Goes on with Tab until something has the focus, as a person without a mouse does. */
async function tabTo(target: Locator, key = 'Tab', most = 60): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < most; i += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    passed.push(
      await page.locator(':focus').evaluateAll(([at]) => at?.ariaLabel ?? at?.textContent ?? ''),
    );
    await page.keyboard.press(key);
  }
  throw new Error(`${key} did not reach ${target}. It passed: ${passed.join(' > ')}`);
}

/** Chooses a step type in the palette that is open. */
async function choose(title: string): Promise<void> {
  const palette = page.getByRole('dialog', { name: 'Add a step' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(title);
  await expect(
    palette.getByRole('option', { name: new RegExp(`^${title}`) }).first(),
  ).toHaveAttribute('aria-selected', 'true');
  await press('Enter');
  await expect(palette).toBeHidden();
}

async function command(words: string, option: RegExp): Promise<void> {
  await press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search and commands' });
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(words);
  await expect(dialog.getByRole('option', { name: option }).first()).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await press('Enter');
  await expect(dialog).toBeHidden();
}

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({
    storageState: owner.state,
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  const answer = await page.request.post('/api/v2/workflows', {
    data: { schema: 1, name: 'By keyboard', nodes: [], edges: [] },
  });
  await page.goto(`/workflows/${(await answer.json()).id}`);
  await expectSaved(page);
});

test.afterAll(() => page.context().close());

test('three steps are added from the outline', async () => {
  await press('o');
  await expect(left('Outline').getByRole('button', { name: 'Add first step' })).toBeFocused();
  await press('Enter');
  await choose('Start');
  await press('o');
  await expect(tree()).toBeFocused();
  await press('End', 'n');
  await choose('Transform');
  await expect(connection(page, 'Start', 'Transform')).toBeAttached();
  // The third one stands alone: it is connected by keyboard in the next test.
  await press('Escape');
  await command('add output', /Add Output/);
  await expect(line('Output')).toBeAttached();
  await expectSaved(page);
});

test('steps are renamed, connected and disconnected', async () => {
  await press('o');
  await expect(tree()).toBeFocused();
  await press('Home', 'ArrowDown', 'F2');
  await expect(tree().getByRole('textbox', { name: 'Step name' })).toBeFocused();
  await page.keyboard.type('Greeting');
  await press('Enter');
  await expect(line('Greeting')).toBeAttached();
  await expect(tree()).toBeFocused();

  const dialog = page.getByRole('dialog', { name: 'Wires of Greeting' });
  const edges = async () => {
    await press('c');
    await expect(dialog.getByRole('combobox', { name: 'Connect to' })).toBeFocused();
  };
  const output = connection(page, 'Greeting', 'Output');
  if ((await output.count()) > 0) {
    await edges();
    await tabTo(dialog.getByRole('button', { name: 'Disconnect from Output' }), 'Shift+Tab');
    await press('Enter');
    await expect(output).toHaveCount(0);
    await press('Escape');
  }
  await expect(tree()).toBeFocused();
  await edges();
  await page.keyboard.type('Output');
  await press('Enter');
  await expect(output).toBeAttached();

  await expect(tree()).toBeFocused();
  await edges();
  await tabTo(dialog.getByRole('button', { name: 'Disconnect from Output' }), 'Shift+Tab');
  await press('Enter');
  await expect(output).toHaveCount(0);
  await press('Escape');
  await expect(tree()).toBeFocused();
  await press('Control+z');
  await expect(output).toBeAttached();
});

test('settings are written, with an earlier result picked after a slash', async () => {
  await press('Enter');
  await expect(inspector(page).getByRole('button', { name: 'Add field' })).toBeFocused();
  await press('Enter');
  // The new row stands before the button that made it.
  await tabTo(field('Name'), 'Shift+Tab');
  await page.keyboard.type('text');
  await tabTo(field('Expression'));
  await page.keyboard.type('"Good morning"');
  await press('Escape');

  await tabTo(tree(), 'Shift+Tab', 120);
  await press('End', 'Enter');
  await expect(inspector(page).getByRole('tabpanel').locator(':focus')).toBeVisible();
  await tabTo(field('Text'));
  await page.keyboard.type('He said: /');
  await page.keyboard.type('greeting');
  const option = page.getByRole('option', { name: /steps\.greeting\.output\.text/ });
  await expect(option).toBeVisible();
  while ((await option.getAttribute('aria-selected')) !== 'true') await press('ArrowDown');
  await press('Enter');
  await expect.poll(() => textOf(field('Text'))).toBe('He said: {{ steps.greeting.output.text }}');
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  await expectSaved(page);
});

test('a step fills the screen, its neighbours are one key away, and Escape goes back', async () => {
  await press('Control+Shift+F');
  const view = page.getByRole('dialog', { name: 'Output' });
  await expect(view.getByRole('region', { name: 'Input' })).toBeVisible();
  await expectAccessible(page, 'a step over the whole screen', 'all');
  await press('Alt+PageUp');
  await expect(page.getByRole('dialog', { name: 'Greeting' })).toBeVisible();
  await press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a word is found and replaced everywhere as one step to undo', async () => {
  await press('Control+f');
  await expect(left('Find and replace').getByRole('textbox', { name: 'Find' })).toBeFocused();
  await page.keyboard.type('said');
  await expect(left('Find and replace').getByRole('status')).toHaveText('1 match');
  await press('Enter');
  await expect(left('Find and replace').getByRole('status')).toHaveText('1 of 1 match');
  await expectAccessible(page, 'find and replace', 'all');
  await tabTo(left('Find and replace').getByRole('textbox', { name: 'Replace with' }));
  await page.keyboard.type('wrote');
  await tabTo(left('Find and replace').getByRole('button', { name: 'Replace all' }));
  await press('Enter');
  await expect.poll(() => textOf(field('Text'))).toMatch(/^He wrote: /);
});

test('it is rehearsed and its result read', async () => {
  await command('rehearse', /^Rehearse/);
  const run = page.getByRole('region', { name: 'Run', exact: true });
  await expect(run.getByText('He wrote: Good morning').first()).toBeVisible();
  await command('outline', /^Outline/);
  await expect(tree()).toBeFocused();
  await expect(tree().getByRole('treeitem', { name: /^Greeting,.*Succeeded/ })).toBeAttached();
});

test('every panel is readable by all', async () => {
  // Seven looks with axe, on a machine that may be busy.
  test.setTimeout(240_000);
  await expectAccessible(page, 'outline and settings', 'all');
  for (const tab of ['Input/Output', 'Runs', 'Comments', 'Chat']) {
    await tabTo(inspector(page).getByRole('tab', { selected: true }), 'Tab', 120);
    await press('ArrowRight');
    await expect(inspector(page).getByRole('tab', { selected: true })).toHaveAccessibleName(
      new RegExp(`^${tab}`),
    );
    await expectAccessible(page, tab, 'all');
  }
  for (const [words, view] of [
    ['other workflows', 'Workflows'],
    ['steps to add', 'Add steps'],
  ] as const) {
    await command(words, new RegExp(`^${words}`, 'i'));
    await expect(left(view)).toBeVisible();
    await expectAccessible(page, view, 'all');
  }
});

test('nothing is wider than a phone, and a step opens as a sheet', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expectSaved(page);
  const wide = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  expect(await wide()).toBe(0);
  await page.keyboard.press('Shift+ArrowRight');
  await expect(field('Step name')).toBeVisible();
  const [sheet, stage] = await Promise.all([
    inspector(page).boundingBox(),
    canvas(page).boundingBox(),
  ]);
  expect(sheet?.width).toBe(390);
  expect(sheet?.y).toBeGreaterThan(stage?.y ?? 0);
  expect(await wide()).toBe(0);
  await expectAccessible(page, 'on a phone', 'all');
});

import { expect, type Page } from '@playwright/test';
import {
  canvas,
  chooseStep,
  connect,
  connection,
  expectSaved,
  inspector,
  offset,
  openEditor,
  select,
  step,
  textOf,
} from './support/editor';
import { type Gate, startGate } from './support/gate';
import { owner } from './support/owner';
import { join, somebody } from './support/people';
import { test } from './support/test';

test.describe.configure({ mode: 'serial' });

let ana: Page;
let other: Page;
let gate: Gate;

const text = (page: Page, name: string) =>
  inspector(page).getByRole('textbox', { name, exact: true });
const mark = (page: Page, name: string, state: string) =>
  step(page, name).getByRole('img', { name: state, exact: true });
const runOf = (page: Page) => page.getByRole('region', { name: 'Run', exact: true });

test.beforeAll(async ({ browser }) => {
  gate = await startGate();
  ana = await (await browser.newContext({ storageState: owner.state })).newPage();
  other = await join(ana, somebody('Carl Cho'), 'Editor');
});

test.afterAll(async () => {
  await Promise.all([ana, other].map((page) => page?.context().close()));
  await gate?.close();
});

test('a blank workflow gets its steps by palette and keyboard, and a connection by mouse', async () => {
  await ana.goto('/workflows');
  await ana.getByRole('button', { name: 'New workflow' }).click();
  await ana.getByRole('menuitem', { name: 'Blank' }).click();
  const name = ana.getByRole('textbox', { name: 'Workflow name' }).first();
  await name.fill('Doubling');
  await name.press('Enter');

  await ana.getByRole('button', { name: 'Add first step' }).click();
  await chooseStep(ana, 'Start');
  await inspector(ana).getByRole('button', { name: 'Add input' }).click();
  await text(ana, 'Label optional').fill('Amount');
  await expect(text(ana, 'Name')).toHaveValue('amount');
  await inspector(ana).getByRole('combobox', { name: 'Type' }).click();
  await ana.getByRole('option', { name: 'Number' }).click();
  await inspector(ana).getByRole('switch', { name: 'Required' }).click();

  await step(ana, 'Start').click();
  await ana.keyboard.press('n');
  await chooseStep(ana, 'Transform');
  await expect(connection(ana, 'Start', 'Transform')).toBeAttached();

  await ana.keyboard.press('Escape');
  await ana.keyboard.press('n');
  await chooseStep(ana, 'Output');
  await expect(connection(ana, 'Transform', 'Output')).toHaveCount(0);
  await connect(ana, 'Transform', 'Output');
  await expect(connection(ana, 'Transform', 'Output')).toBeAttached();
  await ana.getByRole('button', { name: 'Tidy layout' }).click();
  await expect.poll(async () => (await offset(ana, 'Transform', 'Output'))?.y).toBe(0);
  await expectSaved(ana);
});

test('an expression is completed from what comes before', async () => {
  await select(ana, 'Transform');
  await inspector(ana).getByRole('button', { name: 'Add field' }).click();
  await text(ana, 'Name').fill('total');
  await text(ana, 'Expression').click();
  await ana.keyboard.type('inp');
  await ana.getByRole('option', { name: 'input.amount' }).click();
  await ana.keyboard.type(' * 2');
  await expect.poll(() => textOf(text(ana, 'Expression'))).toBe('input.amount * 2');
});

test('a problem is marked on its step, listed, jumped to and fixed', async () => {
  await expect(mark(ana, 'Output', 'To do: Enter the text of the result.')).toBeVisible();
  await ana.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(ana.getByText('Fix these before publishing version 1:')).toBeVisible();
  await ana.keyboard.press('Escape');

  await ana.getByRole('button', { name: '1 problem' }).click();
  await ana
    .getByRole('dialog', { name: 'Problems' })
    .getByRole('button', { name: /Enter the text of the result/ })
    .click();
  await expect(text(ana, 'Text')).toBeFocused();
  await ana.keyboard.type('Total: {{ steps.transform.output.total');
  await expect
    .poll(() => textOf(text(ana, 'Text')))
    .toBe('Total: {{ steps.transform.output.total }}');
  await expect(ana.getByRole('button', { name: 'No problems' })).toBeVisible();
  await expect(step(ana, 'Output').getByRole('img', { name: /^Problem/ })).toHaveCount(0);
});

test('publishing makes the first version live, for all', async () => {
  await expect(ana.getByText('Not published')).toBeVisible();
  await ana.getByRole('button', { name: 'Publish', exact: true }).click();
  await ana.getByLabel('What changed in version 1').fill('It doubles');
  await ana.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(ana.getByText('v1 live')).toBeVisible();
  await openEditor(other, ana.url().split('/').at(-1) ?? '');
  await expect(other.getByText('v1 live')).toBeVisible();
});

test('a rehearsal is marked wherever it shows', async () => {
  await ana.getByRole('button', { name: 'More run options' }).click();
  await ana.getByRole('menuitem', { name: /^Rehearse/ }).click();
  const dialog = ana.getByRole('dialog', { name: 'Rehearse the workflow' });
  await dialog.getByRole('button', { name: 'Rehearse', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('amount');
  await dialog.getByLabel('amount').fill('4');
  await dialog.getByRole('button', { name: 'Rehearse', exact: true }).click();

  const rehearsed = (place: Page | ReturnType<typeof runOf>) =>
    place.getByText('Rehearsed', { exact: true }).first();
  for (const page of [ana, other]) {
    await expect(mark(page, 'Output', 'Succeeded')).toBeVisible();
    await expect(rehearsed(runOf(page))).toBeVisible();
  }
  await expect(runOf(ana).getByText('Total: 8').first()).toBeVisible();
  await inspector(other).getByRole('tab', { name: 'Runs' }).click();
  await expect(inspector(other).getByText('Rehearsed', { exact: true })).toBeVisible();
  await runOf(other).getByRole('link', { name: 'Run page' }).click();
  await expect(other.getByText('Rehearsed: tested without a model')).toBeVisible();
  await expect(rehearsed(other)).toBeVisible();
  await other.goto('/runs');
  await expect(other.getByRole('row', { name: /Doubling.*Rehearsed/ }).first()).toBeVisible();
  await other.goBack();
});

test('a step put on a connection makes the draft ahead of what is live', async () => {
  await step(ana, 'Output').hover();
  const [from, to] = await Promise.all([
    step(ana, 'Transform').boundingBox(),
    step(ana, 'Output').boundingBox(),
  ]);
  if (!from || !to) throw new Error('The steps are not on the screen.');
  await ana.mouse.move((from.x + from.width + to.x) / 2, from.y + from.height / 2, { steps: 3 });
  await ana.getByRole('button', { name: 'Add a step here' }).click();
  await chooseStep(ana, 'HTTP request');
  await expect(connection(ana, 'Transform', 'HTTP request')).toBeAttached();
  await expect(connection(ana, 'HTTP request', 'Output')).toBeAttached();
  await expect(connection(ana, 'Transform', 'Output')).toHaveCount(0);
  await text(ana, 'URL').fill(gate.slow);
  await expect(ana.getByText('Ahead of live')).toBeVisible();
  await ana.getByRole('button', { name: 'Fit' }).click();
  await expect(step(ana, 'Output')).toBeVisible();
});

test('both see the run go from step to step, and its page shows result and journal', async () => {
  await openEditor(other, ana.url().split('/').at(-1) ?? '');
  await ana.getByRole('button', { name: 'Run', exact: true }).click();
  const dialog = ana.getByRole('dialog', { name: 'Run the workflow' });
  await dialog.getByLabel('amount').fill('21');
  await expect(dialog.getByRole('button', { name: 'Run version 1' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();

  for (const page of [ana, other]) {
    await expect(mark(page, 'Transform', 'Succeeded')).toBeVisible();
    await expect(mark(page, 'HTTP request', 'Running')).toBeVisible();
    await expect(mark(page, 'Output', 'Succeeded')).toHaveCount(0);
    await expect(runOf(page).getByText('Running', { exact: true }).first()).toBeVisible();
    await expect(runOf(page).getByText('Rehearsed', { exact: true })).toHaveCount(0);
  }
  gate.open();
  for (const page of [ana, other]) {
    await expect(mark(page, 'HTTP request', 'Succeeded')).toBeVisible();
    await expect(mark(page, 'Output', 'Succeeded')).toBeVisible();
    await expect(runOf(page).getByText('Succeeded', { exact: true }).first()).toBeVisible();
  }
  await select(other, 'Transform');
  await inspector(other).getByRole('tab', { name: 'Input/Output' }).click();
  const output = inspector(other).getByRole('region', { name: 'Output', exact: true });
  await expect(output).toContainText('total:42');

  await runOf(ana).getByRole('link', { name: 'Run page' }).click();
  await expect(ana.getByRole('region', { name: 'Result' }).getByText('Total: 42')).toBeVisible();
  await ana.getByRole('tab', { name: /^Event log/ }).click();
  const log = ana.getByRole('list', { name: 'Event log' }).getByRole('listitem');
  await expect(log.first()).toContainText('Run started');
  await expect(log.last()).toContainText('Run succeeded');
  const count = await log.count();
  await expect(ana.getByRole('tab', { name: `Event log ${count}` })).toBeVisible();
  await ana.getByRole('tab', { name: 'Input' }).click();
  await expect(ana.getByRole('region', { name: 'Run input' })).toContainText('amount:21');
  await expect(canvas(ana)).toHaveCount(0);
});

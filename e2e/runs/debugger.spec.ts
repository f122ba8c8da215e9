import { expect, type Page } from '@playwright/test';
import { canvas, createChain, inspector, openEditor, step, textOf } from '../support/editor';
import { owner } from '../support/owner';
import { join, somebody } from '../support/people';
import { long, test } from '../support/test';

test.describe.configure({ mode: 'serial' });

const ben = somebody('Ben Byrne');
let ana: Page;
let other: Page;
let workflow: string;
let first: string;

const console_ = (page: Page) => page.getByRole('region', { name: 'Run', exact: true });
const bar = (page: Page) => page.getByRole('region', { name: 'Debugger' });
const held = (page: Page, name: string) =>
  page.getByRole('region', { name: `Paused before ${name}` });
const stepOn = (page: Page) => bar(page).getByRole('button', { name: 'Step over' });

test.beforeAll(async ({ browser }) => {
  ana = await (await browser.newContext({ storageState: owner.state })).newPage();
  other = await join(ana, ben, 'Editor');
  const transform = (id: string, name: string, expression: string) => ({
    id,
    type: 'transform',
    name,
    config: { expression },
  });
  workflow = await createChain(ana, 'Debugged together', [
    {
      id: 'start',
      type: 'start',
      name: 'Start',
      config: { inputs: [{ id: 'i1', name: 'n', type: 'number', required: true }] },
    },
    transform('clean', 'Clean', 'input.n * 2'),
    transform('add', 'Add', 'steps.clean.output + 1'),
    transform('twice', 'Twice', 'steps.add.output * 2'),
    {
      id: 'result',
      type: 'output',
      name: 'Result',
      config: { template: 'Total: {{ steps.twice.output }}' },
    },
  ]);
  const published = await ana.request.post(`/api/v2/workflows/${workflow}/publish`, {
    data: { note: '' },
  });
  expect(published.status(), await published.text()).toBe(201);
  await Promise.all([ana, other].map((page) => openEditor(page, workflow)));
});

test.afterAll(async () => {
  await Promise.all([ana, other].map((page) => page?.context().close()));
});

test('a run that is debugged stops where the condition holds, for both', async () => {
  await step(ana, 'Clean').click({ position: { x: 90, y: 20 } });
  await ana.keyboard.press('b');
  await canvas(ana).getByRole('button', { name: 'Breakpoint: Clean' }).click({ button: 'right' });
  await ana.getByRole('textbox', { name: 'Condition' }).click();
  await ana.keyboard.type('input.n > 3');
  await ana.getByRole('button', { name: 'Keep' }).click();
  await expect(
    canvas(ana).getByRole('button', { name: 'Breakpoint if input.n > 3: Clean' }),
  ).toBeVisible();
  await expect(canvas(other).getByRole('button', { name: /^Breakpoint/ })).toHaveCount(0);

  await ana.getByRole('button', { name: 'More run options' }).click();
  await ana.getByRole('menuitem', { name: /^Debug Live/ }).click();
  const dialog = ana.getByRole('dialog', { name: 'Debug the workflow' });
  await dialog.getByLabel('n', { exact: true }).fill('5');
  await dialog.getByRole('button', { name: 'Debug', exact: true }).click();
  for (const page of [ana, other]) {
    await expect(held(page, 'Clean')).toBeVisible();
    await expect(held(page, 'Clean')).toContainText('input.n > 3 is true.');
    await expect(held(page, 'Clean')).toContainText('10');
    await expect(bar(page)).toContainText('Paused before Clean');
    await expect(
      canvas(page).getByRole('button', { name: 'Breakpoint if input.n > 3: Clean' }),
    ).toBeVisible();
  }
});

test('the other steps over it, and both see who did', async () => {
  await other.keyboard.press('F10');
  for (const page of [ana, other]) {
    await expect(held(page, 'Add')).toBeVisible();
    await expect(bar(page)).toContainText(`${ben.name} stepped over Clean`);
  }
});

test('settings are changed for this run, and an output is given instead of running a step', async () => {
  await held(ana, 'Add').getByRole('button', { name: 'Edit and run' }).click();
  await held(ana, 'Add').getByRole('textbox', { name: 'Single expression' }).click();
  await ana.keyboard.press('Control+a');
  const preview = held(ana, 'Add').getByRole('region', { name: 'Preview' });
  await ana.keyboard.insertText('steps.nobody.output');
  await expect(
    held(ana, 'Add')
      .getByText(/nobody/)
      .last(),
  ).toBeVisible();
  await ana.keyboard.press('Control+a');
  await ana.keyboard.insertText('steps.clean.output + 100');
  await expect(preview).toContainText('110');
  await held(ana, 'Add').getByRole('button', { name: 'Run with these settings' }).click();

  for (const page of [ana, other]) await expect(held(page, 'Twice')).toContainText('220');
  await expect(bar(other)).toContainText(/ changed the settings of Add/);
  await held(other, 'Twice').getByRole('button', { name: 'Use this output' }).click();
  const json = held(other, 'Twice').getByRole('textbox', { name: 'Output as JSON' });
  await json.click();
  await other.keyboard.press('Control+a');
  await other.keyboard.insertText('{');
  await expect(held(other, 'Twice').getByRole('alert')).toContainText('This is not JSON');
  await other.keyboard.press('Control+a');
  await other.keyboard.insertText('7');
  await held(other, 'Twice').getByRole('button', { name: 'Continue with this output' }).click();
  await expect(held(ana, 'Result')).toContainText('Total: 7');
  await expect(stepOn(ana)).toBeEnabled();
  await ana.keyboard.press('F8');
  for (const page of [ana, other]) {
    await expect(bar(page)).toBeHidden();
    await expect(console_(page).getByText('Succeeded', { exact: true }).first()).toBeVisible();
  }
  // The workflow itself stayed as it was.
  await step(ana, 'Add').click({ position: { x: 90, y: 20 } });
  const expression = inspector(ana).getByRole('textbox', { name: 'Single expression' });
  await expect.poll(() => textOf(expression)).toBe('steps.clean.output + 1');
});

test('a breakpoint inside For each stops in the item that reaches it, for both', long, async () => {
  const node = (id: string, type: string, name: string, config: object, more: object = {}) => ({
    id,
    key: id,
    type,
    name,
    config,
    position: { x: 0, y: 0 },
    ...more,
  });
  const created = await ana.request.post('/api/v2/workflows', {
    data: {
      schema: 1,
      name: 'Debugged inside',
      nodes: [
        node('each', 'map', 'Each number', { items: '[1, 2, 3]' }),
        node(
          'double',
          'transform',
          'Double',
          { expression: 'item * 2' },
          {
            group: 'each',
            position: { x: 40, y: 220 },
          },
        ),
        node(
          'after',
          'transform',
          'After',
          { expression: 'steps.each.output.results' },
          {
            position: { x: 360, y: 0 },
          },
        ),
      ],
      edges: [{ id: 'e1', source: 'each', target: 'after' }],
    },
  });
  expect(created.status(), await created.text()).toBe(201);
  const inside = (await created.json()).id;
  const published = await ana.request.post(`/api/v2/workflows/${inside}/publish`, {
    data: { note: '' },
  });
  expect(published.status(), await published.text()).toBe(201);
  await Promise.all([ana, other].map((page) => openEditor(page, inside)));
  await step(ana, 'Double').click({ position: { x: 90, y: 20 } });
  await ana.keyboard.press('Shift+B');
  await ana.getByRole('textbox', { name: 'Condition' }).click();
  await ana.keyboard.insertText('index == 1');
  await ana.getByRole('button', { name: 'Set breakpoint' }).click();
  await ana.keyboard.press('Control+k');
  await ana.keyboard.type('Start debugging');
  await ana.getByRole('option', { name: /Start debugging/ }).click();
  for (const page of [ana, other]) {
    await expect(bar(page)).toContainText('Paused before Double in item 2 of Each number');
    await expect(held(page, 'Double')).toContainText('index == 1 is true.');
    await expect(canvas(page).getByText('Paused in item 2')).toBeVisible();
  }
  await held(other, 'Double').getByRole('button', { name: 'Use this output' }).click();
  await held(other, 'Double').getByRole('textbox', { name: 'Output as JSON' }).click();
  await other.keyboard.press('Control+a');
  await other.keyboard.insertText('"mine"');
  await held(other, 'Double').getByRole('button', { name: 'Continue with this output' }).click();
  for (const page of [ana, other]) {
    await expect(bar(page)).toBeHidden();
    await expect(console_(page).getByText('Succeeded', { exact: true }).first()).toBeVisible();
  }
  await console_(ana).getByRole('link', { name: 'Run page' }).click();
  await expect(ana.getByRole('region', { name: 'Result', exact: true })).toContainText('mine');

  // Over the container as a whole, or into its first item.
  const stepping = await ana.request.post(`/api/v2/workflows/${inside}/runs`, {
    data: { debug: { stepping: true } },
  });
  const { id } = await stepping.json();
  await ana.goto(`/runs/${id}`);
  await expect(bar(ana)).toContainText('Paused before Each number');
  await ana.keyboard.press('F11');
  await expect(bar(ana)).toContainText('Paused before Double in item 1 of Each number');
  await expect(held(ana, 'Double')).toBeVisible();
  await bar(ana).getByRole('button', { name: 'Step out' }).click();
  await expect(bar(ana)).toContainText('Paused before After');
  await expect(bar(ana)).toContainText(/stepped out from Double in item 1 of Each number/);
  await ana.keyboard.press('F8');
  await expect(bar(ana)).toBeHidden();
  await openEditor(ana, workflow);
});

test('a run ends at a step, and another begins there', long, async () => {
  await step(ana, 'Add').click({ button: 'right', position: { x: 90, y: 20 } });
  await ana.getByRole('menuitem', { name: 'Run until here' }).click();
  const dialog = ana.getByRole('dialog', { name: 'Run until Add' });
  await dialog.getByLabel('n', { exact: true }).fill('4');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(console_(ana).getByText('3 of 3 steps')).toBeVisible();
  await console_(ana).getByRole('link', { name: 'Run page' }).click();
  await expect(ana.getByRole('region', { name: 'Result', exact: true })).toContainText('9');

  await openEditor(ana, workflow);
  await step(ana, 'Twice').click({ button: 'right', position: { x: 90, y: 20 } });
  await ana.getByRole('menuitem', { name: 'Run from here' }).click();
  await expect(console_(ana).getByText('5 of 5 steps')).toBeVisible();
  await console_(ana)
    .getByRole('button', { name: /Result$/ })
    .first()
    .click();
  await expect(console_(ana).getByText('Total: 18').first()).toBeVisible();
});

test('a run is forked with another expression, and compared', long, async () => {
  const answer = await ana.request.post(`/api/v2/workflows/${workflow}/runs`, {
    data: { input: { n: 5 } },
  });
  expect(answer.status(), await answer.text()).toBe(202);
  first = (await answer.json()).id;
  await ana.goto(`/runs/${first}`);
  await expect(ana.getByText('Total: 22').first()).toBeVisible();
  await expect(ana.getByText(/Critical path: Start → Clean → Add → Twice → Result/)).toBeVisible();
  await ana.getByRole('button', { name: 'Replay with changes…' }).click();
  const dialog = ana.getByRole('dialog', { name: 'Replay with changes' });
  await dialog.getByRole('button', { name: 'Change Twice' }).click();
  await dialog.getByRole('textbox', { name: 'Single expression' }).click();
  await ana.keyboard.press('Control+a');
  await ana.keyboard.insertText('steps.add.output * 3');
  await dialog.getByRole('button', { name: 'Start replay' }).click();
  await expect(ana.getByText('Total: 33').first()).toBeVisible();
  const related = ana.getByRole('list', { name: 'Related runs' });
  await expect(related).toContainText(`Replay of run ${first.slice(0, 8)}`);
  const graph = ana.getByRole('region', { name: 'Graph of the run' });
  await graph.getByRole('button', { name: /Clean/ }).click();
  await expect(
    ana.getByRole('region', { name: 'Step Clean' }).getByText(`from run ${first.slice(0, 8)}`),
  ).toBeVisible();

  await related.getByRole('link', { name: 'Compare' }).click();
  const differing = ana.getByRole('region', { name: 'Steps that differ' });
  await expect(differing.getByRole('heading', { level: 2 })).toHaveText('2 steps differ');
  const twice = differing.getByRole('article', { name: 'Twice' });
  await expect(twice.getByRole('region', { name: 'Output of Twice of A' })).toHaveText('22');
  await expect(twice.getByRole('region', { name: 'Output of Twice of B' })).toHaveText('33');
  const expression = twice.getByRole('region', { name: 'expression of B' });
  await expect(expression.locator('ins')).toHaveText('3');
  await expect(ana.getByText('3 steps are the same')).toBeVisible();
  await expect(ana.getByRole('article', { name: 'Clean' })).toBeHidden();
});

import { expect, type Page } from '@playwright/test';
import { canvas, createChain, draftOf, inspector, openEditor, step } from '../support/editor';
import { type ModelServer, modelName, startModelServer } from '../support/model-server';
import { owner } from '../support/owner';
import { freshPage, join, signIn, somebody } from '../support/people';
import { test } from '../support/test';

test.describe.configure({ mode: 'serial' });

let ana: Page;
let ben: Page;
let model: ModelServer;
let workflow: string;

const people = (page: Page) => page.getByRole('list', { name: 'Also here' });
const ghost = (page: Page, name: string) =>
  canvas(page).getByRole('button', { name: `Suggested: ${name}` });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Suggestions' });
const names = async (page: Page) =>
  (await draftOf(page, workflow)).nodes.map(({ name }) => name).sort();
const message = (page: Page) => inspector(page).getByRole('textbox', { name: 'Message' });

async function ask(text: string, agent: RegExp): Promise<void> {
  await inspector(ana).getByRole('button', { name: agent }).click();
  await message(ana).fill(text);
  await ana.keyboard.press('Enter');
}

// A workspace of its own: its model server is nobody else's.
test.beforeAll(async ({ browser }) => {
  model = await startModelServer();
  ana = await freshPage(browser);
  await signIn(ana, owner);
  const made = await ana.request.post('/api/v2/workspaces', { data: { name: 'Canvas room' } });
  expect(made.status(), await made.text()).toBe(201);
  ben = await join(ana, somebody('Ben Bauer'), 'Editor');
  workflow = await createChain(ana, 'Answer mail', [
    {
      ...{ id: 'start', type: 'start', name: 'Start' },
      config: { inputs: [{ id: 'i', name: 'message', type: 'text', required: true }] },
    },
    {
      ...{ id: 'draft', type: 'model', name: 'Draft a reply' },
      config: { model: 'auto', prompt: 'Answer: {{ steps.start.output.message }}' },
    },
    {
      ...{ id: 'result', type: 'output', name: 'Result' },
      config: { template: '{{ steps.draft.output.text }}' },
    },
  ]);
  await Promise.all([ana, ben].map((page) => openEditor(page, workflow)));
});

test.afterAll(async () => {
  await Promise.all([ana, ben].map((page) => page?.context().close()));
  await model?.close();
});

test('without a model, an agent suggests what rules understand, and is taken back as one', async () => {
  await canvas(ana).click({ button: 'right', position: { x: 40, y: 420 } });
  await ana.getByRole('menuitem', { name: 'Ask an agent to change this' }).click();
  await ask('Translate the result into French', /^Writer/);
  const suggested = inspector(ana).getByRole('region', { name: 'Suggested changes' });
  await expect(suggested).toContainText('to decide');
  expect(await names(ana)).toEqual(['Draft a reply', 'Result', 'Start']);
  await suggested.getByRole('button', { name: 'Review' }).click();
  await expect(panel(ana)).toContainText('Writer, asked by');
  await expect(ghost(ana, 'Translate the result into French')).toBeVisible();
  await panel(ana).getByRole('button', { name: 'Accept all' }).click();
  await expect(step(ben, 'Translate the result into French')).toBeVisible();
  await expect(suggested).toContainText('decided');
  await canvas(ana).click({ position: { x: 40, y: 420 } });
  await ana.keyboard.press('ControlOrMeta+z');
  await expect(step(ben, 'Translate the result into French')).toHaveCount(0);
  expect(await names(ana)).toEqual(['Draft a reply', 'Result', 'Start']);
  await panel(ana).getByRole('button', { name: 'Close suggestions' }).click();
});

test('two people see an agent at work, its ghosts, and accept a step of them', async () => {
  const key = await ana.request.put('/api/v2/models/compatible/key', {
    data: { baseUrl: model.baseUrl },
  });
  expect(key.status(), await key.text()).toBe(200);
  const agent = await ana.request.post('/api/v2/agents', {
    data: {
      ...{ handle: 'patient', name: 'Patient one', instructions: 'You help.' },
      model: { provider: 'compatible', model: modelName },
    },
  });
  expect(agent.status(), await agent.text()).toBe(201);
  await inspector(ana).getByRole('button', { name: 'New chat' }).click();
  await ask('Let a person approve the reply', /^Patient one/);
  for (const page of [ana, ben]) {
    await expect(
      people(page).getByRole('button', { name: /Patient one, who is thinking, asked by/ }),
    ).toBeVisible();
  }
  await expect.poll(() => model.open()).toBe(1);
  model.use('workflow_change', {
    edits: [
      {
        ...{ edit: 'add', step: 'approve', type: 'approval', name: 'Approve it' },
        ...{ config: { question: 'Is it right?' }, after: ['draft'], before: ['result'] },
      },
      { edit: 'rename', step: 'draft', name: 'Reply' },
    ],
  });
  for (const page of [ana, ben]) {
    await expect(ghost(page, 'Approve it')).toBeVisible();
    await expect(ghost(page, 'Approve it')).toContainText('Patient one adds');
  }
  await expect.poll(() => model.open()).toBe(1);
  expect(await names(ana)).toEqual(['Draft a reply', 'Result', 'Start']);
  model.say('A person approves it now.');
  model.finish();
  for (const page of [ana, ben]) {
    await expect(people(page).getByRole('button', { name: /Patient one/ })).toHaveCount(0);
  }
  await ben.getByRole('button', { name: /^Suggestions/ }).click();
  await panel(ben)
    .getByRole('button', { name: /Let a person approve the reply/ })
    .click();
  await panel(ben)
    .getByRole('listitem')
    .filter({ has: ben.getByRole('button', { name: /^Added: Approve it ?Step/ }) })
    .getByRole('button', { name: 'Accept' })
    .click();
  await expect(step(ana, 'Approve it')).toBeVisible();
  expect(await names(ana)).toEqual(['Approve it', 'Draft a reply', 'Result', 'Start']);
  await panel(ben).getByRole('button', { name: 'Decline all' }).click();
  await panel(ben).getByRole('button', { name: 'Close suggestions' }).click();
});

test('a stopped agent is gone, and leaves nothing to decide', async () => {
  await message(ana).fill('Add a review');
  await ana.keyboard.press('Enter');
  await expect.poll(() => model.open()).toBe(1);
  model.use('workflow_change', {
    edits: [
      {
        ...{ edit: 'add', step: 'review', type: 'model', name: 'Review it' },
        ...{ config: { model: 'auto', prompt: 'Review.' }, after: ['approve'] },
      },
    ],
  });
  await expect(ghost(ben, 'Review it')).toBeVisible();
  await inspector(ana).getByRole('button', { name: 'Stop the answer' }).click();
  for (const page of [ana, ben]) {
    await expect(ghost(page, 'Review it')).toHaveCount(0);
    await expect(people(page).getByRole('button', { name: /Patient one/ })).toHaveCount(0);
  }
  expect(await names(ana)).not.toContain('Review it');
});

test('what nobody reads is suggested to be taken out', async () => {
  workflow = await createChain(ana, 'Too much', [
    { id: 'start', type: 'start', name: 'Start' },
    {
      ...{ id: 'idle', type: 'model', name: 'Nobody reads this' },
      config: { model: 'auto', prompt: 'Say something.' },
    },
    { id: 'result', type: 'output', name: 'Result', config: { template: 'Done.' } },
  ]);
  await openEditor(ana, workflow);
  await ana.keyboard.press('ControlOrMeta+k');
  await ana.getByRole('combobox').fill('Suggest optimisations');
  await ana.keyboard.press('Enter');
  await expect(panel(ana)).toContainText('Optimise: 1 taken out');
  await expect(panel(ana)).toContainText('No step reads its output');
  await panel(ana).getByRole('button', { name: 'Accept all' }).click();
  await expect(step(ana, 'Nobody reads this')).toHaveCount(0);
  expect(await names(ana)).toEqual(['Result', 'Start']);
});

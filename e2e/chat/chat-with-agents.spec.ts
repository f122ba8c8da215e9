import { expect, type Page } from '@playwright/test';
import { type ModelServer, modelName, startModelServer } from '../support/model-server';
import { owner } from '../support/owner';
import { freshPage, signIn } from '../support/people';
import { test } from '../support/test';

test.describe.configure({ mode: 'serial' });

let page: Page;
let model: ModelServer;

const answers = (agent: string) => page.getByRole('article', { name: `${agent} answered` });

async function write(text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: `${owner.name} wrote` }).last()).toContainText(
    text,
  );
}

// A workspace of its own: its model server is nobody else's.
test.beforeAll(async ({ browser }) => {
  model = await startModelServer();
  page = await freshPage(browser);
  await signIn(page, owner);
  const made = await page.request.post('/api/v2/workspaces', { data: { name: 'Chat room' } });
  expect(made.status(), await made.text()).toBe(201);
});

test.afterAll(async () => {
  await page?.context().close();
  await model?.close();
});

test('without any model an agent’s answer is made up, and says so and where to add a model', async () => {
  await page.goto('/chat');
  await page.getByRole('button', { name: /^Analyst/ }).click();
  await write('Revenue was 1200 in May and 1500 in June. What changed?');
  const answer = answers('Analyst').last();
  await expect(answer).toContainText('1200 in May');
  await expect(answer.getByText('Made up', { exact: true })).toBeVisible();
  await expect(answer).toContainText('No model was set up, so this answer is made up.');
  await expect(answer.getByRole('link', { name: 'Add a model' })).toBeVisible();
  await expect(page).toHaveURL(/\/chat\/.+/);

  await page.reload();
  await expect(answers('Analyst')).toHaveCount(1);
  await expect(answer.getByText('Made up', { exact: true })).toBeVisible();
  await expect(answer).toContainText('1200 in May');
  await expect(page.getByRole('list', { name: 'Chats' }).getByRole('link')).toHaveCount(1);
});

test('a turn is a run like any other', async () => {
  await answers('Analyst').last().getByRole('link', { name: 'Open run' }).click();
  await expect(page.getByText('Succeeded', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('from chat')).toBeVisible();
  await expect(page.getByText('Made-up answers', { exact: true }).first()).toBeVisible();
});

test('a model server of one’s own is entered in the settings and given to an agent', async () => {
  await page.goto('/settings/models');
  await page.getByRole('button', { name: 'Add key of OpenAI-compatible server' }).click();
  await page.getByLabel('Base URL').fill(model.baseUrl);
  await page.getByLabel('Key (if it needs one)').fill('a key of the test');
  await page.getByRole('button', { name: 'Save key' }).click();
  await expect(page.getByRole('alert')).toContainText('invalid characters');
  await page.getByLabel('Key (if it needs one)').fill('');
  await page.getByRole('button', { name: 'Save key' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText(`${model.baseUrl} · 1 model`)).toBeVisible();

  await page.goto('/agents/new');
  await page.getByRole('button', { name: 'Write it yourself' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Patient one');
  await expect(page.getByLabel('Handle')).toHaveValue('patient-one');
  await page.getByLabel('Instructions').fill('You answer when you are ready.');
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: modelName }).click();
  await page.getByRole('button', { name: 'Create agent' }).click();
  await expect(page.getByRole('heading', { name: 'Patient one' })).toBeVisible();
});

test('an answer streams in, outlives a reload in its middle, and is not marked rehearsed', async () => {
  await page.getByRole('button', { name: 'Chat with Patient one' }).click();
  await write('Are you there?');
  const answer = answers('Patient one').last();
  await expect(answer).toContainText('Thinking…');
  await expect.poll(() => model.open()).toBe(1);
  model.say('Yes, since ');
  await expect(answer).toContainText('Yes, since');
  await expect(page.getByRole('button', { name: 'Stop the answer' })).toBeVisible();

  await page.reload();
  await expect(answer).toContainText('Yes, since');
  model.say('this morning.');
  await expect(answer).toContainText('Yes, since this morning.');
  model.finish();
  await expect(answer.getByText(new RegExp(modelName))).toBeVisible();
  await expect(answer).toContainText('Yes, since this morning.');
  await expect(answer.getByText('Made up', { exact: true })).toHaveCount(0);

  await page.reload();
  await expect(answer).toContainText('Yes, since this morning.');
  await expect(answers('Patient one')).toHaveCount(1);
});

test('an answer can be stopped, which ends the call, and the talk goes on', async () => {
  await write('Tell me everything.');
  const answer = answers('Patient one').last();
  await expect.poll(() => model.open()).toBe(1);
  model.say('First of all, ');
  await expect(answer).toContainText('First of all,');
  await page.getByRole('button', { name: 'Stop the answer' }).click();
  await expect(answer).toContainText('Stopped.');
  await expect.poll(() => model.open()).toBe(0);

  await write('Just say goodbye.');
  await expect.poll(() => model.open()).toBe(1);
  model.say('Goodbye.');
  model.finish();
  await expect(answers('Patient one')).toHaveCount(3);
  await expect(answers('Patient one').last()).toContainText('Goodbye.');
  await answers('Patient one').nth(1).getByRole('link', { name: 'Open run' }).click();
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible();
});

import { expect, type Page } from '@playwright/test';
import { createChain, openEditor } from '../support/editor';
import { type ModelServer, modelName, startModelServer } from '../support/model-server';
import { owner } from '../support/owner';
import { freshPage, signIn } from '../support/people';
import { long, test } from '../support/test';

test.describe.configure({ mode: 'serial' });

let page: Page;
let model: ModelServer;
let workflowId: string;

const panel = () => page.getByRole('dialog', { name: 'Triggers', exact: true });
const answers = () => page.getByRole('article', { name: 'Order desk answered' });
const message = () => page.getByRole('textbox', { name: 'Message' });

async function write(text: string): Promise<void> {
  await message().fill(text);
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
  const made = await page.request.post('/api/v2/workspaces', { data: { name: 'Order room' } });
  expect(made.status(), await made.text()).toBe(201);
  const key = await page.request.put('/api/v2/models/compatible/key', {
    data: { key: '', baseUrl: model.baseUrl },
  });
  expect(key.ok(), await key.text()).toBe(true);
});

test.afterAll(async () => {
  await page?.context().close();
  await model?.close();
});

test('a chat is turned on in the triggers, and opens with the workflow chosen', long, async () => {
  workflowId = await createChain(page, 'Order desk', [
    {
      id: 'start',
      type: 'start',
      name: 'Start',
      config: {
        inputs: [
          { id: 'q', name: 'question', type: 'text' },
          { id: 't', name: 'talk', type: 'json' },
        ],
      },
    },
    {
      id: 'look',
      type: 'transform',
      name: 'Count the talk',
      config: { expression: 'size(input.talk)' },
    },
    {
      id: 'write',
      type: 'agent',
      name: 'Write the answer',
      config: {
        prompt: '{{ input.question }}',
        history: 'input.talk',
        model: { provider: 'compatible', model: modelName },
      },
    },
  ]);
  const published = await page.request.post(`/api/v2/workflows/${workflowId}/publish`);
  expect(published.status(), await published.text()).toBe(201);
  await openEditor(page, workflowId);
  await page.getByRole('button', { name: 'Triggers' }).click();
  await panel().getByRole('button', { name: 'Add chat' }).click();
  const form = panel().getByRole('form', { name: 'New chat' });
  await form.getByLabel('Greeting').fill('Ask me about **orders**.');
  await expect(form.getByRole('combobox', { name: 'Input for the message' })).toContainText(
    'question',
  );
  await form.getByRole('combobox', { name: 'Input for the chat history' }).click();
  await page.getByRole('option', { name: /^talk/ }).click();
  await form.getByRole('button', { name: 'Turn on' }).click();
  await panel()
    .getByRole('list', { name: 'Triggers' })
    .getByRole('button', { name: /^Chat/ })
    .click();
  await panel().getByRole('link', { name: 'Open chat' }).click();
  await expect(
    page.getByRole('region', { name: 'Workflows' }).getByRole('button', { name: /^Order desk/ }),
  ).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('region', { name: 'Agents' })).toBeVisible();
});

test(
  'a message starts a run: its steps and its text are seen live, and its output is the answer',
  long,
  async () => {
    await write('Where is order 7?');
    await expect(answers().first()).toContainText('Ask me about orders.');
    const answer = answers().last();
    await expect(answer.getByRole('list', { name: 'Steps' })).toContainText('Write the answer');
    await expect.poll(() => model.open()).toBe(1);
    model.say('On its way ');
    await expect(answer).toContainText('On its way');
    await page.reload();
    await expect(answer).toContainText('On its way');
    model.say('to you.');
    model.finish();
    await expect(answer).toContainText('On its way to you.');
    await expect(answer.getByRole('region', { name: 'Progress' })).toBeHidden();
    await expect(page.getByRole('list', { name: 'Chats' }).getByRole('link')).toHaveCount(1);
  },
);

test('a turn is stopped, and asked again', long, async () => {
  await write('And order 8?');
  await expect.poll(() => model.open()).toBe(1);
  await page.getByRole('button', { name: 'Stop the answer' }).click();
  await expect(answers().last()).toContainText('Stopped.');
  await expect.poll(() => model.open()).toBe(0);
  await write('Order 8, please.');
  await expect.poll(() => model.open()).toBe(1);
  model.say('Delivered.');
  model.finish();
  await expect(answers().last()).toContainText('Delivered.');
});

test('nobody can write while it is turned off; the run is like any other', long, async () => {
  const address = page.url();
  const list = await page.request.get(`/api/v2/workflows/${workflowId}/triggers`);
  const [trigger] = (await list.json()).items as { id: string }[];
  const change = (enabled: boolean) =>
    page.request.patch(`/api/v2/triggers/${trigger?.id}`, { data: { enabled } });
  expect((await change(false)).status()).toBe(200);
  await expect(message()).toBeDisabled();
  await expect(message()).toHaveAttribute('placeholder', 'The chat of “Order desk” is turned off.');
  expect((await change(true)).status()).toBe(200);
  await expect(message()).toBeEnabled();
  await answers().last().getByRole('link', { name: 'Open run' }).click();
  await expect(page.getByText('Succeeded', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('from chat')).toBeVisible();
  await page.goto(address);
  await expect(answers()).toHaveCount(4);
});

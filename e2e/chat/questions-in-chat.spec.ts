import { expect, type Page } from '@playwright/test';
import { createChain } from '../support/editor';
import { owner } from '../support/owner';
import { freshPage, signIn } from '../support/people';
import { test } from '../support/test';

let page: Page;

async function publish(id: string) {
  const published = await page.request.post(`/api/v2/workflows/${id}/publish`);
  expect(published.status(), await published.text()).toBe(201);
}

// A workflow that runs another, which asks a person: the question is two runs below what one has started.
test.beforeAll(async ({ browser }) => {
  page = await freshPage(browser);
  await signIn(page, owner);
  const made = await page.request.post('/api/v2/workspaces', { data: { name: 'Refund room' } });
  expect(made.status(), await made.text()).toBe(201);
  const place = (at: number) => ({ position: { x: at * 328, y: 0 } });
  const asks = await page.request.post('/api/v2/workflows', {
    data: {
      ...{ schema: 1, name: 'Ask for a refund' },
      nodes: [
        { id: 'start', key: 'start', type: 'start', name: 'Start', ...place(0), config: {} },
        {
          ...{ id: 'ask', key: 'ask', type: 'approval', name: 'Ask a person', ...place(1) },
          config: { question: 'Refund order 7?' },
        },
      ],
      edges: [{ id: 'e', source: 'start', target: 'ask' }],
    },
  });
  expect(asks.status(), await asks.text()).toBe(201);
  const { id: inner } = await asks.json();
  await publish(inner);
  const outer = await createChain(page, 'Refunds', [
    { id: 'start', type: 'start', name: 'Start', config: {} },
    { id: 'sub', type: 'workflow', name: 'Refund it', config: { workflowId: inner } },
    { id: 'end', type: 'output', name: 'Result', config: { template: 'All is done.' } },
  ]);
  await publish(outer);
  const chat = await page.request.post(`/api/v2/workflows/${outer}/triggers`, {
    data: { kind: 'chat', name: '', config: {} },
  });
  expect(chat.status(), await chat.text()).toBe(201);
});
test.afterAll(async () => {
  await page?.context().close();
});

async function write(text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
}
async function openChat(): Promise<void> {
  await page.goto('/chat');
  const workflows = page.getByRole('region', { name: 'Workflows' });
  await workflows.getByRole('button', { name: /^Refunds/ }).click();
}
const question = (on: Page) => on.getByRole('region', { name: 'Refund order 7?' });

test('a question of a run below is asked and answered in the thread, and gone on another device', async ({
  browser,
}) => {
  await openChat();
  await write('Please refund order 7.');
  await expect(question(page)).toBeVisible();
  const other = await freshPage(browser);
  // The same person in the same workspace.
  await other.context().addCookies(await page.context().cookies());
  await other.goto(page.url());
  await expect(question(other)).toBeVisible();
  await question(other).getByRole('button', { name: 'Approve' }).click();
  await expect(question(page)).toHaveCount(0);
  await expect(page.getByRole('article', { name: 'Refunds answered' })).toContainText(
    'All is done.',
  );
  await other.context().close();
});

test('a run that a command started tells in the chat how far it is, and asks there', async () => {
  await openChat();
  await write('/run Refunds');
  await page.getByRole('button', { name: 'Do it' }).click();
  await expect(question(page)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText('0 of 2 steps');
  await question(page).getByRole('button', { name: 'Approve' }).click();
  await expect(question(page)).toHaveCount(0);
  await expect(page.getByRole('article', { name: /did \/run/ })).toContainText('Succeeded');
});

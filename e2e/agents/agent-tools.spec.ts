import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { owner } from '../support/owner';
import { long, test } from '../support/test';

test.use({ storageState: owner.state });

const line = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

type Call = { name: string; arguments: Record<string, unknown> };

/** A vendor whose model works out a sum, then places an order, then says what came of it; and the shop beside it. */
async function openWorld() {
  const orders: string[] = [];
  let shop = '';
  const turns = (): { text: string; calls: Call[] }[] => [
    { text: 'The sum first.', calls: [{ name: 'calculate', arguments: { expression: '3 * 14' } }] },
    {
      text: 'Now the order.',
      calls: [
        {
          name: 'http_request',
          arguments: { method: 'POST', url: shop, body: { article: 'A-12', amount: 3 } },
        },
      ],
    },
    { text: 'Three of A-12 are ordered.', calls: [] },
  ];
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    if (request.url === '/orders') {
      orders.push(text);
      response.setHeader('content-type', 'application/json');
      return void response.end('{"accepted": true}');
    }
    if (request.url?.endsWith('/models')) {
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify({ object: 'list', data: [{ id: 'clerk-1' }] }));
    }
    const { messages } = JSON.parse(text) as { messages: { role: string }[] };
    const done = messages.filter(({ role }) => role === 'assistant').length;
    const turn = turns()[Math.min(done, 2)];
    response.setHeader('content-type', 'text/event-stream');
    response.write(line({ choices: [{ index: 0, delta: { content: turn?.text } }] }));
    for (const [index, call] of (turn?.calls ?? []).entries()) {
      const named = { name: call.name, arguments: JSON.stringify(call.arguments) };
      const delta = { tool_calls: [{ index, id: `c${done}-${index}`, function: named }] };
      response.write(line({ choices: [{ index: 0, delta }] }));
    }
    const reason = turn?.calls.length ? 'tool_calls' : 'stop';
    response.write(line({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }));
    const usage = { prompt_tokens: 12, completion_tokens: 6 };
    response.end(`${line({ choices: [], usage })}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  shop = `http://127.0.0.1:${port}/orders`;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, server, orders };
}

const key = '/api/v2/models/compatible/key';

async function hire(page: Page, handle: string): Promise<string> {
  const model = { provider: 'compatible', model: 'clerk-1' };
  const tools = [{ name: 'calculate' }, { name: 'http_request' }];
  const made = await page.request.post('/api/v2/agents', {
    data: { handle, name: 'Order clerk', instructions: 'Place orders.', model, tools },
  });
  expect(made.status()).toBe(201);
  return ((await made.json()) as { id: string }).id;
}

test(
  'an agent uses its tools; what cannot be taken back waits for a person, and is done once',
  long,
  async ({ page }) => {
    const world = await openWorld();
    await page.request.put(key, { data: { key: 'k', baseUrl: world.baseUrl } });
    try {
      const id = await hire(page, 'clerk');
      await page.goto(`/agents/${id}`);
      await expect(page.getByRole('button', { name: 'Calculator' })).toBeVisible();
      const task = await page.request.post(`/api/v2/agents/${id}/tasks`, {
        data: { input: 'Order three of A-12.' },
      });
      expect(task.status()).toBe(202);
      const run = (await task.json()) as { id: string };
      await page.goto(`/runs/${run.id}?step=task`);
      await expect(page.getByText('Order clerk wants to use “HTTP request”')).toBeVisible();
      expect(world.orders).toEqual([]);
      await page.getByRole('button', { name: 'Change the arguments' }).click();
      const edited = page.getByLabel('Arguments as JSON');
      await edited.fill((await edited.inputValue()).replace('"amount": 3', '"amount": 2'));
      await page.getByRole('button', { name: /^Approve/ }).click();
      await expect(page.getByText('Three of A-12 are ordered.').first()).toBeVisible();
      expect(world.orders.map((text) => JSON.parse(text))).toEqual([
        { article: 'A-12', amount: 2 },
      ]);

      // The same in a chat, refused.
      await page.goto('/chat');
      const thread = await page.request.post('/api/v2/threads', { data: { agentId: id } });
      await page.goto(`/chat/${((await thread.json()) as { id: string }).id}`);
      await page.getByRole('textbox').last().fill('Order three of A-12.');
      await page.keyboard.press('Enter');
      await page.getByPlaceholder('Why not, or what to do instead').fill('Not this month.');
      await page.getByRole('button', { name: 'Refuse' }).click();
      await expect(page.getByText('Three of A-12 are ordered.').first()).toBeVisible();
      expect(world.orders).toHaveLength(1);
    } finally {
      await page.request.delete(key);
      world.server.close();
    }
  },
);

test('a message is sent, taken, given up and sent again, and the page says so as it happens', async ({
  page,
}) => {
  const post = async (path: string, data: object) =>
    (await (await page.request.post(`/api/v2${path}`, { data })).json()) as {
      id: string;
      items: { delivery: { message: string }; attempt: number }[];
    };
  const { id } = await post('/mailboxes', { name: 'Reviewers' });
  await page.goto(`/messages?mailbox=${id}`);
  await page.getByRole('button', { name: 'Send message' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send message' });
  await dialog.getByLabel('Message').fill('Look at order 7.');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('button', { name: /Look at order 7/ })).toBeVisible();

  const { items } = await post(`/mailboxes/${id}/claim`, { holder: 'elsewhere' });
  await expect(page.getByRole('tab', { name: 'In progress 1' })).toBeVisible();
  const [taken] = items;
  await post('/deliveries/settle', {
    holder: 'elsewhere',
    items: [
      {
        ...{ message: taken?.delivery.message, mailbox: id, attempt: taken?.attempt },
        ...{ end: 'poison', error: 'Order 7 does not exist.' },
      },
    ],
  });
  await page.getByRole('tab', { name: 'Failed 1' }).click();
  await expect(page.getByText('Order 7 does not exist.')).toBeVisible();
  await page.getByRole('button', { name: 'Send all again' }).click();
  await expect(page.getByRole('tab', { name: 'Waiting 1' })).toBeVisible();
});

test(
  'a message to an agent becomes its task, and the answer comes back to the sender',
  long,
  async ({ page }) => {
    const made = await page.request.post('/api/v2/agents', {
      data: { handle: 'courier', name: 'Courier', instructions: 'Answer briefly.', model: 'auto' },
    });
    const agent = (await made.json()) as { id: string };
    const sent = await page.request.post('/api/v2/messages', {
      data: { to: { agent: 'courier' }, body: 'Where is parcel 7?', wantsReply: true },
    });
    expect(sent.status()).toBe(201);
    const found = await page.request.get('/api/v2/mailboxes');
    const { items } = (await found.json()) as { items: { id: string; title: string }[] };
    const mailbox = items.find(({ title }) => title === 'Courier');
    await page.goto(`/messages?mailbox=${mailbox?.id}`);
    await expect(page.getByText('Each message starts a task of Courier.')).toBeVisible();
    await page.getByRole('tab', { name: 'Done 1' }).click();
    await page.getByRole('button', { name: /Where is parcel 7/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Message', exact: true });
    await expect(dialog.getByText('It was answered.')).toBeVisible();
    await dialog.getByRole('link', { name: 'Task', exact: true }).click();
    await expect(page).toHaveURL(/\/runs\//);
    await page.goto(`/agents/${agent.id}`);
    const tasks = page.getByRole('list', { name: 'Earlier tasks' });
    await expect(tasks.getByText(/^From /)).toBeVisible();
  },
);

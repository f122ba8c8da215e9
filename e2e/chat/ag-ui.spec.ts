import { HttpAgent } from '@ag-ui/client';
import { expect, type Page } from '@playwright/test';
import { type ModelServer, modelName, startModelServer } from '../support/model-server';
import { owner } from '../support/owner';
import { freshPage, signIn } from '../support/people';
import { test } from '../support/test';

let page: Page;
let model: ModelServer;

// A workspace of its own: its model server is nobody else's.
test.beforeAll(async ({ browser }) => {
  model = await startModelServer();
  page = await freshPage(browser);
  await signIn(page, owner);
  const made = await page.request.post('/api/v2/workspaces', { data: { name: 'Front ends' } });
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

test('AG-UI’s own client asks an agent of the built product, is cut off and comes back', async ({
  baseURL,
}) => {
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`/api/v2${path}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  };
  const { key } = await post('/api-keys', { name: 'AG-UI client' });
  const made = await post('/agents', {
    ...{ handle: 'front', name: 'Front', instructions: 'You help.' },
    model: { provider: 'compatible', model: modelName },
  });
  const agent = new HttpAgent({
    url: `${baseURL}/api/v2/agents/${made.handle}/ag-ui`,
    headers: { authorization: `Bearer ${key}` },
    initialMessages: [{ id: 'm1', role: 'user', content: 'Say two words.' }],
  });
  const texts = () =>
    agent.messages.flatMap(({ role, content }) => (role === 'assistant' ? [content] : []));
  const runId = crypto.randomUUID();
  const cut = agent.subscribe({ onTextMessageContentEvent: () => agent.abortRun() });
  const first = agent.runAgent({ runId }).catch(() => undefined);
  await expect.poll(() => model.open()).toBe(1);
  model.say('One ');
  await first;
  cut.unsubscribe();
  // The run goes on: its model is still being listened to.
  expect(model.open()).toBe(1);
  const again = agent.runAgent({ runId });
  model.say('two.');
  model.finish();
  await again;
  expect(texts()).toEqual(['One two.']);
  expect(agent.state).toMatchObject({ ensemble: { status: 'succeeded' } });
  const run = await page.request.get(`/api/v2/runs/${agent.state.ensemble.runId}`);
  expect(await run.json()).toMatchObject({ status: 'succeeded', trigger: 'api' });
});

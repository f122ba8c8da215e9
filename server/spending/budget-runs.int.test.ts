import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { picoOf, usdOf } from '@/lib/spending/pico';
import type { BreachAction, BudgetScope } from '@/lib/spending/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { serveStreams } from '@/server/models/testing/stream-server';
import { answerStep } from '@/server/runs/control/answer-step';
import { ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createBudget } from './budgets/create-budget';
import { getBudget } from './budgets/get-budget';
import { listBudgetEntries } from './calls/list-entries';
import { listRunCalls } from './calls/list-run-calls';
import { putModelPrice } from './prices/put-price';

/** A vendor that bills what it delivers, and writes no more than it is told to. */
let bill = 0n;
let most: (number | undefined)[] = [];
const price = { large: [3_000_000n, 15_000_000n], small: [30_000n, 150_000n] } as const;
const written = 300;

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let server: Awaited<ReturnType<typeof serveStreams>>;
let actor: Actor;

beforeAll(async () => {
  server = await serveStreams((response, { path, body }) => {
    if (path.endsWith('/models')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end('{"object":"list","data":[{"id":"small"}]}');
    }
    const asked = JSON.parse(body) as { model: 'large' | 'small'; max_tokens?: number };
    const tokens = Math.min(written, asked.max_tokens ?? written);
    const [input, output] = price[asked.model];
    bill += 12n * input + BigInt(tokens) * output;
    most.push(asked.max_tokens);
    const line = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
    const finish_reason = tokens < written ? 'length' : 'stop';
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(line({ choices: [{ index: 0, delta: { content: 'word '.repeat(tokens) } }] }));
    response.write(line({ choices: [{ index: 0, delta: {}, finish_reason }] }));
    const usage = { prompt_tokens: 12, completion_tokens: tokens };
    response.end(`${line({ choices: [], usage })}data: [DONE]\n\n`);
  });
  const allowed = await testConfig({ ENSEMBLE_EGRESS_ALLOW: `127.0.0.1:${server.port}` });
  services = await createServices(allowed, 'test');
  worker = await startWorker(services);
});
beforeEach(async () => {
  bill = 0n;
  most = [];
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId };
  await putKey(services, actor, {
    params: { provider: 'compatible' },
    query: {},
    body: { key: '', baseUrl: `${server.origin}/v1` },
  });
  for (const [model, [input, output]] of Object.entries(price)) {
    const params = { provider: 'compatible', model } as const;
    const body = {
      inputUsdPerMillion: usdOf(input * 1_000_000n),
      outputUsdPerMillion: usdOf(output * 1_000_000n),
    };
    await putModelPrice(services, actor, { params, query: {}, body });
  }
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  server.close();
});

async function limit(capUsd: string, onBreach: BreachAction, scope: BudgetScope = 'workspace') {
  const body = { scope, window: 'none', capUsd, softAt: 80, onBreach, timeZone: 'UTC' } as const;
  return createBudget(services, actor, { params: {}, query: {}, body });
}

async function start(): Promise<string> {
  const model = { provider: 'compatible', model: 'large' };
  const config = { model, prompt: 'Say something.', maxTokens: 1_000 };
  const node = { id: 'ask', key: 'ask', type: 'model', name: 'Ask', position: { x: 0, y: 0 } };
  const plan = compile(
    definitionSchema.parse({ name: 'Ask', nodes: [{ ...node, config }], edges: [] }),
    catalogue,
  );
  const { id } = await services.engine.start({
    workspaceId: actor.workspaceId,
    ...{ name: 'Ask', mode: 'live', trigger: 'manual', plan, definitionHash: 'test', input: {} },
  });
  return id;
}

const callsOf = async (id: string) =>
  (await listRunCalls(services, actor, { params: { id }, query: { limit: 50 }, body: undefined }))
    .items;
const answer = (id: string, value: unknown, as: Actor = actor) =>
  answerStep(services, as, {
    params: { id, stepId: 'ask' },
    query: {},
    body: { answer: value as never },
  });
const asks = (id: string) =>
  eventually('the step asks', async () => {
    const step = (await services.engine.load(id))?.steps.ask;
    return step?.status === 'waiting' && step.wait?.kind === 'person' && step.wait.ask;
  });
const booked = async (budgetId: string) =>
  getBudget(services, actor, { params: { id: budgetId }, query: {}, body: undefined });

test('each call is a fact with its decision and its cost, and counts in its budgets', async () => {
  const budget = await limit('1', 'stop');
  const id = await start();
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  expect(await callsOf(id)).toMatchObject([
    {
      ...{ runId: id, stepId: 'ask', provider: 'compatible', model: 'large', state: 'settled' },
      ...{ inputTokens: 12, outputTokens: written, costUsd: usdOf(bill), maxTokens: 1_000 },
      ...{ finish: 'stop', heldUsd: '0', priceList: expect.stringMatching(/^own /) },
      decision: { policy: 'compatible/large', reason: 'large was chosen.' },
    },
  ]);
  expect(await booked(budget.id)).toMatchObject({ spentUsd: usdOf(bill), heldUsd: '0' });
  const entries = await listBudgetEntries(services, actor, {
    params: { id: budget.id },
    query: { limit: 50 },
    body: undefined,
  });
  expect(entries.items).toMatchObject([{ spentUsd: usdOf(bill), call: { runId: id } }]);
});

test('“stop” fails the step before anything is asked of the model', async () => {
  await limit('0.0001', 'stop');
  const id = await start();
  expect(await ended(services, id)).toMatchObject({
    status: 'failed',
    error: { code: 'budget_exceeded' },
  });
  expect(bill).toBe(0n);
  expect(await callsOf(id)).toEqual([]);
});

test('what is left limits the answer, and the vendor’s bill stays below the cap', async () => {
  const budget = await limit('0.006', 'stop');
  const id = await start();
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  expect(most[0]).toBeLessThan(1_000);
  expect(bill).toBeLessThanOrEqual(picoOf('0.006') ?? 0n);
  expect(await booked(budget.id)).toMatchObject({ spentUsd: usdOf(bill) });
});

test('“ask” waits for people, who grant more once, and the step goes on', async () => {
  const budget = await limit('0.0001', 'ask');
  const id = await start();
  expect(await asks(id)).toMatchObject({
    budget: { model: 'large', breached: [{ id: budget.id, capUsd: '0.0001', spentUsd: '0' }] },
  });
  expect(bill).toBe(0n);
  const editor: Actor = { ...actor, role: 'editor' };
  await expect(answer(id, { do: 'raise', usd: '1' }, editor)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(answer(id, { do: 'raise', usd: '0' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const given = await Promise.allSettled([1, 2].map(() => answer(id, { do: 'raise', usd: '1' })));
  expect(given.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  expect(await booked(budget.id)).toMatchObject({
    spentUsd: usdOf(bill),
    subjects: [{ capUsd: '1.0001', spentUsd: usdOf(bill) }],
  });
});

test('“ask” can be answered with a cheaper model, or with no', async () => {
  await limit('0.0005', 'ask');
  const [cheaper, no] = [await start(), await start()];
  await Promise.all([asks(cheaper), asks(no)]);
  await answer(cheaper, { do: 'cheaper' });
  expect(await ended(services, cheaper)).toMatchObject({ status: 'succeeded' });
  expect(await callsOf(cheaper)).toMatchObject([
    {
      model: 'small',
      decision: {
        reason: expect.stringContaining('does not fit the budget'),
        candidates: expect.arrayContaining([
          { provider: 'compatible', model: 'large', why: expect.any(String) },
        ]),
      },
    },
  ]);
  await answer(no, { do: 'stop' });
  expect(await ended(services, no)).toMatchObject({ status: 'failed' });
});

test('“downgrade” takes the cheaper model by itself', async () => {
  const budget = await limit('0.0005', 'downgrade', 'run');
  const id = await start();
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  expect(await callsOf(id)).toMatchObject([{ model: 'small' }]);
  expect(await booked(budget.id)).toMatchObject({ spentUsd: usdOf(bill) });
});

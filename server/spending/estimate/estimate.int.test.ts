import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentInputSchema } from '@/lib/agents/schema';
import { exampleModels } from '@/lib/models/examples';
import type { Actor } from '@/lib/people/schema';
import { ifModelsWords } from '@/lib/spending/if-models';
import { createAgent } from '@/server/agents/create-agent';
import { createServices } from '@/server/compose';
import { makeFromDescription } from '@/server/from-words/make-from-description';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { putModelPrice } from '../prices/put-price';
import { estimateAgent } from './estimate-agent';
import { estimateWorkflow } from './estimate-workflow';

let services: Services;
let actor: Actor;
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'ada', name: 'Ada', email: '', role: 'admin', workspaceId };
});
afterAll(() => services.close());

const agentOf = (name: string, model: unknown, instructions = 'Answer.') =>
  createAgent(services, actor, {
    ...{ params: {}, query: {} },
    body: agentInputSchema.parse({ name, handle: name.toLowerCase(), instructions, model }),
  });
const estimate = (id: string) =>
  estimateAgent(services, actor, { params: { id }, query: {}, body: undefined });

test('without a model, an agent says what an answer would cost with known ones, more with more instructions', async () => {
  const short = await estimate((await agentOf('Short', 'auto')).id);
  const long = await estimate((await agentOf('Long', 'auto', 'Rule. '.repeat(2_000))).id);
  expect(short.ifModels.map(({ model }) => model)).toEqual(
    exampleModels().map(({ provider, id }) => `${provider}/${id}`),
  );
  const costs = short.ifModels.map(({ costUsd }) => Number(costUsd.p50));
  expect(costs.toSorted((a, b) => a - b)).toEqual(costs);
  expect(costs[0]).toBeGreaterThan(0);
  expect(Number(long.ifModels[0]?.costUsd.p50)).toBeGreaterThan(2 * (costs[0] ?? 0));
  expect(ifModelsWords(short.ifModels, 'an answer')).toMatch(/^With .+ about \$0.* an answer, /);
});

test('an agent with a named model has its price, also before its key is there', async () => {
  const { id } = await agentOf('Named', { provider: 'openai', model: 'gpt-5-mini' });
  const found = await estimate(id);
  expect([found.model, found.ifModels]).toEqual(['none', []]);
  expect(Number(found.costUsd?.p50)).toBeGreaterThan(0);
  const none = await agentOf('Odd', { provider: 'openai', model: 'nobody-knows' });
  expect((await estimate(none.id)).costUsd).toBeNull();
});

test('a draft from words and its workflow say the same, by the workspace’s own prices', async () => {
  const [first] = exampleModels();
  if (first === undefined) throw new Error('There is no model.');
  await putModelPrice(services, actor, {
    ...{ params: { provider: first.provider, model: first.id }, query: {} },
    body: { inputUsdPerMillion: '1000', outputUsdPerMillion: '1000' },
  });
  const made = await makeFromDescription(
    services,
    actor,
    {
      ...{ params: {}, query: {} },
      body: {
        ...{ description: 'Summarise the text that is given in three sentences.', create: true },
        ...{ useModel: false, variants: false },
      },
    },
    new Request('http://localhost/'),
  );
  expect(made.estimate.modelCalls).toBeGreaterThan(0);
  const [cheap] = made.estimate.ifModels;
  expect(cheap?.list).toMatch(/^own /);
  expect(Number(cheap?.costUsd.p50)).toBeGreaterThan(0.5);
  const whole = await estimateWorkflow(services, actor, {
    ...{ params: { id: made.id ?? '' }, query: {}, body: {} },
  });
  expect(whole.ifModels).toEqual(made.estimate.ifModels);
});

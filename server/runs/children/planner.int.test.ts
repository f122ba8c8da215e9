import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { ended, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';

const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;

beforeAll(async () => {
  await mock.start();
  const { hostname, port } = new URL(mock.url);
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: `${hostname}:${port}` }),
    'test',
  );
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'owner', workspaceId };
  await putKey(services, actor, {
    params: { provider: 'openai' },
    query: {},
    body: { key: 'sk-test-ABCDEFGHIJKLMNOP', baseUrl: `${mock.url}/v1` },
  });
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  await mock.stop();
});

const step = (id: string, type: string, instruction: string, after: string[] = []) => ({
  id,
  name: id,
  type,
  agent: '',
  instruction,
  after,
});
const reply = (value: object) => ({
  content: JSON.stringify({ done: false, text: '', why: '', steps: [], ...value }),
});

it('plans again with what the finished steps of a failed plan found, and keeps it', async () => {
  // The newest rule that fits answers: what knows of the failure comes first.
  mock.onMessage(/Not done/, reply({ done: true, text: 'Sell the boat for 900.' }));
  mock.onMessage(/^List the prices/, { content: 'The boat costs 900.' });
  mock.onMessage(
    /^Goal:/,
    reply({
      steps: [
        step('prices', 'model', 'List the prices.'),
        step('broken', 'transform', 'int("no number")', ['prices']),
        step('draft', 'model', 'Write it down.', ['broken']),
      ],
    }),
  );
  const definition = definitionSchema.parse({
    name: 'Plan',
    nodes: [
      {
        id: 'plan',
        key: 'plan',
        type: 'planner',
        name: 'Plan',
        position: { x: 0, y: 0 },
        config: { goal: 'Save money' },
      },
    ],
    edges: [],
  });
  const { id } = await services.engine.start({
    workspaceId: actor.workspaceId,
    name: 'Plan',
    mode: 'live',
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input: {},
  });
  const state = await ended(services, id);
  expect(state.steps.plan?.error).toBeUndefined();
  expect(state.output).toMatchObject({
    text: 'Sell the boat for 900.',
    results: [{ prices: { text: 'The boat costs 900.' } }],
  });
  const asked = mock
    .getRequests()
    .map(({ body }) => JSON.stringify(body))
    .filter((body) => body.includes('Results so far'));
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('The boat costs 900.');
  expect(asked[0]).toContain('Not done: broken (broken), draft (draft)');
  const { rows } = await services.pool.query('select status from run where parent_run_id = $1', [
    id,
  ]);
  expect(rows).toEqual([{ status: 'failed' }]);
});

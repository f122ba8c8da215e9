import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { agentInputSchema } from '@/lib/agents/schema';
import type { InputOf } from '@/lib/api/define-route';
import type { Change } from '@/lib/experiments/schema';
import type { Actor } from '@/lib/people/schema';
import type { forkRun as forkContract } from '@/lib/runs/contract';
import { createAgent } from '@/server/agents/create-agent';
import { getAgent } from '@/server/agents/get-agent';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { startTwin, type Twin } from '@/server/models/testing/twin/twin';
import { forkRun } from '@/server/runs/debugging/fork-run';
import { startRun } from '@/server/runs/starting/start-run';
import { ended } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { listRunCalls } from '@/server/spending/calls/list-run-calls';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { getWorkflow } from '@/server/workflows/get-workflow';

import { adoptVariant } from './adopt-variant';
import { deleteExperiment } from './delete-experiment';
import { getExperiment } from './get-experiment';
import { at, type Body, experimentsOf, mini, sol } from './testing/fixture';
import { updateExperiment } from './update-experiment';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let twin: Twin;
let ada: Actor;
let of: ReturnType<typeof experimentsOf>;

beforeAll(async () => {
  twin = await startTwin();
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: `127.0.0.1:${twin.port}` }),
    'test',
  );
  worker = await startWorker(services);
});
beforeEach(async () => {
  ada = await anEditor(services);
  of = experimentsOf(services, ada);
  const body = { key: 'k', baseUrl: `${twin.origin}/v1` };
  await putKey(services, ada, { params: { provider: 'openai' }, query: {}, body });
  twin.asked.length = 0;
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  await twin.close();
});

async function run(workflowId: string, mode: 'live' | 'rehearsal' = 'live'): Promise<string> {
  const body = { input: {}, mode, version: 'live' as const };
  const { id } = await startRun(services, ada, { params: { id: workflowId }, query: {}, body });
  await ended(services, id);
  return id;
}
const callsOf = async (id: string) =>
  (await listRunCalls(services, ada, { ...at(id), query: { limit: 50 } })).items;
const trialsOf = async (id: string) =>
  (await callsOf(id)).map(({ decision }) => decision.experiment?.variant);
const read = (id: string) => getExperiment(services, ada, at(id));
const end = (id: string) =>
  updateExperiment(services, ada, { ...at(id), body: { state: 'ended' as const } });
const fork = (id: string, more: Partial<InputOf<typeof forkContract>['body']> = {}) =>
  forkRun(services, ada, {
    ...at(id),
    body: { from: ['ask'], settings: {}, version: 'same', ...more },
  });

test('each run gets a variant, which its call records and the reading counts', async () => {
  const workflowId = await of.aWorkflow();
  const before = await run(workflowId);
  const { id } = await of.begin(workflowId, { prompt: 'Say another thing.', model: sol });
  const runs = [];
  for (let count = 0; count < 12; count += 1) runs.push(await run(workflowId));
  const rehearsed = await run(workflowId, 'rehearsal');
  expect(await trialsOf(before)).toEqual([undefined]);
  expect(await trialsOf(rehearsed)).toEqual([undefined]);
  const got = { A: 0, B: 0 };
  for (const each of runs) {
    const [call] = await callsOf(each);
    const trial = call?.decision.experiment;
    expect(trial).toMatchObject({ id, name: 'Two prompts' });
    expect(call?.model).toBe(trial?.variant === 'B' ? sol.model : mini.model);
    got[trial?.variant ?? 'A'] += 1;
  }
  expect(got.A + got.B).toBe(12);
  expect(twin.asked.filter(({ body }) => body.includes('Say another thing.'))).toHaveLength(got.B);
  const experiment = await read(id);
  expect(experiment.variants.map(({ counted }) => counted)).toEqual([got.A, got.B]);
  expect(experiment).toMatchObject({ state: 'running', decided: null });
  const { rows } = await services.pool.query<{ cost: string }>(
    `select coalesce(sum(cost_pico), 0)::text as cost from model_call where workspace_id = $1 and run_id = any($2)`,
    [ada.workspaceId, runs],
  );
  const { rows: tasks } = await services.pool.query<{ cost: string }>(
    'select sum(cost_pico)::text as cost from experiment_task where experiment_id = $1',
    [id],
  );
  expect(tasks[0]?.cost).toBe(rows[0]?.cost);
});

test('another attempt, a replay and the end of the experiment change nothing of a task', async () => {
  const workflowId = await of.aWorkflow({ retry: { attempts: 3, backoffMs: 0 } });
  const { id } = await of.begin(workflowId, { prompt: 'Say another thing.' });
  const overloaded = { status: 503, body: { error: { message: 'Overloaded' } } };
  let failed = 0;
  for (let round = 0; round < 6; round += 1) {
    twin.script(overloaded);
    const tried = await run(workflowId);
    const variants = await trialsOf(tried);
    if (variants.length > 1) failed += 1;
    expect(new Set(variants).size).toBe(1);
    if (round === 4) await end(id);
    const again = await fork(tried);
    await ended(services, again.id);
    expect(new Set([...variants, ...(await trialsOf(again.id))])).toHaveProperty('size', 1);
    const changed = await fork(tried, { settings: { ask: { prompt: 'Mine.' } } });
    await ended(services, changed.id);
    expect(await trialsOf(changed.id)).toEqual([undefined]);
    if (round === 4) break;
  }
  expect(failed).toBeGreaterThan(0);
  expect(await trialsOf(await run(workflowId))).toEqual([undefined]);
  const { variants } = await read(id);
  expect(variants.reduce((sum, { counted }) => sum + counted, 0)).toBe(5);
});

test('a variant is taken over as an edit of the draft, and the experiment ends', async () => {
  const workflowId = await of.aWorkflow();
  const { id } = await of.begin(workflowId, { prompt: 'Say another thing.', model: sol });
  const body = { variant: 'B' as const };
  const done = await adoptVariant(services, ada, { params: { id }, query: {}, body });
  expect(done).toMatchObject({ state: 'ended', adopted: 'B', endReason: 'Ada ended it.' });
  const { definition, ahead } = await getWorkflow(services, ada, at(workflowId));
  expect(definition.nodes[0]?.config).toMatchObject({ model: sol, prompt: 'Say another thing.' });
  expect(ahead).toBe(true);
});

test('what cannot be an experiment is refused in words', async () => {
  const workflowId = await of.aWorkflow();
  const refused = (change: Change, more?: Partial<Body>) =>
    expect(of.begin(workflowId, change, more)).rejects;
  await refused({ prompt: 'About {{ steps.nobody.output.text }}' }).toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('Variant B: '),
  });
  await refused({}, { target: { type: 'step', workflowId, stepId: 'gone' } }).toMatchObject({
    message: expect.stringContaining('no such step'),
  });
  await refused({}, { target: { type: 'agent', agentId: randomUUID() } }).toMatchObject({
    code: 'not_found',
  });
  const stranger = await anEditor(services);
  await expect(of.begin(workflowId, {}, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
  const { id } = await of.begin(workflowId, {});
  for (const use of [getExperiment, deleteExperiment] as const) {
    await expect(use(services, stranger, at(id))).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('of two people who start one at once, one does and the other hears whose it is', async () => {
  let told = 0;
  for (let round = 0; round < 10; round += 1) {
    const workflowId = await of.aWorkflow();
    const both = await Promise.allSettled([of.begin(workflowId, {}), of.begin(workflowId, {})]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((each) => each.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('runs the experiment “Two prompts” on this step already'),
    });
    told += 1;
  }
  process.stdout.write(`two starts at once: ${told} rounds, one experiment each\n`);
});

test('each item of a list is a task of its own', async () => {
  const nodes = [
    { id: 'each', type: 'map', name: 'Each', config: { items: '[1, 2, 3, 4, 5, 6, 7, 8]' } },
    {
      ...{ id: 'ask', type: 'model', name: 'Ask', group: 'each' },
      config: { model: mini, prompt: 'Say {{ item }}.' },
    },
  ];
  const workflowId = await of.publish('Items', nodes);
  const { id } = await of.begin(workflowId, { prompt: 'Write {{ item }}.' });
  const whole = await run(workflowId);
  const calls = await callsOf(whole);
  expect(calls).toHaveLength(8);
  const got = calls.map(({ decision }) => decision.experiment?.variant);
  expect(new Set(got)).toEqual(new Set(['A', 'B']));
  expect(twin.asked.filter(({ body: sent }) => sent.includes('Write '))).toHaveLength(
    got.filter((variant) => variant === 'B').length,
  );
  const { variants } = await read(id);
  expect(variants.reduce((sum, { counted }) => sum + counted, 0)).toBe(8);
});

test('an agent has its variant wherever it works, unless the step says otherwise', async () => {
  const agent = await createAgent(services, ada, {
    ...{ params: {}, query: {} },
    body: agentInputSchema.parse({
      ...{ handle: 'writer', name: 'Writer', instructions: 'You write.', model: mini },
    }),
  });
  const nodes = (model?: object) => [
    {
      ...{ id: 'ask', type: 'agent', name: 'Ask' },
      config: { agent: 'writer', prompt: 'Write one line.', ...(model ? { model } : {}) },
    },
  ];
  const made = (model?: object) => of.publish('Agents', nodes(model));
  const [plain, own] = [await made(), await made(mini)];
  const { id } = await of.begin(
    plain,
    { instructions: 'You hardly write.', model: sol },
    { target: { type: 'agent', agentId: agent.id } },
  );
  const seen = new Set<string | undefined>();
  for (let count = 0; count < 10; count += 1) {
    const [call] = await callsOf(await run(plain));
    const variant = call?.decision.experiment?.variant;
    seen.add(variant);
    expect(call?.model).toBe(variant === 'B' ? sol.model : mini.model);
  }
  expect(seen).toEqual(new Set(['A', 'B']));
  expect(twin.asked.some(({ body }) => body.includes('You hardly write.'))).toBe(true);
  expect(await trialsOf(await run(own))).toEqual([undefined]);
  const body = { variant: 'B' as const };
  await adoptVariant(services, ada, { params: { id }, query: {}, body });
  expect(await getAgent(services, ada, at(agent.id))).toMatchObject({
    ...{ instructions: 'You hardly write.', model: sol, version: 2 },
  });
});

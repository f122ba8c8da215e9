import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InputOf } from '@/lib/api/define-route';
import type { createExperiment as createContract } from '@/lib/experiments/contract';
import type { Change } from '@/lib/experiments/schema';
import type { Actor } from '@/lib/people/schema';
import type { forkRun as forkContract } from '@/lib/runs/contract';
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
import { createWorkflow } from '@/server/workflows/create-workflow';
import { getWorkflow } from '@/server/workflows/get-workflow';
import { publishWorkflow } from '@/server/workflows/publish-workflow';

import { adoptVariant } from './adopt-variant';
import { countTasks } from './count-tasks';
import { createExperiment } from './create-experiment';
import { deleteExperiment } from './delete-experiment';
import { getExperiment } from './get-experiment';
import { joinExperiment } from './join-experiment';
import { listExperiments } from './list-experiments';
import { updateExperiment } from './update-experiment';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let twin: Twin;
let ada: Actor;

const sol = { provider: 'openai', model: 'gpt-6-sol' } as const;
const mini = { provider: 'openai', model: 'gpt-5-mini' } as const;

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
  const body = { key: 'k', baseUrl: `${twin.origin}/v1` };
  await putKey(services, ada, { params: { provider: 'openai' }, query: {}, body });
  twin.asked.length = 0;
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  await twin.close();
});

const at = (id: string) => ({ params: { id }, query: {}, body: undefined });

/** A published workflow that asks a model once. */
async function aWorkflow(policy?: object): Promise<string> {
  const config = { model: mini, prompt: 'Say one thing.' };
  const nodes = [{ id: 'ask', type: 'model', name: 'Ask', config, ...(policy ? { policy } : {}) }];
  const body = { text: JSON.stringify({ name: 'Asking', nodes }), mediaType: 'application/json' };
  const { id } = await createWorkflow(services, ada, { params: {}, query: {}, body });
  await publishWorkflow(services, ada, { ...at(id), body: { note: '' } });
  return id;
}

type Body = InputOf<typeof createContract>['body'];
const begin = (workflowId: string, change: Change, more: Partial<Body> = {}, by = ada) =>
  createExperiment(services, by, {
    ...{ params: {}, query: {} },
    body: {
      ...{ name: 'Two prompts', goal: 'cost', sharePercent: 50 },
      ...{ maxCostUsd: null, maxFailurePercent: null },
      target: { type: 'step', workflowId, stepId: 'ask' },
      variants: [
        { name: 'As it is', change: {} },
        { name: 'Other', change },
      ],
      ...more,
    },
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
  const workflowId = await aWorkflow();
  const before = await run(workflowId);
  const { id } = await begin(workflowId, { prompt: 'Say another thing.', model: sol });
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
  const workflowId = await aWorkflow({ retry: { attempts: 3, backoffMs: 0 } });
  const { id } = await begin(workflowId, { prompt: 'Say another thing.' });
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
  const workflowId = await aWorkflow();
  const { id } = await begin(workflowId, { prompt: 'Say another thing.', model: sol });
  const body = { variant: 'B' as const };
  const done = await adoptVariant(services, ada, { params: { id }, query: {}, body });
  expect(done).toMatchObject({ state: 'ended', adopted: 'B', endReason: 'Ada ended it.' });
  const { definition, ahead } = await getWorkflow(services, ada, at(workflowId));
  expect(definition.nodes[0]?.config).toMatchObject({ model: sol, prompt: 'Say another thing.' });
  expect(ahead).toBe(true);
});

test('what cannot be an experiment is refused in words', async () => {
  const workflowId = await aWorkflow();
  const refused = (change: Change, more?: Partial<Body>) =>
    expect(begin(workflowId, change, more)).rejects;
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
  await expect(begin(workflowId, {}, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
  const { id } = await begin(workflowId, {});
  for (const use of [getExperiment, deleteExperiment] as const) {
    await expect(use(services, stranger, at(id))).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('of two people who start one at once, one does and the other hears whose it is', async () => {
  let told = 0;
  for (let round = 0; round < 10; round += 1) {
    const workflowId = await aWorkflow();
    const both = await Promise.allSettled([begin(workflowId, {}), begin(workflowId, {})]);
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

/** A run as it is in the database, with what one step of it came to, or still under way. */
async function stored(
  workflowId: string,
  { at: created = new Date(), over = true, failed = false, calls = [1_000n] } = {},
): Promise<string> {
  const id = randomUUID();
  const finished = over ? new Date() : null;
  await services.pool.query(
    `insert into run (id, workspace_id, workflow_id, version_number, name, mode, trigger, status, definition, input,
       definition_hash, created_at, finished_at)
     values ($1, $2, $3, 1, 'Test', 'live', 'api', $4, '{}', '{}', 'x', $5, $6)`,
    [id, ada.workspaceId, workflowId, over ? 'succeeded' : 'running', created, finished],
  );
  if (over) await finish(id, failed);
  for (const [place, cost] of calls.entries()) {
    await services.pool.query(
      `insert into model_call (id, workspace_id, run_id, root_run_id, step_id, node_id, attempt, mode, provider, model,
         decision, state, held_pico, cost_pico)
       values ($1, $2, $3, $3, 'ask', 'ask', $4, 'live', 'openai', 'm', '{}', 'settled', 0, $5)`,
      [randomUUID(), ada.workspaceId, id, place + 1, cost],
    );
  }
  return id;
}

async function finish(runId: string, failed = false): Promise<void> {
  await services.pool.query(
    `insert into step (run_id, step_id, node_id, status, attempt, started_at, finished_at)
     values ($1, 'ask', 'ask', $2, 1, now() - interval '2 seconds', now())`,
    [runId, failed ? 'failed' : 'succeeded'],
  );
  await services.pool.query(
    `update run set finished_at = now(), status = 'succeeded' where id = $1`,
    [runId],
  );
}

const join = (runId: string, attempt = 1) =>
  joinExperiment(services.pool, {
    ...{ workspaceId: ada.workspaceId, runId, stepId: 'ask', key: `${runId}/ask`, attempt },
    of: { stepId: 'ask' },
  });

test('processes that count at once count each task once, with all that its attempts cost', async () => {
  const workflowId = await aWorkflow();
  const { id } = await begin(workflowId, {});
  const tasks = 300;
  let cost = 0n;
  for (let place = 0; place < tasks; place += 1) {
    // The process died after the first call: another attempt asked again.
    const calls = place % 10 === 0 ? [700n, 1_000n] : [BigInt(1_000 + place)];
    cost += calls.reduce((sum, each) => sum + each, 0n);
    await join(await stored(workflowId, { over: false, calls }));
  }
  const { rows } = await services.pool.query<{ run_id: string }>(
    'select run_id from experiment_task where experiment_id = $1',
    [id],
  );
  const counting = new AbortController();
  const counters = Array.from({ length: 6 }, async () => {
    while (!counting.signal.aborted) await countTasks(services.pool, id);
  });
  for (const [place, row] of rows.entries()) await finish(row.run_id, place % 5 === 0);
  counting.abort();
  await Promise.all(counters);
  await countTasks(services.pool, id);
  const { variants } = await read(id);
  const sum = (of: (each: (typeof variants)[number]) => number) =>
    variants.reduce((all, each) => all + of(each), 0);
  expect([sum(({ tasks }) => tasks), sum(({ counted }) => counted)]).toEqual([tasks, tasks]);
  expect(sum(({ failures }) => failures)).toBe(tasks / 5);
  const { rows: booked } = await services.pool.query<{ cost: string }>(
    'select sum(cost_pico)::text as cost from experiment_task where experiment_id = $1',
    [id],
  );
  expect(BigInt(booked[0]?.cost ?? 0)).toBe(cost);
  process.stdout.write(`6 at once counted ${tasks} tasks: lost 0, twice 0, cost exact\n`);
});

test('a guardrail stops the experiment before another task begins', async () => {
  const workflowId = await aWorkflow();
  const { id } = await begin(workflowId, {}, { maxFailurePercent: 20 });
  let begun = 0;
  for (let place = 0; place < 40; place += 1) {
    const runId = await stored(workflowId, { over: false });
    const joined = await join(runId);
    if (joined === undefined) break;
    begun += 1;
    await finish(runId, joined.trial.variant === 'B');
  }
  const { state, endReason, variants } = await read(id);
  expect({ state, endReason }).toEqual({
    state: 'stopped',
    endReason: 'Variant B (Other) fails more often than its limit.',
  });
  expect(begun).toBeLessThan(40);
  expect(variants[1]?.failures).toBeLessThanOrEqual(4);
  const costly = await aWorkflow();
  const dear = await begin(costly, {}, { maxCostUsd: '0.000001', sharePercent: 95 });
  for (let place = 0; place < 4; place += 1) {
    await join(await stored(costly, { over: false, calls: [3_000_000n] }));
  }
  // Nothing of it has ended, and it has cost more than five tasks may.
  expect(await join(await stored(costly, { over: false }))).toBe(undefined);
  expect(await read(dear.id)).toMatchObject({ state: 'stopped' });
});

test('runs under way keep to an experiment that ends or is deleted; later ones do not', async () => {
  const workflowId = await aWorkflow();
  const { id } = await begin(workflowId, {});
  const [begunBefore, joinedBefore] = [
    await stored(workflowId, { over: false }),
    await stored(workflowId, { over: false }),
  ];
  const first = await join(joinedBefore);
  await end(id);
  expect(await join(await stored(workflowId, { over: false }))).toBe(undefined);
  expect(await join(begunBefore)).toMatchObject({ trial: { id } });
  expect(await join(joinedBefore, 2)).toEqual(first);
  // An attempt that went without goes on without.
  expect(await join(await stored(workflowId, { over: false }), 2)).toBe(undefined);
  await deleteExperiment(services, ada, at(id));
  expect(await join(joinedBefore, 3)).toEqual(first);
  await expect(read(id)).rejects.toMatchObject({ code: 'not_found' });
  const list = { params: {}, query: { limit: 50 }, body: undefined };
  expect((await listExperiments(services, ada, list)).items).toEqual([]);
  await begin(workflowId, {});
});

test('a winner is named once there is one, and stays the one that was named first', async () => {
  const workflowId = await aWorkflow();
  const { id } = await begin(workflowId, {});
  for (let place = 0; place < 160; place += 1) {
    const runId = await stored(workflowId, { over: false, calls: [] });
    const joined = await join(runId);
    const cost =
      (joined?.trial.variant === 'B' ? 500_000n : 1_000_000n) + BigInt(place % 7) * 1_000n;
    await services.pool.query(
      `insert into model_call (id, workspace_id, run_id, root_run_id, step_id, node_id, attempt, mode, provider, model,
         decision, state, held_pico, cost_pico)
       values ($1, $2, $3, $3, 'ask', 'ask', 1, 'live', 'openai', 'm', '{}', 'settled', 0, $4)`,
      [randomUUID(), ada.workspaceId, runId, cost],
    );
    await finish(runId);
    if (place === 19) expect(await read(id)).toMatchObject({ decided: null, difference: {} });
  }
  const { decided, difference } = await read(id);
  expect(decided).toMatchObject({ winner: 'B' });
  expect(Number(difference.low)).toBeLessThan(-0.0000005 + 0.00000001);
  expect(Number(difference.high)).toBeLessThan(0);
  expect((await read(id)).decided).toEqual(decided);
});

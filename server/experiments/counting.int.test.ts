import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { countTasks } from './count-tasks';
import { deleteExperiment } from './delete-experiment';
import { getExperiment } from './get-experiment';
import { listExperiments } from './list-experiments';
import { at, experimentsOf } from './testing/fixture';
import { updateExperiment } from './update-experiment';

let services: Services;
let ada: Actor;
let of: ReturnType<typeof experimentsOf>;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
beforeEach(async () => {
  ada = await anEditor(services);
  of = experimentsOf(services, ada);
});
afterAll(() => services.close());

const read = (id: string) => getExperiment(services, ada, at(id));
const end = (id: string) =>
  updateExperiment(services, ada, { ...at(id), body: { state: 'ended' as const } });

test('processes that count at once count each task once, with all that its attempts cost', async () => {
  const workflowId = await of.aWorkflow();
  const { id } = await of.begin(workflowId, {});
  const tasks = 300;
  let cost = 0n;
  for (let place = 0; place < tasks; place += 1) {
    // The process died after the first call: another attempt asked again.
    const calls = place % 10 === 0 ? [700n, 1_000n] : [BigInt(1_000 + place)];
    cost += calls.reduce((sum, each) => sum + each, 0n);
    await of.join(await of.stored(workflowId, calls));
  }
  const { rows } = await services.pool.query<{ run_id: string }>(
    'select run_id from experiment_task where experiment_id = $1',
    [id],
  );
  const counting = new AbortController();
  const counters = Array.from({ length: 6 }, async () => {
    while (!counting.signal.aborted) await countTasks(services.pool, id);
  });
  for (const [place, row] of rows.entries()) await of.finish(row.run_id, place % 5 === 0);
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
  const workflowId = await of.aWorkflow();
  const { id } = await of.begin(workflowId, {}, { maxFailurePercent: 20 });
  let begun = 0;
  for (let place = 0; place < 40; place += 1) {
    const runId = await of.stored(workflowId);
    const joined = await of.join(runId);
    if (joined === undefined) break;
    begun += 1;
    await of.finish(runId, joined.trial.variant === 'B');
  }
  const { state, endReason, variants } = await read(id);
  expect({ state, endReason }).toEqual({
    state: 'stopped',
    endReason: 'Variant B (Other) fails more often than its limit.',
  });
  expect(begun).toBeLessThan(40);
  expect(variants[1]?.failures).toBeLessThanOrEqual(4);
  const costly = await of.aWorkflow();
  const dear = await of.begin(costly, {}, { maxCostUsd: '0.000001', sharePercent: 95 });
  for (let place = 0; place < 4; place += 1) {
    await of.join(await of.stored(costly, [3_000_000n]));
  }
  // Nothing of it has ended, and it has cost more than five tasks may.
  expect(await of.join(await of.stored(costly))).toBe(undefined);
  expect(await read(dear.id)).toMatchObject({ state: 'stopped' });
});

test('runs under way keep to an experiment that ends or is deleted; later ones do not', async () => {
  const workflowId = await of.aWorkflow();
  const { id } = await of.begin(workflowId, {});
  const [begunBefore, joinedBefore] = [await of.stored(workflowId), await of.stored(workflowId)];
  const first = await of.join(joinedBefore);
  await end(id);
  expect(await of.join(await of.stored(workflowId))).toBe(undefined);
  expect(await of.join(begunBefore)).toMatchObject({ trial: { id } });
  expect(await of.join(joinedBefore, 2)).toEqual(first);
  // An attempt that went without goes on without.
  expect(await of.join(await of.stored(workflowId), 2)).toBe(undefined);
  await deleteExperiment(services, ada, at(id));
  expect(await of.join(joinedBefore, 3)).toEqual(first);
  await expect(read(id)).rejects.toMatchObject({ code: 'not_found' });
  const list = { params: {}, query: { limit: 50 }, body: undefined };
  expect((await listExperiments(services, ada, list)).items).toEqual([]);
  await of.begin(workflowId, {});
});

test('a winner is named once there is one, and stays the one that was named first', async () => {
  const workflowId = await of.aWorkflow();
  const { id } = await of.begin(workflowId, {});
  for (let place = 0; place < 160; place += 1) {
    const runId = await of.stored(workflowId, []);
    const joined = await of.join(runId);
    const cost =
      (joined?.trial.variant === 'B' ? 500_000n : 1_000_000n) + BigInt(place % 7) * 1_000n;
    await of.spend(runId, cost);
    await of.finish(runId);
    if (place === 19) expect(await read(id)).toMatchObject({ decided: null, difference: {} });
  }
  const { decided, difference } = await read(id);
  expect(decided).toMatchObject({ winner: 'B' });
  expect(Number(difference.low)).toBeLessThan(-0.0000005 + 0.00000001);
  expect(Number(difference.high)).toBeLessThan(0);
  expect((await read(id)).decided).toEqual(decided);
});

test('a count that is cut off is made by the next, once', async () => {
  const workflowId = await of.aWorkflow();
  const { id } = await of.begin(workflowId, {});
  let cut = 0;
  let tasks = 0;
  for (let round = 0; round < 30; round += 1) {
    for (let more = 0; more < 3; more += 1) {
      const runId = await of.stored(workflowId);
      await of.join(runId);
      await of.finish(runId);
      tasks += 1;
    }
    // Its one connection may end at any moment.
    const own = new Pool({ connectionString: services.config.databaseUrl, max: 1 });
    own.on('error', () => undefined);
    own.on('connect', (client) => client.on('error', () => undefined));
    const { rows } = await own.query<{ pid: number }>('select pg_backend_pid() as pid');
    const counted = countTasks(own, id).then(
      () => 0,
      () => 1,
    );
    await services.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    cut += await counted;
    await own.end();
  }
  await countTasks(services.pool, id);
  const { variants } = await read(id);
  expect(variants.reduce((sum, { counted }) => sum + counted, 0)).toBe(tasks);
  process.stdout.write(
    `30 counts whose connection was ended: ${cut} cut off, ${tasks} tasks once\n`,
  );
});

test('feedback on answers in chats decides where that is the goal', async () => {
  const workflowId = await of.aWorkflow();
  const { id } = await of.begin(workflowId, {}, { goal: 'feedback' });
  const rated = { A: 0, B: 0 };
  for (let place = 0; place < 120; place += 1) {
    const runId = await of.stored(workflowId);
    const { variant } = (await of.join(runId))?.trial ?? { variant: 'A' as const };
    await of.finish(runId);
    // One of five says nothing.
    if (place % 5 === 0) continue;
    rated[variant] += 1;
    await services.pool.query(
      `with t as (
         insert into thread (id, workspace_id, title, created_by) values (gen_random_uuid(), $1, 'Chat', 'u') returning id
       ), m as (
         insert into message (id, thread_id, position, role, run_id) select gen_random_uuid(), id, 1, 'agent', $2 from t
         returning id
       ), f as (
         insert into answer_feedback (message_id, user_id, workspace_id, agent_id, agent_version, verdict)
         select id, 'u', $1, gen_random_uuid(), 1, $3 from m
       ) update run set thread_id = (select id from t) where id = $2`,
      [ada.workspaceId, runId, variant === 'A' && place % 3 !== 0 ? 'down' : 'up'],
    );
  }
  const { variants, decided } = await read(id);
  expect(variants.map((each) => each.rated)).toEqual([rated.A, rated.B]);
  expect(variants[1]?.foundBad).toBe(0);
  expect(decided).toMatchObject({ winner: 'B' });
});

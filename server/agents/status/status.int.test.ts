import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pageQuery } from '@/lib/api/page';
import type { StepOutcome } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { createServices } from '@/server/compose';
import { none, openTasks, type Tasks, workWith } from '@/server/messages/tasks/testing/tasks-world';
import { begin, eventually } from '@/server/runs/testing/harness';
import { readAgent } from '@/server/runs/worker/resources';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig, testEnvironment } from '@/server/testing/database';
import { openWorld, waitOf } from '@/server/tools/testing/task-world';
import { listAgents } from '../list-agents';
import { keepStatuses } from './keep-statuses';
import { listStatusChanges } from './list-changes';
import { listAgentInstances } from './list-instances';
import { endMaintenance, startMaintenance } from './maintenance';
import { standingsOf } from './standing';

let services: Services;
/** Another process's view of the same rows. */
let others: Services;
let worker: Worker | undefined;
beforeAll(async () => {
  const env = await testEnvironment();
  services = await createServices(await testConfig(env), 'test');
  others = await createServices(await testConfig(env), 'others');
});
afterEach(async () => {
  await worker?.drain(2_000);
  worker = undefined;
});
afterAll(async () => {
  await others.close();
  await services.close();
});

const idOf = (of: Tasks, handle: string) => ({ id: of.agents.get(handle) ?? '' });
const changes = async (of: Tasks, handle: string, more: object = {}) =>
  listStatusChanges(services, of.ada, {
    ...{ params: idOf(of, handle), query: pageQuery.parse(more), body: undefined },
  });
const standing = async (of: Tasks, handle: string) => {
  const found = await standingsOf(services, of.workspaceId);
  return found.find(({ id }) => id === idOf(of, handle).id);
};
const work = async () => {
  worker = await workWith(services, (): StepOutcome => ({ ok: true, output: { text: 'Done.' } }));
  // The first beat says that it starts.
  await eventually('a worker is ready', async () => {
    const { rows } = await services.pool.query("select 1 from worker where state = 'ready'");
    return rows.length > 0;
  });
};
const maintain = (of: Tasks, handle: string, reason: string) =>
  startMaintenance(services, of.ada, { params: idOf(of, handle), query: {}, body: { reason } });
const resume = (of: Tasks, handle: string) =>
  endMaintenance(services, of.ada, { ...none, params: idOf(of, handle) });

test('a change is written once, with its cause and the time of the database, however many notice it at once', async () => {
  const of = await openTasks(services, ['one', 'two']);
  const look = () =>
    Promise.all(
      [services, others, services, others].map((one) => standingsOf(one, of.workspaceId)),
    );
  await look();
  expect((await changes(of, 'one')).items).toMatchObject([
    { number: 1, from: null, status: 'offline', cause: 'No worker is running: nothing starts.' },
  ]);
  await work();
  await look();
  for (let round = 0; round < 10; round += 1) {
    await services.pool.query('update agent set maintenance = $2 where id = $1', [
      idOf(of, 'one').id,
      round % 2 === 0 ? 'Later.' : null,
    ]);
    await look();
  }
  const { items } = await changes(of, 'one');
  expect(items.map(({ number }) => number)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(items.map(({ status }) => status).slice(0, 3)).toEqual(['idle', 'maintenance', 'idle']);
  for (const [index, one] of items.slice(0, -1).entries()) {
    expect(one.from).toBe(items[index + 1]?.status);
    expect(Date.parse(one.at)).toBeGreaterThanOrEqual(Date.parse(items[index + 1]?.at ?? ''));
  }
  const first = await changes(of, 'one', { limit: 5 });
  const rest = await changes(of, 'one', { limit: 50, cursor: first.nextCursor });
  expect([...first.items, ...rest.items]).toEqual(items);
  expect((await changes(of, 'two')).items.map(({ status }) => status)).toEqual(['idle', 'offline']);
  await expect(changes(of, 'one', { cursor: 'x' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('what was noticed too late changes nothing', async () => {
  const of = await openTasks(services, ['one']);
  await work();
  await standingsOf(services, of.workspaceId);
  const slow = new Proxy(others.pool, {
    get: (target, name) =>
      name === 'query'
        ? async (...args: unknown[]) => {
            const answer = await Reflect.apply(target.query, target, args);
            // Between its look and its note, somebody else has noticed twice.
            if (String(args[0]).includes('left join agent_state')) {
              await maintain(of, 'one', 'Quickly.');
              await resume(of, 'one');
            }
            return answer;
          }
        : Reflect.get(target, name),
  });
  await services.pool.query("update agent set maintenance = 'Seen too early.' where id = $1", [
    idOf(of, 'one').id,
  ]);
  await standingsOf({ pool: slow, bus: others.bus }, of.workspaceId);
  const { items } = await changes(of, 'one');
  expect(items.map(({ status }) => status)).toEqual(['idle', 'maintenance', 'idle']);
  expect((await standing(of, 'one'))?.status).toBe('idle');
});

test('in maintenance nothing begins and nothing is lost: messages, pools and steps wait until it is back', async () => {
  const of = await openTasks(services, ['one', 'two']);
  await work();
  await maintain(of, 'one', 'Its tools move.');
  expect(await standing(of, 'one')).toMatchObject({
    ...{ status: 'maintenance', cause: 'Its tools move.', maintenance: 'Its tools move.' },
  });
  const message = await of.send('one');
  await of.look();
  expect(await of.delivery(message)).toMatchObject({ state: 'waiting', attempts: 0 });
  expect((await standing(of, 'one'))?.load).toMatchObject({ queued: 1, running: 0, capacity: 3 });
  const of_ = { workspaceId: of.workspaceId, live: true };
  await expect(readAgent(services.pool, of_, '@one')).rejects.toThrow(
    'one is in maintenance: Its tools move. The step waits until it is back.',
  );
  expect(await readAgent(services.pool, { ...of_, live: false }, 'one')).toMatchObject({
    handle: 'one',
  });
  await resume(of, 'one');
  await eventually('its message is done', async () => {
    await of.look();
    return (await of.delivery(message)).state === 'done';
  });
  await keepStatuses(services);
  expect((await standing(of, 'one'))?.status).toBe('idle');
  const { rows } = await services.pool.query<{ action: string }>(
    `select action from audit where workspace_id = $1 and action like 'agent.%' and subject_id = $2 order by id`,
    [of.workspaceId, idOf(of, 'one').id],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    ...['agent.created', 'agent.maintenance', 'agent.resumed'],
  ]);
});

test('a step of an agent in maintenance waits, held by nobody, and is done when it is back', async () => {
  const task = await openWorld(services, { grants: [], turns: ['Done.'] });
  await services.pool.query(
    "update agent set maintenance = 'Its tools move.' where workspace_id = $1",
    [task.workspaceId],
  );
  const outcome = await task.attempt(1);
  expect(waitOf(outcome)).toMatchObject({
    ...{ kind: 'message', end: { ok: 'again' } },
    ask: { maintenance: expect.any(String) },
  });
  expect(task.asked.size).toBe(0);
  await services.pool.query('update agent set maintenance = null where workspace_id = $1', [
    task.workspaceId,
  ]);
  expect(await task.attempt(2)).toMatchObject({ ok: true, output: { text: 'Done.' } });
});

test('instances are the workers there are, with what they do here; the list says how each agent stands', async () => {
  const of = await openTasks(services, ['one']);
  const foreign = await openTasks(services, ['one']);
  let finish = () => {};
  const until = new Promise<void>((resolve) => {
    finish = resolve;
  });
  worker = await workWith(services, async (): Promise<StepOutcome> => {
    await until;
    return { ok: true, output: { text: 'Done.' } };
  });
  await begin(services, of.workspaceId, aPlan([aStep('a')]));
  const instances = async (who: Tasks) =>
    (await listAgentInstances(services, who.ada, { ...none, params: idOf(who, 'one') })).items;
  const [one] = await eventually('it works', async () => {
    const found = await instances(of);
    return found[0]?.load.steps === 1 && found[0].state === 'ready' && found;
  });
  expect(one).toMatchObject({ name: 'tasks', load: { steps: 1, tasks: 0 } });
  expect(one?.generation).toBeGreaterThan(0);
  // Another workspace learns nothing of that work.
  expect((await instances(foreign))[0]?.load).toEqual({ steps: 0, tasks: 0 });
  await expect(
    listAgentInstances(services, foreign.ada, { ...none, params: idOf(of, 'one') }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    startMaintenance(services, foreign.ada, {
      ...{ params: idOf(of, 'one'), query: {}, body: { reason: 'x' } },
    }),
  ).rejects.toMatchObject({ code: 'not_found' });
  finish();
  const query = pageQuery.parse({});
  const { items } = await listAgents(services, of.ada, { params: {}, query, body: undefined });
  expect(items).toMatchObject([
    {
      handle: 'one',
      status: 'idle',
      cause: 'Ready for a task.',
      load: { running: 0, capacity: 3 },
    },
  ]);
});

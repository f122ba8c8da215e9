import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newPoolSchema, type PoolView } from '@/lib/messages/pools';
import { messageSchema } from '@/lib/messages/schema';
import type { StepOutcome } from '@/lib/runs/schema';
import { deleteAgent } from '@/server/agents/delete-agent';
import { listAgentTasks } from '@/server/agents/list-tasks';
import { createServices } from '@/server/compose';
import { eventually } from '@/server/runs/testing/harness';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig, testEnvironment } from '@/server/testing/database';
import { updateMailbox } from '../mailboxes';
import { sendMessages } from '../send-messages';
import { startTasks } from '../tasks/start-tasks';
import { takeForTasks } from '../tasks/take-store';
import { none, openTasks, type Tasks, workWith } from '../tasks/testing/tasks-world';
import { createPool, listPools, updatePool } from './pools';

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

const make = (of: Tasks, given: object): Promise<PoolView> =>
  createPool(services, of.ada, { ...none, body: newPoolSchema.parse({ name: 'Team', ...given }) });
const sendTo = async (of: Tasks, count: number, more: object = {}, by = services) => {
  const body = Array.from({ length: count }, () =>
    messageSchema.parse({ to: { pool: 'Team' }, body: 'Do it.', ...more }),
  );
  return (await sendMessages(by, of.ada, { ...none, body })).items.map(({ id }) => id);
};
/** How many of the pool's messages lie in each mailbox. */
const spread = async (of: Tasks): Promise<Record<string, number>> => {
  const { rows } = await services.pool.query<{ name: string; count: number }>(
    `select b.name, count(*)::int as count from delivery d join mailbox b on b.id = d.mailbox_id
     where d.workspace_id = $1 group by b.name order by b.name`,
    [of.workspaceId],
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
};
const pause = async (of: Tasks, name: string, paused: boolean) => {
  const { rows } = await services.pool.query<{ id: string }>(
    'select id from mailbox where workspace_id = $1 and name = $2',
    [of.workspaceId, name],
  );
  const params = { id: rows[0]?.id ?? '' };
  await updateMailbox(services, of.ada, { params, query: {}, body: { paused } });
};
const named = (handles: readonly string[]) => handles.map((agent) => ({ agent }));
const weighed = (handles: readonly string[]) => handles.map((agent) => ({ agent, weight: 1 }));

test('in turn: 10,000 messages by two processes come to seven agents, counts at most one apart', async () => {
  const handles = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const of = await openTasks(services, handles);
  await make(of, { strategy: 'round-robin', agents: named(handles) });
  const batches = Array.from({ length: 100 }, (_, index) => index);
  const by = async (who: Services) => {
    while (batches.pop() !== undefined) await sendTo(of, 100, {}, who);
  };
  await Promise.all([by(services), by(others), by(services), by(others)]);
  const counts = Object.values(await spread(of));
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(10_000);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  expect(counts).toHaveLength(7);
});

test('in turn: by weight, without those that are paused, and a repeat takes no turn', async () => {
  const of = await openTasks(services, ['a', 'b', 'c']);
  const agents = [...named(['a', 'b']), { agent: 'c', weight: 2 }];
  const { id } = await make(of, { strategy: 'round-robin', agents });
  await sendTo(of, 8);
  expect(await spread(of)).toEqual({ a: 2, b: 2, c: 4 });
  await sendTo(of, 1, { dedupeKey: 'k' });
  for (let index = 0; index < 5; index += 1) await sendTo(of, 1, { dedupeKey: 'k' });
  await sendTo(of, 3);
  expect(await spread(of)).toEqual({ a: 3, b: 3, c: 6 });
  await pause(of, 'c', true);
  await sendTo(of, 4);
  expect(await spread(of)).toEqual({ a: 5, b: 5, c: 6 });
  // In order, or with nobody ready: they wait in the pool.
  await sendTo(of, 2, { orderKey: 'o' });
  await pause(of, 'a', true);
  await pause(of, 'b', true);
  await sendTo(of, 1);
  expect(await spread(of)).toEqual({ Team: 3, a: 5, b: 5, c: 6 });
  // Who leaves keeps what has come.
  await updatePool(services, of.ada, {
    params: { id },
    query: {},
    body: { agents: weighed(['b']) },
  });
  await pause(of, 'b', false);
  await sendTo(of, 2);
  expect(await spread(of)).toEqual({ Team: 3, a: 5, b: 7, c: 6 });
});

test('least busy: taken by two processes at once, spread evenly, and nobody has more than it may', async () => {
  const of = await openTasks(services, ['a', 'b']);
  await of.add('narrow', { maxAtOnce: 1 });
  const pool = await make(of, { agents: named(['a', 'b', 'narrow']) });
  // One has work of its own.
  await of.send('a');
  await of.look();
  const ids = await sendTo(of, 12);
  await Promise.all([
    ...[services, others, services].map((one) => takeForTasks(one.pool, pool.id)),
    takeForTasks(others.pool, (await of.mailbox('a')).id),
  ]);
  await takeForTasks(services.pool, pool.id);
  const { rows } = await services.pool.query<{ handle: string; count: number; choice: string }>(
    `select a.handle, count(*)::int as count, min(d.choice) as choice from delivery d join agent a on a.id = d.agent_id
     where d.mailbox_id = $1 and d.state = 'held' group by a.handle order by a.handle`,
    [pool.id],
  );
  expect(rows.map(({ handle, count }) => [handle, count])).toEqual([
    ['a', 2],
    ['b', 3],
    ['narrow', 1],
  ]);
  expect(rows[0]?.choice).toContain('Least busy of 3');
  const [seen] = (await listPools(services, of.ada, none)).items;
  expect(seen?.agents.map(({ handle, open, most }) => [handle, open, most])).toEqual([
    ['a', 3, 3],
    ['b', 3, 3],
    ['narrow', 1, 1],
  ]);
  expect([seen?.waiting, seen?.held]).toEqual([6, 6]);
  // All become tasks of whoever has room, and are done.
  worker = await workWith(services, (): StepOutcome => ({ ok: true, output: { text: 'Done.' } }));
  await eventually('all are done', async () => {
    await Promise.all([of.look(), startTasks(others)]);
    const found = await Promise.all(ids.map((id) => of.delivery(id)));
    return found.every(({ state }) => state === 'done');
  });
  const ended = await of.delivery(ids[0] ?? '');
  expect(ended).toMatchObject({
    to: { pool: 'Team' },
    choice: expect.stringContaining('Least busy'),
  });
  // The tasks are among those of the agent that had them.
  const params = { id: of.agents.get('b') ?? '' };
  const tasks = await listAgentTasks(services, of.ada, { ...none, params });
  expect(tasks.items.filter(({ from }) => from === 'Ada').length).toBeGreaterThanOrEqual(3);
  expect((await of.runs()).length).toBe(13);
});

test('least busy: what an agent had taken that is deleted goes to another one', async () => {
  const of = await openTasks(services, ['a', 'b']);
  const pool = await make(of, { agents: named(['a']) });
  const [id] = await sendTo(of, 1);
  await takeForTasks(services.pool, pool.id);
  expect((await of.delivery(id ?? '')).agent).toEqual({ handle: 'a', name: 'a' });
  await updatePool(services, of.ada, {
    ...{ params: { id: pool.id }, query: {}, body: { agents: weighed(['a', 'b']) } },
  });
  await deleteAgent(services, of.ada, { ...none, params: { id: of.agents.get('a') ?? '' } });
  worker = await workWith(services, (): StepOutcome => ({ ok: true, output: { text: 'Done.' } }));
  const done = await eventually('it is done', async () => {
    await of.look();
    const found = await of.delivery(id ?? '');
    return found.state === 'done' && found;
  });
  expect(done).toMatchObject({ agent: { handle: 'b' }, attempts: 2 });
});

test('pools of other workspaces, and their agents, are not there', async () => {
  const of = await openTasks(services, ['a']);
  const foreign = await openTasks(services, ['secret']);
  const pool = await make(of, { agents: named(['a']) });
  expect((await listPools(services, foreign.ada, none)).items).toEqual([]);
  const params = { id: pool.id };
  await expect(
    updatePool(services, foreign.ada, { params, query: {}, body: { strategy: 'round-robin' } }),
  ).rejects.toMatchObject({ code: 'not_found' });
  for (const agents of [weighed(['secret']), weighed(['a', 'a'])]) {
    await expect(
      updatePool(services, of.ada, { params, query: {}, body: { agents } }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  }
  await expect(make(of, {})).rejects.toMatchObject({ code: 'conflict' });
  expect((await listPools(services, of.ada, none)).items[0]?.agents).toHaveLength(1);
});

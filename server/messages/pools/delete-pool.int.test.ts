import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPoolSchema, type PoolView } from '@/lib/messages/pools';
import { messageSchema } from '@/lib/messages/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig, testEnvironment } from '@/server/testing/database';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { getWorkflow } from '@/server/workflows/get-workflow';
import { sendMessages } from '../send-messages';
import { sweepMessages } from '../sweep-messages';
import { startTasks } from '../tasks/start-tasks';
import { takeForTasks } from '../tasks/take-store';
import { none, openTasks, type Tasks } from '../tasks/testing/tasks-world';
import { listSubscriptions, subscribe } from '../topics/subscriptions';
import { claimMessages, redriveDead, settleDeliveries } from '../work';
import { deletePool, getPoolUses } from './delete-pool';
import { createPool, listPools, updatePool } from './pools';

let services: Services;
/** Another process's view of the same rows. */
let others: Services;
beforeAll(async () => {
  const env = await testEnvironment();
  services = await createServices(await testConfig(env), 'test');
  others = await createServices(await testConfig(env), 'others');
});
afterAll(async () => {
  await others?.close();
  await services?.close();
});

const make = (of: Tasks, given: object = {}): Promise<PoolView> =>
  createPool(services, of.ada, { ...none, body: newPoolSchema.parse({ name: 'Team', ...given }) });
const remove = (of: Tasks, id: string, by = services) =>
  deletePool(by, of.ada, { ...none, params: { id } });
const send = (of: Tasks, more: object = {}, count = 1, by = services) =>
  sendMessages(by, of.ada, {
    ...none,
    body: Array.from({ length: count }, () =>
      messageSchema.parse({ to: { pool: 'Team' }, body: 'Do it.', ...more }),
    ),
  });
const claim = async (of: Tasks, id: string, limit: number, by = services) =>
  (
    await claimMessages(by, of.ada, {
      ...{ params: { id }, query: {}, body: { limit, holder: 'one', leaseSeconds: 60 } },
    })
  ).items;
const on = (id: string) => ({ ...none, params: { id } });

/** Messages of a workspace that are on their way, and those that ended, by how. */
async function stateOf({ workspaceId }: Tasks) {
  const { rows } = await services.pool.query<{ state: string; count: number }>(
    `select state, count(*)::int as count from (
       select state from delivery where workspace_id = $1
       union all select "end" from delivery_end where workspace_id = $1) d group by state`,
    [workspaceId],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

test('what waits is cancelled with the reason, what is taken goes on, and nothing comes in any more', async () => {
  const of = await openTasks(services, ['a']);
  const { id } = await make(of);
  await subscribe(services, of.ada, {
    ...none,
    body: { topic: 'orders.>', to: { pool: 'Team' } },
  });
  const first = (await send(of)).items[0]?.id ?? '';
  const [taken] = await claim(of, id, 1);
  await send(of, {}, 3);
  await send(of, { orderKey: 'o' }, 2);
  expect(await getPoolUses(services, of.ada, on(id))).toEqual({
    ...{ waiting: 5, held: 1, topics: ['orders.>'], workflows: [] },
  });
  expect(await remove(of, id)).toEqual({ id, cancelled: 5 });
  expect(await stateOf(of)).toEqual({ held: 1, cancelled: 5 });
  await expect(remove(of, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(send(of)).rejects.toMatchObject({
    code: 'not_found',
    message: 'There is no pool "Team" here. Nothing was sent.',
  });
  await expect(claim(of, id, 1)).rejects.toMatchObject({ code: 'not_found' });
  const change = { params: { id }, query: {}, body: { strategy: 'round-robin' as const } };
  await expect(updatePool(services, of.ada, change)).rejects.toMatchObject({ code: 'not_found' });
  expect((await listPools(services, of.ada, none)).items).toEqual([]);
  expect((await listSubscriptions(services, of.ada, none)).items).toEqual([]);
  // Whoever had taken one gives it back: there is nobody to give it to.
  await settleDeliveries(services, of.ada, {
    ...none,
    body: {
      holder: 'one',
      items: [{ message: first, mailbox: id, attempt: taken?.attempt ?? 0, end: 'undo' }],
    },
  });
  expect(await stateOf(of)).toEqual({ cancelled: 6 });
  expect(await redriveDead(services, of.ada, { ...none, body: {} })).toEqual({ redriven: 0 });
  const { rows } = await services.pool.query<{ reason: string }>(
    `select distinct reason from delivery_end where workspace_id = $1 order by reason desc`,
    [of.workspaceId],
  );
  expect(rows.map(({ reason }) => reason)).toContain('The pool “Team” was deleted by Ada.');
  // Another one may have its name.
  await make(of);
  expect((await send(of)).items[0]?.recipients).toBe(1);
});

test('of another workspace, a pool is not there', async () => {
  const [of, foreign] = [await openTasks(services), await openTasks(services)];
  const { id } = await make(of);
  await send(of);
  for (const ask of [deletePool, getPoolUses] as const) {
    await expect(ask(services, foreign.ada, on(id))).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await stateOf(of)).toEqual({ waiting: 1 });
});

test('names the workflows whose steps send to it, and no others', async () => {
  const of = await openTasks(services);
  const { id } = await make(of);
  const node = (name: string, type: string, config: object) => ({
    ...{ id: name, key: name, type, name, position: { x: 0, y: 0 }, config },
  });
  const steps = [
    node('tell', 'send-message', { kind: 'pool', name: 'Team' }),
    node('agent', 'send-message', { kind: 'agent', name: 'Team' }),
    node('take', 'receive-messages', { kind: 'pool', name: 'Team' }),
  ];
  const definition = {
    schema: 1 as const,
    name: 'Orders',
    description: '',
    nodes: steps,
    edges: [],
  };
  const made = await createWorkflow(services, of.ada, {
    ...none,
    body: { text: JSON.stringify(definition), mediaType: 'application/json' },
  });
  const { workflows } = await getPoolUses(services, of.ada, on(id));
  expect(workflows).toMatchObject([
    { id: made.id, name: 'Orders', steps: [{ id: 'tell' }, { id: 'take' }] },
  ]);
  const codes = async () =>
    (await getWorkflow(services, of.ada, on(made.id))).problems
      .filter(({ code }) => code === 'unknown_pool')
      .map(({ nodeId }) => nodeId);
  expect(await codes()).toEqual([]);
  await remove(of, id);
  expect(await codes()).toEqual(['tell', 'take']);
});

const rounds = Number(process.env.ENSEMBLE_POOL_DELETIONS ?? 12);

test('deleted while others send, take, settle and sweep: nothing is lost, and nothing is left behind', async () => {
  let sent = 0;
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    const of = await openTasks(services, ['a', 'b']);
    const strategy = round % 2 === 0 ? 'least-busy' : 'round-robin';
    const agents = round % 3 === 0 ? [] : [{ agent: 'a' }, { agent: 'b' }];
    const { id } = await make(of, { strategy, agents });
    await subscribe(services, of.ada, { ...none, body: { topic: 'news', to: { pool: 'Team' } } });
    let accepted = 0;
    const sender = async (more: object, by: Services, times = 6) => {
      for (let index = 0; index < times; index += 1) {
        await send(of, more, 4, by).then(
          ({ items }) => {
            for (const { recipients } of items) accepted += recipients;
          },
          (error: { code: string }) => {
            expect(error.code).toBe('not_found');
            refused += 1;
          },
        );
      }
    };
    const taker = async (by: Services) => {
      for (let index = 0; index < 4; index += 1) {
        const items = await claim(of, id, 3, by).catch(() => []);
        await settleDeliveries(by, of.ada, {
          ...none,
          body: {
            holder: 'one',
            items: items.map(({ delivery, attempt }, at) => ({
              ...{ message: delivery.message, mailbox: id, attempt },
              end: at % 2 === 0 ? ('done' as const) : ('undo' as const),
            })),
          },
        });
        await takeForTasks(by.pool, id);
      }
    };
    const deleter = async (by: Services) => {
      // Each round at another moment: after a few messages of its own.
      for (let index = 0; index < round % 5; index += 1) await sender({}, by, 1);
      return remove(of, id, by).then(
        () => 1,
        () => 0,
      );
    };
    const [first, second] = await Promise.all([
      deleter(services),
      deleter(others),
      ...[services, others].map((by) => sender({}, by)),
      sender({ orderKey: 'o' }, services),
      sender({ to: { topic: 'news' } }, others),
      ...[services, others].map(taker),
      sweepMessages(others),
    ]);
    expect(Number(first) + Number(second)).toBe(1);
    const { rows } = await services.pool.query<{ state: string }>(
      `select state from delivery where mailbox_id = $1 and state <> 'held'`,
      [id],
    );
    expect(rows, `round ${round}`).toEqual([]);
    const all = Object.values(await stateOf(of)).reduce((sum, one) => sum + one, 0);
    expect(all, `round ${round}`).toBe(accepted);
    sent += accepted;
  }
  process.stdout.write(
    `pools deleted under load: ${rounds}; ${sent} messages accepted, ${refused} sends refused, 0 lost\n`,
  );
  await startTasks(services);
});

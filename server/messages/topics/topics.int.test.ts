import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Address, messageSchema } from '@/lib/messages/schema';
import { chanceOf } from '@/lib/runs/testing/chance';
import { deleteAgent } from '@/server/agents/delete-agent';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig, testEnvironment } from '@/server/testing/database';
import { createPool, getMessage } from '../mailboxes';
import { sendMessages } from '../send-messages';
import { messageStats } from '../stats/message-stats';
import { sweepMessages } from '../sweep-messages';
import { none, openTasks, type Tasks } from '../tasks/testing/tasks-world';
import { settleAll } from '../work';
import { listSubscriptions, subscribe, unsubscribe } from './subscriptions';
import { claimForTest } from './testing/claim';

let services: Services;
beforeAll(async () => {
  services = await createServices(await testConfig(await testEnvironment()), 'test');
});
afterAll(() => services.close());

const join = (of: Tasks, topic: string, to: { agent: string } | { pool: string } | { me: true }) =>
  subscribe(services, of.ada, { ...none, body: { topic, to } });
const send = async (of: Tasks, to: Address, more: object = {}, by = services) => {
  const body = messageSchema.parse({ to, body: 'hello', ...more });
  const { items } = await sendMessages(by, of.ada, { ...none, body });
  const [sent] = items;
  if (sent === undefined) throw new Error('nothing was sent');
  return sent;
};
const mailboxesOf = async (of: Tasks, id: string) =>
  (await getMessage(services, of.ada, { ...none, params: { id } })).deliveries
    .map(({ mailboxTitle }) => mailboxTitle)
    .sort();

test('a message of a topic comes once to each who subscribes when it is sent, and to nobody else', async () => {
  const of = await openTasks(services, ['one', 'two', 'three']);
  const foreign = await openTasks(services, ['one']);
  await createPool(services, of.ada, { ...none, body: { name: 'Readers' } });
  const first = await join(of, 'orders.*', { agent: 'one' });
  await join(of, 'orders.>', { agent: '@one' });
  await join(of, 'orders.new', { pool: 'Readers' });
  await join(of, 'invoices.new', { agent: 'two' });
  await join(of, 'orders.new', { me: true });
  await join(foreign, 'orders.new', { agent: 'one' });
  // The same again is the same subscription.
  expect((await join(of, 'orders.*', { agent: 'one' })).id).toBe(first.id);
  const sent = await send(of, { topic: 'orders.new' });
  expect(sent.recipients).toBe(3);
  expect(await mailboxesOf(of, sent.id)).toEqual(['Ada', 'Readers', 'one']);
  await join(of, 'orders.new', { agent: 'three' });
  await unsubscribe(services, of.ada, { ...none, params: { id: first.id } });
  // Who comes later gets nothing of it, who leaves keeps what has come.
  expect(await mailboxesOf(of, sent.id)).toEqual(['Ada', 'Readers', 'one']);
  await deleteAgent(services, of.ada, { ...none, params: { id: of.agents.get('one') ?? '' } });
  const later = await send(of, { topic: 'orders.new' });
  expect(await mailboxesOf(of, later.id)).toEqual(['Ada', 'Readers', 'three']);
  expect((await send(of, { topic: 'nobody.reads.this' })).recipients).toBe(0);
  await expect(send(of, { topic: 'orders.new' }, { orderKey: 'a' })).rejects.toThrow('no order');
  // Another workspace sees none of it, and cannot end it.
  expect((await messageStats(services, foreign.ada, none)).waiting).toBe(0);
  const seen = async (who: Tasks) =>
    (await listSubscriptions(services, who.ada, none)).items.map(({ topic, name }) => [
      topic,
      name,
    ]);
  expect(await seen(foreign)).toEqual([['orders.new', 'one']]);
  const [mine] = (await listSubscriptions(services, of.ada, none)).items;
  await expect(
    unsubscribe(services, foreign.ada, { ...none, params: { id: mine?.id ?? '' } }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

test('a subscription of a person is theirs alone', async () => {
  const of = await openTasks(services, ['one']);
  const eve = { ...of.ada, userId: 'somebody-else' };
  const mine = await join(of, 'news.today', { me: true });
  expect((await listSubscriptions(services, eve, none)).items).toEqual([]);
  await expect(
    unsubscribe(services, eve, { ...none, params: { id: mine.id } }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

/**
 * Senders whose connections Postgres ends in the middle send again under the same key, while others subscribe and leave.
 * Whoever subscribed all the time gets each message once, whoever did not at any moment gets none; then all is taken and
 * settled, again with connections that end.
 */
test('senders, subscribers and readers whose connections are killed: nothing lost, nothing doubled (400 messages)', async () => {
  const handles = Array.from({ length: 8 }, (_, index) => `reader-${index}`);
  const of = await openTasks(services, handles);
  const chance = chanceOf(20_261_130);
  const pick = <T>(items: readonly T[]): T => {
    const found = items[Math.floor(chance() * items.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  const topics = ['a.b', 'a.c', 'd.b'];
  const patterns = [
    ['a.b', 'a.*', '*.b'],
    ['a.c', 'a.*'],
    ['d.b', '*.b', 'd.>'],
  ];
  const all = [...new Set(patterns.flat())];
  /** Times at which each mailbox was surely in, or surely out: a change lies somewhere between its start and its end. */
  type Span = { handle: string; topic: string; from: [number, number]; to?: [number, number] };
  const spans: Span[] = [];
  let clock = 0;
  const tick = () => {
    clock += 1;
    return clock;
  };
  let [kills, answers, next] = [0, 0, 0];
  /** Again and again until the database has answered. */
  const surely = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await work();
        answers += 1;
        return answer;
      } catch (error) {
        if (attempt > 50) throw error;
      }
    }
  };
  const change = async () => {
    const [handle, topic] = [pick(handles), pick(all)];
    const open = spans.find((one) => one.handle === handle && one.topic === topic && !one.to);
    const began = tick();
    if (open === undefined) {
      const span: Span = { handle, topic, from: [began, Number.POSITIVE_INFINITY] };
      spans.push(span);
      await surely(() => join(of, topic, { agent: handle }));
      span.from[1] = tick();
      return;
    }
    open.to = [began, Number.POSITIVE_INFINITY];
    const { items } = await surely(() => listSubscriptions(services, of.ada, none));
    const id = items.find((one) => one.name === handle && one.topic === topic)?.id ?? '';
    await surely(() =>
      unsubscribe(services, of.ada, { ...none, params: { id } }).catch((error: unknown) => {
        // An earlier try had ended it.
        if (!(error instanceof Error) || !error.message.includes('does not exist')) throw error;
      }),
    );
    open.to[1] = tick();
  };
  type SentOne = { id: string; topic: number; began: number; ended: number };
  const sent: SentOne[] = [];
  const sending = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const topic = Math.floor(chance() * topics.length);
      const began = tick();
      const { id } = await surely(() =>
        send(of, { topic: topics[topic] ?? '' }, { dedupeKey: `m${index}`, body: index }),
      );
      sent.push({ id, topic, began, ended: tick() });
    }
  };
  let over = false;
  const until = async (work: () => Promise<unknown>) => {
    while (!over) await work();
  };
  /** Ends a connection that is at work, as a crash of a backend or a cut network does. */
  const kill = async () => {
    // Some answers between two of them, so that something gets on.
    if (answers < next) return new Promise((resolve) => setTimeout(resolve, 2));
    next = answers + 4;
    const { rows } = await services.healthPool.query<{ killed: boolean }>(
      `select pg_terminate_backend(pid) as killed from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state = 'active'
         and (query like '%subscription%' or query like '%delivery%') limit 1`,
    );
    kills += rows.length;
    return undefined;
  };
  const total = 400;
  const killing = until(kill);
  const changing = until(change);
  await Promise.all(
    [0, 1, 2, 3].map((part) => sending((part * total) / 4, ((part + 1) * total) / 4)),
  );
  over = true;
  await Promise.all([killing, changing]);

  // A kill arrives a little later than its statement answers, so even the first reads afterwards may meet it.
  const { rows } = await surely(() =>
    services.pool.query<{ id: string; name: string; count: number }>(
      `select d.mail_id as id, b.name, count(*)::int as count from delivery d join mailbox b on b.id = d.mailbox_id
       where d.workspace_id = $1 group by 1, 2`,
      [of.workspaceId],
    ),
  );
  const got = new Map(rows.map(({ id, name, count }) => [`${id} ${name}`, count]));
  let [must, mustNot] = [0, 0];
  for (const { id, topic, began, ended } of sent) {
    for (const handle of handles) {
      const mine = spans.filter(
        (one) => one.handle === handle && (patterns[topic] ?? []).includes(one.topic),
      );
      const always = mine.some(
        ({ from, to }) => from[1] < began && (to === undefined || to[0] > ended),
      );
      const never = mine.every(
        ({ from, to }) => from[0] > ended || (to !== undefined && to[1] < began),
      );
      const count = got.get(`${id} ${handle}`) ?? 0;
      if (always) {
        must += 1;
        expect(count).toBe(1);
      } else if (never) {
        mustNot += 1;
        expect(count).toBe(0);
      } else expect(count).toBeLessThanOrEqual(1);
    }
  }
  const deliveries = rows.reduce((sum, { count }) => sum + count, 0);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(total);
  expect(must).toBeGreaterThan(100);
  expect(mustNot).toBeGreaterThan(100);

  // Readers take and settle what there is, and their connections are killed too.
  over = false;
  const killingReaders = until(kill);
  const read = async (holder: string) => {
    for (;;) {
      const taken = await surely(() => claimForTest(services.pool, of.workspaceId, holder));
      if (taken.length === 0) return;
      await surely(() => settleAll(services.pool, of.workspaceId, holder, taken));
    }
  };
  for (;;) {
    await Promise.all(['x', 'y', 'z'].map(read));
    // What a killed reader had taken comes back when its lease ends.
    const { rowCount } = await surely(() =>
      services.pool.query(
        `update delivery set lease_until = clock_timestamp() where workspace_id = $1 and state = 'held'`,
        [of.workspaceId],
      ),
    );
    await surely(() => sweepMessages(services));
    if (rowCount === 0) break;
  }
  over = true;
  await killingReaders;
  const counts = await surely(() => messageStats(services, of.ada, none));
  expect(counts).toMatchObject({ waiting: 0, held: 0, done: deliveries, dead: 0 });
  // How many depends on how busy the machine is; without any, nothing was tried.
  expect(kills).toBeGreaterThan(0);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Counts, Settlement } from '@/lib/messages/schema';
import { countsSchema, messageSchema } from '@/lib/messages/schema';
import type { Actor } from '@/lib/people/schema';
import { at } from '@/lib/values/unknown';
import { none, openWorld } from '@/server/connections/testing/world';
import { addMember } from '@/server/memory/testing/memory';
import { finishMessage } from './finish-message';
import {
  countNewMessages,
  createPool,
  getMessage,
  listDeliveries,
  listMailboxes,
  updateMailbox,
} from './mailboxes';
import { sendMessages } from './send-messages';
import { messageMetrics } from './stats/message-metrics';
import { messageStats } from './stats/message-stats';
import { sweepMessages } from './sweep-messages';
import { claimMessages, redriveDead, settleDeliveries } from './work';

type World = Awaited<ReturnType<typeof openWorld>>;
let world: World;
let made = 0;

beforeAll(async () => {
  world = await openWorld();
  await addMember(world.services.pool, world.ada, 'admin');
  await addMember(world.services.pool, world.stranger, 'admin');
});
afterAll(() => world?.close());

async function pool(): Promise<{ id: string; name: string }> {
  made += 1;
  return createPool(world.services, world.ada, { ...none, body: { name: `Pool ${made}` } });
}
const send = (to: { name: string }, more: object = {}, actor: Actor = world.ada) =>
  sendMessages(world.services, actor, {
    ...none,
    body: messageSchema.parse({ to: { pool: to.name }, body: 'hello', ...more }),
  });
const claim = async ({ id }: { id: string }, limit = 1, holder = 'one') =>
  (
    await claimMessages(world.services, world.ada, {
      ...{ params: { id }, query: {}, body: { limit, holder, leaseSeconds: 60 } },
    })
  ).items;
type Taken = Awaited<ReturnType<typeof claim>>[number];
const settle = ({ delivery, attempt }: Taken, end: Settlement, holder = 'one') =>
  settleDeliveries(world.services, world.ada, {
    ...none,
    body: {
      holder,
      items: [{ message: delivery.message, mailbox: delivery.mailbox, attempt, end }],
    },
  });
const inState = async ({ id }: { id: string }, state: keyof Counts) =>
  (
    await listDeliveries(world.services, world.ada, {
      params: { id },
      query: { state, limit: 200 },
      body: undefined,
    })
  ).items;
const countsIn = async ({ id }: { id: string }) =>
  (await listMailboxes(world.services, world.ada, none)).items.find((one) => one.id === id)?.counts;
const bodies = (items: Taken[]) => items.map(({ delivery }) => delivery.body);

describe('messages', () => {
  test('are sent, taken by priority, settled once, and counted', async () => {
    const to = await pool();
    for (const priority of ['low', 'normal', 'critical', 'normal'])
      await send(to, { body: priority, priority });
    const taken = await claim(to, 3);
    expect(bodies(taken)).toEqual(['critical', 'normal', 'normal']);
    const [first] = taken;
    if (first === undefined) throw new Error('nothing was taken');
    expect(await settle(first, 'done', 'somebody else')).toEqual({ settled: 0, lost: 1 });
    const ends = await Promise.all([settle(first, 'done'), settle(first, 'done')]);
    expect(ends.map(({ settled }) => settled).sort()).toEqual([0, 1]);
    expect(await countsIn(to)).toMatchObject({ waiting: 1, held: 2, done: 1 });
    const life = await getMessage(world.services, world.ada, {
      ...none,
      params: { id: first.delivery.message },
    });
    expect(life.deliveries).toMatchObject([{ state: 'done', attempts: 1, body: 'critical' }]);
  });

  test('under one key are one message, however often and however at once they are sent (32 × 10)', async () => {
    const to = await pool();
    for (let round = 0; round < 10; round += 1) {
      const all = await Promise.all(
        Array.from({ length: 32 }, () => send(to, { dedupeKey: `k${made}-${round}` })),
      );
      expect(new Set(all.map(({ items }) => items[0]?.id)).size).toBe(1);
      expect(all.filter(({ items }) => items[0]?.duplicate === false)).toHaveLength(1);
    }
    expect(await inState(to, 'waiting')).toHaveLength(10);
  });

  test('are each taken by one of many who take at once (300 by 6)', async () => {
    const to = await pool();
    for (let index = 0; index < 3; index += 1) {
      await sendMessages(world.services, world.ada, {
        ...none,
        body: Array.from({ length: 100 }, (_, place) =>
          messageSchema.parse({ to: { pool: to.name }, body: index * 100 + place }),
        ),
      });
    }
    const got: unknown[] = [];
    const work = async (holder: string) => {
      for (;;) {
        const taken = await claim(to, 7, holder);
        if (taken.length === 0) return;
        got.push(...bodies(taken));
        for (const one of taken) await settle(one, 'done', holder);
      }
    };
    await Promise.all(Array.from({ length: 6 }, (_, index) => work(`w${index}`)));
    expect(got.map(Number).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 300 }, (_, index) => index),
    );
    expect(await countsIn(to)).toMatchObject({ waiting: 0, held: 0, done: 300 });
  });

  test('of one order key come one after another, and others pass them', async () => {
    const to = await pool();
    await Promise.all(Array.from({ length: 8 }, (_, body) => send(to, { body, orderKey: 'a' })));
    await send(to, { body: 'free' });
    const first = await claim(to, 10);
    expect(first).toHaveLength(2);
    const order = (await inState(to, 'behind')).length;
    expect(order).toBe(7);
    let [head] = first.filter(({ delivery }) => delivery.body !== 'free');
    for (let left = 7; left > 0 && head !== undefined; left -= 1) {
      expect(await claim(to, 10)).toEqual([]);
      await settle(head, left === 4 ? 'poison' : 'done');
      [head] = await claim(to, 10);
    }
    expect((await countsIn(to))?.behind).toBe(0);
  });

  test('that fail come again and die after five, undo never counts, and redrive brings them back', async () => {
    const to = await pool();
    await send(to);
    const again = async (end: Settlement) => {
      await world.services.pool.query('update delivery set due_at = now() where mailbox_id = $1', [
        to.id,
      ]);
      const [one] = await claim(to);
      if (one === undefined) throw new Error('nothing came again');
      await settle(one, end);
      return one.attempt;
    };
    for (let count = 0; count < 6; count += 1) await again('undo');
    for (let count = 0; count < 4; count += 1) await again('fail');
    expect(await countsIn(to)).toMatchObject({ waiting: 1, dead: 0 });
    expect(await again('fail')).toBe(11);
    expect(await inState(to, 'dead')).toMatchObject([{ attempts: 11, reason: 'It failed.' }]);
    const redrive = (actor: Actor) =>
      redriveDead(world.services, actor, { ...none, body: { mailbox: to.id } });
    expect(await redrive(world.stranger)).toEqual({ redriven: 0 });
    expect(await redrive(world.ada)).toEqual({ redriven: 1 });
    expect(await again('done')).toBe(12);
    expect(await inState(to, 'done')).toMatchObject([{ redriven: 1 }]);
  });

  test('expire, come back from who lost them, and move ahead with time', async () => {
    const to = await pool();
    await send(to, { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    await send(to, { body: 'held', expiresAt: null });
    expect(bodies(await claim(to, 10))).toEqual(['held']);
    await world.services.pool.query(
      `update delivery set lease_until = clock_timestamp() - interval '1 second' where mailbox_id = $1 and state = 'held'`,
      [to.id],
    );
    await sweepMessages(world.services);
    expect(await countsIn(to)).toMatchObject({ waiting: 1, held: 0, expired: 1 });
    const [late] = await claim(to);
    expect(late?.attempt).toBe(2);
    await send(to, { body: 'low', priority: 'low' });
    await world.services.pool.query(
      `update delivery set aged_at = now() - interval '31 seconds' where mailbox_id = $1`,
      [to.id],
    );
    await sweepMessages(world.services);
    const { rows } = await world.services.pool.query<{ priority: number }>(
      `select priority from delivery where mailbox_id = $1 and state = 'waiting'`,
      [to.id],
    );
    expect(rows).toEqual([{ priority: 3 }]);
  });

  test('wait while their mailbox is paused; unknown recipients are refused', async () => {
    const to = await pool();
    await send(to);
    const pause = (paused: boolean) =>
      updateMailbox(world.services, world.ada, {
        params: { id: to.id },
        query: {},
        body: { paused },
      });
    await pause(true);
    expect(await claim(to)).toEqual([]);
    await pause(false);
    expect(await claim(to)).toHaveLength(1);
    for (const address of [{ agent: 'nobody' }, { person: 'nobody' }, { pool: 'nowhere' }]) {
      await expect(send(to, { to: address })).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('of people and of other workspaces are seen by nobody else; sums add up', async () => {
    const eve: Actor = { ...world.ada, userId: 'eve', name: 'Eve' };
    await addMember(world.services.pool, eve, 'admin');
    await send({ name: '' }, { to: { person: 'eve' }, body: 'for eve' });
    const seen = async (actor: Actor) =>
      (await listMailboxes(world.services, actor, none)).items.map(({ name }) => name);
    expect(await seen(eve)).toContain('eve');
    expect(await seen(world.ada)).not.toContain('eve');
    expect(await seen(world.stranger)).toEqual([]);
    const { flows, hours, ...more } = await messageStats(world.services, world.ada, none);
    const counts = countsSchema.parse(
      Object.fromEntries(Object.keys(countsSchema.shape).map((key) => [key, at(more, key)])),
    );
    const { rows } = await world.services.pool.query<{ sum: number }>(
      `select (select count(*) from delivery where workspace_id = $1)::int
         + (select count(*) from delivery_end where workspace_id = $1)::int as sum`,
      [world.ada.workspaceId],
    );
    expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(rows[0]?.sum);
    // How the day went is the same, counted another way: hours by all, flows without other people's mailboxes.
    const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
    expect(sum(hours.map(({ done }) => done))).toBe(counts.done);
    expect(sum(hours.map(({ failed }) => failed))).toBe(counts.dead + counts.expired);
    expect(sum(flows.map(({ done }) => done))).toBe(counts.done);
    expect(hours).toHaveLength(24);
    expect(more.oldestWaitingSeconds).toBeGreaterThanOrEqual(0);
    expect(more.waitP95Ms ?? 0).toBeGreaterThanOrEqual(more.waitP50Ms ?? 0);
    const nothing = await messageStats(world.services, world.stranger, none);
    expect(nothing).toMatchObject({ flows: [], waiting: 0, waitP50Ms: null });
    const lines = await messageMetrics(world.services.pool);
    expect(lines).toMatch(/^ensemble_messages\{state="done",priority="normal"\} \d+$/m);
    expect(lines).not.toContain('Pool');
  });

  test('of a person do not expire by themselves, and are done once their owner says so', async () => {
    const { services, ada, stranger } = world;
    const eve: Actor = { ...ada, userId: 'eve', name: 'Eve' };
    const own = async (actor: Actor) =>
      (await listMailboxes(services, actor, none)).items.find(({ kind }) => kind === 'person');
    const sent = async (more: object = {}) => {
      const { items } = await send({ name: '' }, { to: { person: 'ada' }, ...more });
      return items[0]?.id ?? '';
    };
    const finish = (id: string, actor: Actor = ada) =>
      finishMessage(services, actor, { ...none, params: { id } });
    const count = async (actor: Actor) => (await countNewMessages(services, actor, none)).new;
    const waited = await count(ada);
    const before = (await own(ada))?.counts ?? { waiting: 0, done: 0 };
    const ids = [await sent(), await sent({ orderKey: 'a' }), await sent({ orderKey: 'a' })];
    const { rows } = await services.pool.query(
      'select expires_at as at from delivery where mail_id = any($1::uuid[])',
      [ids],
    );
    expect(rows).toEqual([{ at: null }, { at: null }, { at: null }]);
    const [first = '', second = '', third = ''] = ids;
    for (const actor of [eve, stranger]) {
      await expect(finish(first, actor)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await count(ada)).toBe(waited + 3);
    expect(await count(stranger)).toBe(0);
    // Two tabs at once, and once more: it is done once.
    await Promise.all([finish(first), finish(first)]);
    expect(await finish(first)).toEqual({ done: true });
    await finish(second);
    const box = await own(ada);
    expect(box?.counts).toMatchObject({ waiting: before.waiting + 1, done: before.done + 2 });
    // What a program works on is its own until it settles.
    const [taken] = await claim({ id: box?.id ?? '' }, 1, 'program');
    expect(taken?.delivery.message).toBe(third);
    await expect(finish(third)).rejects.toMatchObject({ code: 'conflict' });
    if (taken) await settle(taken, 'undo', 'program');
    expect(await finish(third)).toEqual({ done: true });
    expect(await count(ada)).toBe(waited);
    const waits = await sent({ expiresAt: new Date(Date.now() - 1_000).toISOString() });
    await sweepMessages(services);
    const life = await getMessage(services, ada, { ...none, params: { id: waits } });
    expect(life.deliveries).toMatchObject([{ state: 'expired', yours: true }]);
  });

  test('are sent and received by steps', async () => {
    const to = await pool();
    const sent = await world.run(
      { kind: 'pool', name: to.name, body: 'Order {{ input.n }}' },
      { type: 'send-message', input: { n: 7 } },
    );
    expect(sent.step?.output).toMatchObject({ recipients: 1, id: expect.any(String) });
    const got = await world.run({ name: to.name }, { type: 'receive-messages' });
    expect(got.step?.output).toMatchObject({
      count: 1,
      messages: [{ body: 'Order 7', type: 'message' }],
    });
    expect(await countsIn(to)).toMatchObject({ waiting: 0, done: 1 });
    const lost = await world.run(
      { kind: 'agent', name: 'nobody', body: 'x' },
      { type: 'send-message' },
    );
    expect(lost.error).toMatchObject({ code: 'recipient_missing' });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seeded } from '@/lib/models/seed';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { begin, ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createDeliveries } from './deliver';
import { forgetEvents } from './forget-events';
import { keptEvents } from './limits';
import { sendEvent } from './send-event';
import { claimKept, placeEvent } from './store';
import { waitingPlan } from './testing/waiting-plan';

let services: Services;
/** Another process's view of the same rows. */
let others: Services;
let actor: Actor;

beforeAll(async () => {
  const config = await testConfig();
  services = await createServices(config, 'test');
  others = await createServices(config, 'others');
});
beforeEach(async () => {
  await services.pool.query('delete from sent_event');
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'editor', workspaceId };
});
afterAll(async () => {
  await others.close();
  await services.close();
});

const start = (event: string, count = 1) =>
  begin(services, actor.workspaceId, waitingPlan(event, count));
const send = (channel: string, payload: unknown, key?: string, from = services) =>
  sendEvent(
    from,
    actor,
    { params: {}, query: {}, body: { channel, payload: payload as never } },
    key === undefined ? undefined : { headers: new Headers({ 'idempotency-key': key }) },
  );
const event = (channel: string, payload: unknown) => ({
  id: randomUUID(),
  workspaceId: actor.workspaceId,
  channel,
  payload,
  sentBy: 'u',
  sender: 'Ada',
});
const kept = { delivered: 0, kept: true };
const delivered = { delivered: 1, kept: false };

/** Does something while a worker of its own process runs. */
async function working<T>(work: () => Promise<T>): Promise<T> {
  const worker = await startWorker(others);
  try {
    return await work();
  } finally {
    await worker.drain();
  }
}
/** A run whose step has begun to wait, though whoever let it wait died before it looked for what was kept. */
async function waitUnseen(channel: string): Promise<string> {
  const id = await start(channel);
  const worker = randomUUID();
  await services.engine.dispatch(id, { type: 'claim', worker, limit: 1 });
  await services.engine.dispatch(id, {
    type: 'settle',
    worker,
    stepId: 'w0',
    attempt: 1,
    limit: 0,
    outcome: { ok: 'wait', wait: { kind: 'message', channel } },
  });
  return id;
}
const left = async () => {
  const { rows } = await services.pool.query<{ events: number; claims: number }>(
    `select (select count(*)::int from sent_event) as events,
       (select count(*)::int from event_claim) as claims`,
  );
  return rows[0];
};

test('events that come before the step waits are kept for it, each for one wait, in their order', async () => {
  const id = await start('early', 2);
  for (const payload of [1, { two: 2 }]) expect(await send('early', payload)).toEqual(kept);
  await working(async () => {
    expect((await ended(services, id)).output).toEqual([1, { two: 2 }]);
  });
  expect(await left()).toEqual({ events: 0, claims: 0 });
});

test('an event that was sent before a run began is not for it, unless the run tries an earlier one again', async () => {
  const old = await start('shared');
  expect(await send('shared', 'old')).toEqual(kept);
  await services.pool.query(
    "update sent_event set sent_at = sent_at - interval '1 minute' where channel = 'shared'",
  );
  const [fresh, again] = [await start('shared'), await start('shared')];
  await services.pool.query('update run set forked_from = $2 where id = $1', [again, old]);
  await services.pool.query(
    "update run set created_at = created_at - interval '2 minutes', status = 'failed', finished_at = now() where id = $1",
    [old],
  );
  await working(async () => {
    expect((await ended(services, again)).output).toEqual(['old']);
    expect((await services.engine.load(fresh))?.status).not.toBe('succeeded');
    await eventually('it waits', async () => {
      return (await services.engine.load(fresh))?.status === 'waiting';
    });
    expect(await send('shared', 'new')).toEqual(delivered);
    expect((await ended(services, fresh)).output).toEqual(['new']);
  });
});

test('the same key sends an event once, and another event under it is refused', async () => {
  const id = await start('keyed', 2);
  expect(await send('keyed', 1, 'k')).toEqual(kept);
  expect(await send('keyed', 1, 'k', others)).toEqual(kept);
  await expect(send('keyed', 2, 'k')).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  await working(async () => {
    await eventually('one was taken', async () => {
      return (await services.engine.load(id))?.steps.w0?.status === 'succeeded';
    });
    await eventually('the receipt says so', async () => (await send('keyed', 1, 'k')).delivered);
    expect(await send('keyed', 1, 'k')).toEqual(delivered);
    await send('keyed', 2);
    expect((await ended(services, id)).output).toEqual([1, 2]);
  });
});

test('too many are refused in words, and all are forgotten after a day', async () => {
  const { workspaceId } = actor;
  const fill = (count: number, characters: number) =>
    services.pool.query(
      `insert into sent_event (id, workspace_id, channel, payload, characters, sent_by, sender)
       select gen_random_uuid(), $1, 'full', 'null', $3, 'u', 'Ada' from generate_series(1, $2)`,
      [workspaceId, count, characters],
    );
  await fill(keptEvents.count, 4);
  await expect(send('one more', 1)).rejects.toMatchObject({
    code: 'too_many_requests',
    message: expect.stringContaining('it was not kept: 10000 events'),
  });
  await services.pool.query("delete from sent_event where channel = 'full'");
  await fill(8, keptEvents.characters / 8);
  await expect(send('one more', 1)).rejects.toMatchObject({ code: 'too_many_requests' });
  // Nor does room that is nearly used up let two in at once.
  await services.pool.query("delete from sent_event where channel = 'full'");
  await fill(keptEvents.count - 1, 4);
  const both = await Promise.allSettled([send('a', 1), send('b', 2, undefined, others)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await services.pool.query("update sent_event set sent_at = sent_at - interval '25 hours'");
  expect(await send('after a day', 1)).toEqual(kept);
  await forgetEvents(services.pool);
  expect((await left())?.events).toBe(1);
});

test('who dies between two commits leaves it to others, and no event comes twice', async () => {
  // After the wait and before the look.
  expect(await start('d1').then(() => send('d1', 1))).toEqual(kept);
  const seen = await waitUnseen('d1');
  // After the event was given away, before the run heard of it: by its sender, and by the one that looked.
  const told = await waitUnseen('d2');
  await placeEvent(services.pool, event('d2', 2));
  const looked = await waitUnseen('d3');
  await services.pool.query("update run set created_at = now() - interval '1 hour'");
  await placeEvent(services.pool, { ...event('d3', 3), channel: 'd3-later' });
  await services.pool.query("update sent_event set channel = 'd3' where channel = 'd3-later'");
  expect(await claimKept(services.pool, actor.workspaceId, 'd3')).toHaveLength(1);
  // After the run heard of it, before that was noted.
  const heard = await waitUnseen('d4');
  await placeEvent(services.pool, event('d4', 4));
  const end = { ok: true as const, output: 4, ports: ['out'] };
  await services.engine.dispatch(heard, { type: 'resume', stepId: 'w0', attempt: 1, end });
  // The wait ended otherwise meanwhile: the event is for the next one.
  const gone = await waitUnseen('d5');
  await placeEvent(services.pool, event('d5', 5));
  await services.engine.dispatch(gone, { type: 'cancel', by: 'u' });
  const next = await start('d5');
  await services.pool.query("update run set created_at = now() - interval '1 hour'");
  await services.pool.query("update event_claim set claimed_at = now() - interval '1 minute'");
  await working(async () => {
    const both = [createDeliveries(services), createDeliveries(others)];
    await Promise.all(both.map((one) => one.recover()));
    for (const [id, output] of [
      [told, [2]],
      [looked, [3]],
      [heard, [4]],
      [next, [5]],
    ] as const)
      expect((await ended(services, id)).output).toEqual(output);
    // Two runs wait for it now: it went to one of them.
    const { rows } = await services.pool.query<{ id: string }>(
      "select id from run where status = 'succeeded' and output::text = '[1]'",
    );
    expect(rows).toHaveLength(1);
    await services.engine.dispatch(seen, { type: 'cancel', by: 'u' });
  });
  await eventually('nothing is left', async () => {
    const now = await left();
    return now?.claims === 0 && now.events === 0;
  });
  const { rows } = await services.pool.query(
    `select run_id from run_event where type = 'StepSucceeded' and data ->> 'stepId' = 'w0'
     group by run_id having count(*) > 1`,
  );
  expect(rows).toEqual([]);
});

test('events and waits that commit at the same moment find each other, once each', async () => {
  const [runs, each] = [30, 4];
  const random = seeded(9);
  const answers = await working(async () => {
    const all = await Promise.all(
      Array.from({ length: runs }, async (_, index) => {
        const id = await start(`race/${index}`, each);
        const told = [];
        for (let number = 0; number < each; number += 1) {
          // Before its step, in the moment in which it begins to wait, or while it waits.
          const moment = ['pending', 'running', 'waiting'][Math.floor(random() * 3)];
          await eventually('the moment has come', async () => {
            const step = (await services.engine.current(id))?.state.steps[`w${number}`];
            return moment === 'pending' || step?.status === moment || step?.status === 'waiting';
          });
          told.push(await send(`race/${index}`, number, undefined, index % 2 ? others : services));
        }
        return { id, told };
      }),
    );
    for (const { id } of all) expect((await ended(services, id)).output).toEqual([0, 1, 2, 3]);
    return all.flatMap(({ told }) => told);
  });
  const live = answers.filter((answer) => answer.delivered === 1 && !answer.kept).length;
  const early = answers.filter((answer) => answer.delivered === 0 && answer.kept).length;
  expect(live + early).toBe(runs * each);
  await eventually('nothing is left', async () => (await left())?.events === 0);
  process.stdout.write(`${live + early} events, ${early} before their wait; 0 lost, 0 doubled\n`);
});

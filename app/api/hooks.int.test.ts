import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { webhookConfigSchema } from '@/lib/triggers/schema';
import { createServices } from '@/server/compose';
import { startWorker } from '@/server/runs/worker/worker';
import { type Services, shareServices } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { deleteTrigger, endOldSecret, updateTrigger } from '@/server/triggers/change-trigger';
import { createTrigger } from '@/server/triggers/create-trigger';
import { noteDelivery } from '@/server/triggers/deliveries';
import { listDeliveries, listTriggers } from '@/server/triggers/list-triggers';
import { rotateSecret } from '@/server/triggers/rotate-secret';
import { testTrigger } from '@/server/triggers/test-trigger';
import { anEcho, anEditor } from '@/server/triggers/testing/fixture';
import { newSecret, sign } from '@/server/triggers/verify/signature';
import { ask } from './testing/client';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;
let stranger: Actor;
let workflowId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  shareServices(services);
  worker = await startWorker(services);
  [actor, stranger] = [await anEditor(services), await anEditor(services)];
  workflowId = await anEcho(services, actor);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

async function hook(answer: 'now' | 'wait' = 'now') {
  const { trigger, secret } = await createTrigger(services, actor, {
    params: { id: workflowId },
    query: {},
    body: {
      kind: 'webhook',
      name: 'Orders',
      enabled: true,
      config: webhookConfigSchema.parse({ answer }),
    },
  });
  if (secret === undefined) throw new Error('no secret');
  return { id: trigger.id, secret };
}

type Given = {
  id?: string;
  body?: string;
  secret?: string;
  at?: number;
  headers?: Record<string, string>;
};

function send(to: { id: string; secret: string }, given: Given = {}) {
  const { id = randomUUID(), body = '{"order":7}', secret = to.secret, at = Date.now() } = given;
  const timestamp = String(Math.floor(at / 1000));
  return ask(
    'POST',
    `/api/v2/hooks/${to.id}?source=shop`,
    {},
    {
      raw: body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': sign(secret, { id, timestamp, body }),
        ...given.headers,
      },
    },
  );
}

const by = (id: string) => ({ params: { id }, query: {}, body: undefined });
const rotate = (id: string, who = actor) =>
  rotateSecret(services, who, { params: { id }, query: {}, body: {} });
const runCount = async () =>
  Number((await services.pool.query('select count(*) as n from run')).rows[0].n);

it('starts a run with the body, and answers at once', async () => {
  const one = await hook();
  const answer = await send(one);
  expect(answer.status).toBe(202);
  const { rows } = await services.pool.query(
    'select trigger, input, started_by from run where id = $1',
    [answer.body.run],
  );
  expect(rows[0]).toMatchObject({
    trigger: 'webhook',
    started_by: null,
    input: { body: { order: 7 }, query: { source: 'shop' } },
  });
  expect(JSON.stringify(rows[0])).not.toContain('v1,');
  const { items } = await listDeliveries(services, actor, by(one.id));
  expect(items).toMatchObject([{ outcome: 'started', run: { id: answer.body.run } }]);
});

it('waits for the result where it shall', async () => {
  const answer = await send(await hook('wait'), { body: '[1,2]' });
  expect([answer.status, answer.body.status]).toEqual([200, 'succeeded']);
  expect(JSON.stringify(answer.body.output)).toContain('"body":[1,2]');
});

it('starts one run for one webhook-id, however often and at once it comes', async () => {
  const one = await hook();
  const before = await runCount();
  const id = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(one, { id })));
  const runs = new Set(answers.map((answer) => answer.body.run));
  process.stdout.write(
    `${answers.length} deliveries with one webhook-id at once: ${runs.size} run\n`,
  );
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 202));
  expect(runs.size).toBe(1);
  expect(await runCount()).toBe(before + 1);
  const other = await send(one, { id, body: '{"order":8}' });
  expect([other.status, other.body.error.code]).toEqual([409, 'idempotency_mismatch']);
});

it('refuses what is not signed as it should be, without telling more, and starts nothing', async () => {
  const one = await hook();
  const before = await runCount();
  const wrong: Given[] = [
    { secret: newSecret() },
    { at: Date.now() - 301_000 },
    { at: Date.now() + 302_000 },
    { headers: { 'webhook-signature': '' } },
    { headers: { 'webhook-id': 'another' } },
    { headers: { 'webhook-timestamp': 'now' } },
  ];
  const messages = new Set<string>();
  for (const given of wrong) {
    const answer = await send(one, given);
    expect([answer.status, answer.body.error.code], JSON.stringify(given)).toEqual([
      401,
      'unauthenticated',
    ]);
    messages.add(JSON.stringify(answer.body));
  }
  expect(messages.size).toBe(1);
  expect(await runCount()).toBe(before);
});

it('is not there while it is off, after it was deleted, and for a schedule', async () => {
  const one = await hook();
  await updateTrigger(services, actor, {
    params: { id: one.id },
    query: {},
    body: { enabled: false },
  });
  expect((await send(one)).status).toBe(404);
  await updateTrigger(services, actor, {
    params: { id: one.id },
    query: {},
    body: { enabled: true },
  });
  expect((await send(one)).status).toBe(202);
  await deleteTrigger(services, actor, by(one.id));
  expect((await send(one)).status).toBe(404);
  expect((await send({ ...one, id: randomUUID() })).status).toBe(404);
});

it('takes both secrets for a day after a change, keeps them sealed, and tells them to nobody', async () => {
  const one = await hook();
  const { secret = '' } = await rotate(one.id);
  const old = async () => {
    const { items } = await listTriggers(services, actor, by(workflowId));
    const found = items.find(({ id }) => id === one.id);
    return found?.kind === 'webhook' ? found.oldSecret : undefined;
  };
  const hours = (Date.parse((await old())?.until ?? '') - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThanOrEqual(24.01);
  expect((await old())?.hint).toBe(`…${one.secret.slice(-5)}`);
  expect((await send(one)).status).toBe(202);
  expect((await send({ ...one, secret })).status).toBe(202);
  expect((await send({ ...one, secret: newSecret() })).status).toBe(401);
  const { rows } = await services.pool.query('select * from trigger where id = $1', [one.id]);
  const audit = await services.pool.query(
    'select action, detail from audit where subject_id = $1',
    [one.id],
  );
  const list = await listTriggers(services, actor, by(workflowId));
  const seen = [rows[0], audit.rows, list].map((each) => JSON.stringify(each)).join();
  for (const text of [secret, one.secret]) {
    expect(seen).not.toContain(text);
    expect(rows[0].ciphertext.includes(Buffer.from(text))).toBe(false);
    expect(rows[0].old_ciphertext.includes(Buffer.from(text))).toBe(false);
  }
  await endOldSecret(services, actor, by(one.id));
  await endOldSecret(services, actor, by(one.id));
  expect(await old()).toBeNull();
  expect((await send(one)).status).toBe(401);
  expect((await send({ ...one, secret })).status).toBe(202);
  const actions = await services.pool.query(
    'select action from audit where subject_id = $1 order by id',
    [one.id],
  );
  expect(actions.rows.map((row) => row.action)).toEqual([
    'trigger.created',
    'trigger.secret-changed',
    'trigger.old-secret-ended',
  ]);
});

it('takes one old secret only, and not after its time', async () => {
  const one = await hook();
  const { secret: second = '' } = await rotate(one.id);
  const { secret: third = '' } = await rotate(one.id);
  const statuses = [];
  for (const secret of [one.secret, second, third])
    statuses.push((await send({ ...one, secret })).status);
  expect(statuses).toEqual([401, 202, 202]);
  await services.pool.query(
    `update trigger set old_until = now() - interval '1 second' where id = $1`,
    [one.id],
  );
  expect((await send({ ...one, secret: second })).status).toBe(401);
  expect((await send({ ...one, secret: third })).status).toBe(202);
});

it('slows down a flood, but not for the sake of strangers, and notes few of those', async () => {
  const one = await hook();
  const strangers = await Promise.all(
    Array.from({ length: 90 }, () => send(one, { secret: newSecret() })),
  );
  expect(new Set(strangers.map(({ status }) => status))).toEqual(new Set([401]));
  const { items } = await listDeliveries(services, actor, by(one.id));
  expect(items.length).toBeLessThanOrEqual(25);
  const answers = await Promise.all(Array.from({ length: 90 }, () => send(one)));
  const slowed = answers.filter((answer) => answer.status === 429);
  expect(slowed.length).toBeGreaterThan(0);
  expect(slowed[0]?.headers.get('retry-after')).toBe('1');
  expect(answers.filter(({ status }) => status === 202).length).toBeGreaterThanOrEqual(60);
});

it('reads nothing of what a stranger sends before it knows the webhook and the headers', async () => {
  const one = await hook();
  const strangers = [
    { to: randomUUID(), headers: {}, status: 404 },
    { to: one.id, headers: {}, status: 401 },
    { to: one.id, headers: { 'webhook-signature': 'v2,x' }, status: 401 },
    { to: one.id, headers: { 'webhook-timestamp': '1' }, status: 401 },
    { to: one.id, headers: { 'webhook-id': ' ' }, status: 401 },
  ];
  for (const { to, headers, status } of strangers) {
    let read = 0;
    const raw = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull(controller) {
          read += 1;
          controller.enqueue(new TextEncoder().encode('[1,'));
        },
      },
      { highWaterMark: 0 },
    );
    const signature = { 'webhook-signature': status === 404 ? 'v1,x' : '' };
    const stamps = {
      'webhook-id': 'a',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    };
    const answer = await ask(
      'POST',
      `/api/v2/hooks/${to}`,
      {},
      {
        raw,
        headers: { ...stamps, ...signature, ...headers },
      },
    );
    expect([answer.status, read], JSON.stringify(headers)).toEqual([status, 0]);
  }
});

it('verifies bytes before it parses them, and shows in its list what it could not read', async () => {
  const one = await hook();
  const broken = await send(one, { body: '{"order":' });
  expect([broken.status, broken.body.error.code]).toEqual([400, 'malformed_body']);
  const strange = await send({ ...one, secret: newSecret() }, { body: '{"order":' });
  expect([strange.status, strange.body.error.code]).toEqual([401, 'unauthenticated']);
  const { items } = await listDeliveries(services, actor, by(one.id));
  expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'failed']);
  expect(items[1]?.note).toContain('line 1, column 10');
});

it('reads any kind of JSON, a form and a body without a type, and notes the reason for what it refuses', async () => {
  const one = await hook('wait');
  const echoed = async (body: string, type: string) => {
    const answer = await send(one, { body, headers: { 'content-type': type } });
    return [answer.status, answer.body.output?.body];
  };
  expect(await echoed('{"a":1}', 'application/cloudevents+json')).toEqual([200, { a: 1 }]);
  expect(await echoed('{"a":1}', '')).toEqual([200, { a: 1 }]);
  expect(await echoed('a=1&b=2', 'application/x-www-form-urlencoded')).toEqual([
    200,
    { a: '1', b: '2' },
  ]);
  const cut = '{"comment":"Great \\ud83d","id":7615917337495251231}';
  const kept = { comment: 'Great \uFFFD', id: '7615917337495251231' };
  expect(await echoed(cut, 'application/json')).toEqual([200, kept]);
  expect((await echoed('x', 'image/png'))[0]).toBe(415);
  expect((await echoed('{"a":1,"a":2}', 'application/json'))[0]).toBe(400);
  const { items } = await listDeliveries(services, actor, by(one.id));
  expect(items.map(({ outcome }) => outcome)).toEqual([
    'failed',
    'failed',
    'started',
    'started',
    'started',
    'started',
  ]);
  expect(items[0]?.note).toContain('"a" stands twice');
  expect(items[1]?.note).toContain('image/png is not supported');
});

it('answers each of many equal deliveries at once, however many tidy up the list meanwhile', async () => {
  let [sent, failed] = [0, 0];
  for (let round = 0; round < 4; round += 1) {
    const one = await hook();
    // A full list: each delivery has something to tidy up.
    await services.pool.query(
      `insert into trigger_delivery (trigger_id, outcome, note)
       select $1, 'repeated', '' from generate_series(1, 200)`,
      [one.id],
    );
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 60 }, () => send(one, { id })));
    sent += answers.length;
    failed += answers.filter(({ status }) => status !== 202).length;
    await Promise.all(
      Array.from({ length: 20 }, () => noteDelivery(services, one.id, { outcome: 'repeated' })),
    );
    const { rows } = await services.pool.query(
      'select count(*)::int as n from trigger_delivery where trigger_id = $1',
      [one.id],
    );
    expect(rows[0].n).toBeLessThanOrEqual(200);
  }
  process.stdout.write(`${sent} deliveries at once, ${failed} failures\n`);
  expect(failed).toBe(0);
});

it('tells of the run that began even when its delivery cannot be noted', async () => {
  const one = await hook();
  await services.pool.query('alter table trigger_delivery rename to trigger_delivery_away');
  try {
    expect((await send(one)).status).toBe(202);
  } finally {
    await services.pool.query('alter table trigger_delivery_away rename to trigger_delivery');
  }
});

it('is reached from its own workspace alone', async () => {
  const { id } = await hook();
  const refused = [
    () => listTriggers(services, stranger, by(workflowId)),
    () => listDeliveries(services, stranger, by(id)),
    () => rotate(id, stranger),
    () => endOldSecret(services, stranger, by(id)),
    () => deleteTrigger(services, stranger, by(id)),
    () =>
      updateTrigger(services, stranger, { params: { id }, query: {}, body: { enabled: false } }),
    () => testTrigger(services, stranger, { params: { id }, query: {}, body: { version: 'live' } }),
  ];
  for (const one of refused) await expect(one()).rejects.toMatchObject({ code: 'not_found' });
});

it('can be tried by its people', async () => {
  const { id } = await hook();
  const body = { body: { order: 9 }, version: 'live' } as const;
  const run = await testTrigger(services, actor, { params: { id }, query: {}, body });
  const { rows } = await services.pool.query(
    'select trigger, input, started_by from run where id = $1',
    [run.id],
  );
  expect(rows[0]).toMatchObject({
    trigger: 'webhook',
    started_by: 'u',
    input: { body: { order: 9 } },
  });
});

it('refuses a schedule that no calendar has', async () => {
  for (const [cron, timeZone] of [
    ['0 9 * * *', 'Mars/Olympus'],
    ['61 * * * *', 'UTC'],
  ] as const) {
    const config = { cron, timeZone, missed: 'once', overlap: 'skip', input: {} } as const;
    const body = { kind: 'schedule', name: '', enabled: false, config } as const;
    const made = createTrigger(services, actor, { params: { id: workflowId }, query: {}, body });
    await expect(made).rejects.toMatchObject({ code: 'invalid_input' });
  }
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { hookAuthKinds } from '@/lib/triggers/hook-auth';
import { type WebhookConfig, webhookConfigSchema } from '@/lib/triggers/schema';
import { createServices } from '@/server/compose';
import { type Services, shareServices } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { updateTrigger } from '@/server/triggers/change-trigger';
import { createTrigger } from '@/server/triggers/create-trigger';
import { listDeliveries, listTriggers } from '@/server/triggers/list-triggers';
import { rotateSecret } from '@/server/triggers/rotate-secret';
import { showAddress } from '@/server/triggers/show-address';
import { anEcho, anEditor } from '@/server/triggers/testing/fixture';
import { ask } from './testing/client';
import { type Sender, type Sent, senders } from './testing/hook-senders';

let services: Services;
let actor: Actor;
let workflowId: string;
let cases = 0;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  shareServices(services);
  actor = await anEditor(services);
});
afterAll(async () => {
  process.stdout.write(`${cases} requests of ${hookAuthKinds.length} kinds of senders\n`);
  await services.close();
});

type Hook = { id: string; secret: string; sender: Sender };

/** A webhook of a workflow of its own, since a workflow has room for few. */
async function hookOf(
  sender: Sender,
  { live = 1, ...config }: Partial<WebhookConfig> & { live?: number | null } = {},
): Promise<Hook> {
  workflowId = await anEcho(services, actor, live);
  const made = await createTrigger(services, actor, {
    params: { id: workflowId },
    query: {},
    body: {
      kind: 'webhook',
      name: '',
      enabled: true,
      config: webhookConfigSchema.parse({ answer: 'now', auth: sender.auth, ...config }),
      ...(sender.secret === undefined ? {} : { secret: sender.secret }),
    },
  });
  const secret = made.secret ?? sender.secret;
  if (secret === undefined) throw new Error('no secret');
  return { id: made.trigger.id, secret, sender };
}

type Change = {
  secret?: string;
  at?: number;
  body?: string;
  sent?: Sent;
  type?: string;
  method?: string;
  origin?: string;
};

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const bodies = [
  { type: 'application/json; charset=utf-8', body: '{"a":1}', got: { body: { a: 1 } } },
  { type: 'application/vnd.api+json', body: '[1]', got: { body: [1] } },
  {
    type: 'application/x-www-form-urlencoded',
    body: 'a=1&b=x+y',
    got: { body: { a: '1', b: 'x y' } },
  },
  { type: 'text/plain', body: 'hello', got: { body: 'hello' } },
  { type: 'text/xml', body: '<a/>', got: { body: '<a/>' } },
  {
    type: 'multipart/form-data; boundary=xx',
    body: [
      '--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n',
      '--xx\r\nContent-Disposition: form-data; name="f"; filename="t.csv"\r\n\r\na,b\r\n--xx--\r\n',
    ].join(''),
    got: { body: { a: '1', f: uuid }, files: [{ field: 'f', name: 't.csv', size: 3 }] },
  },
  { type: 'application/pdf', body: '%PDF-1.7', got: { body: uuid, files: [{ name: 'body.pdf' }] } },
];

async function send(hook: Hook, change: Change = {}) {
  const { secret = hook.secret, at = Date.now(), body = '{"order":7}' } = change;
  const sent = change.sent ?? hook.sender.send(secret, body, at);
  cases += 1;
  return ask(
    change.method ?? 'POST',
    `/api/v2/hooks/${hook.id}${sent.end ?? ''}`,
    {},
    {
      raw: body,
      headers: {
        ...sent.headers,
        'content-type': change.type ?? 'application/json',
        ...(change.origin === undefined ? {} : { origin: change.origin }),
      },
    },
  );
}

/** The newest row of the webhook's list. */
async function noted({ id }: Hook) {
  const { items } = await listDeliveries(services, actor, {
    params: { id },
    query: {},
    body: undefined,
  });
  return { outcome: items[0]?.outcome, note: items[0]?.note ?? '', count: items.length };
}

const runsOf = async () =>
  (await services.pool.query('select input from run where workflow_id = $1', [workflowId])).rows;

const refusal = (kind: Sender['auth']['kind']) => (kind === 'none' ? 404 : 401);

describe.each(hookAuthKinds)('a sender of the kind %s', (kind) => {
  const sender = senders[kind];

  it('starts a run, and no secret gets into it', async () => {
    const hook = await hookOf(sender);
    expect((await send(hook)).status).toBe(202);
    const runs = await runsOf();
    expect(runs).toMatchObject([{ input: { body: { order: 7 } } }]);
    expect(JSON.stringify(runs)).not.toContain(hook.secret);
    const { rows } = await services.pool.query('select * from trigger where id = $1', [hook.id]);
    expect(JSON.stringify(rows)).not.toContain(hook.secret);
    expect(rows[0].ciphertext.includes(Buffer.from(hook.secret))).toBe(false);
    expect(await noted(hook)).toMatchObject({ outcome: 'started', count: 1 });
  });

  it('sends any type of body, and the workflow gets it', async () => {
    for (const { type, body, got } of bodies) {
      const hook = await hookOf(sender, { gives: 'request' });
      expect((await send(hook, { type, body })).status, type).toBe(202);
      const [run] = await runsOf();
      expect(run.input.request, type).toMatchObject({ method: 'POST', ...got });
      expect(await noted(hook)).toMatchObject({ outcome: 'started', count: 1 });
    }
  });

  it('is refused with another method, and from a web page', async () => {
    const hook = await hookOf(sender);
    expect((await send(hook, { method: 'PUT' })).status).toBe(405);
    expect((await noted(hook)).note).toContain('The method PUT is not taken');
    const other = await hookOf(sender);
    expect((await send(other, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await noted(other)).note).toContain('https://evil.example');
    expect(await runsOf()).toEqual([]);
  });

  it('is refused with another secret, and the list says why', async () => {
    const hook = await hookOf(sender);
    const answer = await send(hook, { secret: `${hook.secret.slice(0, -4)}AAA=` });
    expect(answer.status).toBe(refusal(kind));
    const row = await noted(hook);
    expect(row).toMatchObject({ outcome: 'refused', note: expect.stringMatching(/\w .*\.$/) });
    // Strangers are told less.
    expect(answer.body.error.message).not.toContain(row.note);
    expect(await runsOf()).toEqual([]);
  });

  it('is refused without what it must send', async () => {
    for (const name of sender.needs) {
      const hook = await hookOf(sender);
      const sent = sender.send(hook.secret, '{"order":7}', Date.now());
      const { [name]: _, ...headers } = sent.headers;
      expect((await send(hook, { sent: { ...sent, headers } })).status).toBe(refusal(kind));
      expect((await noted(hook)).note.toLowerCase()).toBe(`the header ${name} is missing.`);
    }
    const hook = await hookOf(sender);
    expect((await send(hook, { sent: { headers: {} } })).status).toBe(refusal(kind));
    expect((await noted(hook)).note).toContain('missing');
  });

  it('is refused with a body that it did not sign', async () => {
    const signs = ['github', 'stripe', 'shopify', 'slack', 'standard'].includes(kind);
    const hook = await hookOf(sender);
    const sent = sender.send(hook.secret, '{"order":7}', Date.now());
    const answer = await send(hook, { sent, body: '{"order":8}' });
    expect(answer.status).toBe(signs ? 401 : 202);
    if (signs) expect((await noted(hook)).note).toContain('does not fit');
  });

  const timed = sender.timed ? it : undefined;
  timed?.('is refused with an old time, and one that is ahead', async () => {
    for (const [at, words] of [
      [Date.now() - 302_000, /6 min old/],
      [Date.now() + 302_000, /ahead/],
    ] as const) {
      const hook = await hookOf(sender);
      expect((await send(hook, { at })).status).toBe(401);
      expect((await noted(hook)).note).toMatch(words);
    }
  });

  it('starts no second run when a delivery comes again', async () => {
    const hook = await hookOf(sender);
    const sent = sender.send(hook.secret, '{"order":7}', Date.now());
    const named = ['none', 'header', 'basic'].includes(kind)
      ? { ...sent, headers: { ...sent.headers, 'idempotency-key': 'order-7' } }
      : sent;
    const [first, second] = [await send(hook, { sent: named }), await send(hook, { sent: named })];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.run).toBe(first.body.run);
    expect(await runsOf()).toHaveLength(1);
    expect(await noted(hook)).toMatchObject({ outcome: 'repeated', count: 2 });
  });

  it('is refused while the webhook is off', async () => {
    const hook = await hookOf(sender);
    const body = { enabled: false };
    await updateTrigger(services, actor, { params: { id: hook.id }, query: {}, body });
    expect((await send(hook)).status).toBe(404);
    expect(await noted(hook)).toMatchObject({
      outcome: 'refused',
      note: 'The webhook is turned off.',
    });
  });

  it('is told when nothing is published', async () => {
    const hook = await hookOf(sender, { live: null });
    expect((await send(hook)).status).toBe(409);
    expect(await noted(hook)).toMatchObject({
      outcome: 'failed',
      note: expect.stringContaining('publish'),
    });
  });

  it('is slowed down beyond its rate', async () => {
    const hook = await hookOf(sender);
    await services.pool.query(
      `update trigger set free_at = now() + interval '1 hour' where id = $1`,
      [hook.id],
    );
    const answer = await send(hook);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await noted(hook)).toMatchObject({
      outcome: 'refused',
      note: expect.stringContaining('Too many requests'),
    });
  });

  it('is refused with a body that is too large, broken, or in no charset', async () => {
    const large = await hookOf(sender);
    expect((await send(large, { body: `"${'x'.repeat(1_048_576)}"` })).status).toBe(413);
    expect((await noted(large)).note).toContain('larger than the limit');
    const broken = await hookOf(sender);
    expect((await send(broken, { body: '{"order":' })).status).toBe(400);
    expect((await noted(broken)).note).toContain('not JSON');
    const strange = await hookOf(sender);
    const type = 'application/json; charset=klingon';
    expect((await send(strange, { type })).status).toBe(415);
    expect((await noted(strange)).note).toContain('charset klingon is not supported');
  });
});

it('answers GitHub’s ping and Slack’s challenge, and starts nothing', async () => {
  const github = await hookOf(senders.github);
  const ping = senders.github.send(github.secret, '{"zen":"x"}', Date.now());
  const headers = { ...ping.headers, 'x-github-event': 'ping' };
  const answer = await send(github, { body: '{"zen":"x"}', sent: { headers } });
  expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
  expect(await noted(github)).toMatchObject({ outcome: 'skipped', note: /ping/ });
  expect(await runsOf()).toEqual([]);
  const slack = await hookOf(senders.slack);
  const body = '{"type":"url_verification","challenge":"3eZbrw1aB10F"}';
  const challenged = await send(slack, { body });
  expect([challenged.status, challenged.body]).toEqual([200, { challenge: '3eZbrw1aB10F' }]);
  expect(challenged.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await send(slack, { body, secret: 'another-secret' })).status).toBe(401);
  expect(await runsOf()).toEqual([]);
});

it('names Stripe’s and Slack’s deliveries by their events', async () => {
  for (const [sender, body] of [
    [senders.stripe, '{"id":"evt_1","pending_webhooks":2}'],
    [senders.slack, '{"type":"event_callback","event_id":"Ev1","retry":0}'],
  ] as const) {
    const hook = await hookOf(sender);
    const first = await send(hook, { body });
    const again = await send(hook, { body: body.replace('2', '1'), at: Date.now() - 60_000 });
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body.run).toBe(first.body.run);
    expect(await runsOf()).toHaveLength(1);
  }
});

it('waits for a secret that only the sender can make, and says so', async () => {
  const { secret = '', ...unmade } = senders.stripe;
  await expect(hookOf(unmade)).rejects.toThrow('no secret');
  const { items } = await listTriggers(services, actor, {
    params: { id: workflowId },
    query: {},
    body: undefined,
  });
  expect(items).toMatchObject([{ problems: [/No secret was entered yet/], secretHint: '' }]);
  const id = items[0]?.id ?? '';
  const late = { id, secret, sender: senders.stripe };
  expect((await send(late)).status).toBe(401);
  expect((await noted(late)).note).toContain('No secret was entered yet');
  const given = { params: { id }, query: {} };
  expect(await rotateSecret(services, actor, { ...given, body: { secret } })).toEqual({
    secretHint: `…${secret.slice(-5)}`,
  });
  expect((await send(late)).status).toBe(202);
});

it('changes the way of verifying together with the secret, at once', async () => {
  const hook = await hookOf(senders.standard);
  const given = { params: { id: hook.id }, query: {} };
  const config = webhookConfigSchema.parse({ answer: 'now', auth: { kind: 'none' } });
  const patched = updateTrigger(services, actor, { ...given, body: { config } });
  await expect(patched).rejects.toMatchObject({ code: 'conflict' });
  const { secret = '' } = await rotateSecret(services, actor, {
    ...given,
    body: { auth: { kind: 'none' } },
  });
  expect(Buffer.from(secret, 'base64url').byteLength).toBeGreaterThanOrEqual(16);
  expect((await send(hook)).status).toBe(404);
  expect((await send({ ...hook, secret, sender: senders.none })).status).toBe(202);
  const shown = await showAddress(services, actor, { ...given, body: undefined });
  expect(shown.url.endsWith(`/api/v2/hooks/${hook.id}/${secret}`)).toBe(true);
  const trail = await services.pool.query('select action from audit where subject_id = $1', [
    hook.id,
  ]);
  expect(trail.rows.map(({ action }) => action)).toContain('trigger.address-shown');
  const chosen = rotateSecret(services, actor, { ...given, body: { secret: 'chosen-by-me' } });
  await expect(chosen).rejects.toMatchObject({ code: 'invalid_input' });
});

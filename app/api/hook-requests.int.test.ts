import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { type WebhookConfig, webhookConfigSchema } from '@/lib/triggers/schema';
import { createServices } from '@/server/compose';
import { forgetSentFiles } from '@/server/files/keep-sent-files';
import { startWorker } from '@/server/runs/worker/worker';
import { type Services, shareServices } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createTrigger } from '@/server/triggers/create-trigger';
import { forgetListening } from '@/server/triggers/hooks/forget-listening';
import { receiveHook } from '@/server/triggers/hooks/receive-hook';
import { listDeliveries } from '@/server/triggers/list-triggers';
import { getListening, listenForTest, stopListening } from '@/server/triggers/listen-for-test';
import { rotateSecret } from '@/server/triggers/rotate-secret';
import { testTrigger } from '@/server/triggers/test-trigger';
import { anEcho, anEditor } from '@/server/triggers/testing/fixture';
import { type Ask, ask } from './testing/client';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  shareServices(services);
  worker = await startWorker(services);
  actor = await anEditor(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const none = { query: {}, body: undefined };

/** A webhook that knows its sender by the header X-Shop, of a workflow of its own; `expression` makes its output. */
async function hookOf(config: Partial<WebhookConfig> = {}, expression = 'input') {
  const workflowId = await anEcho(services, actor);
  await services.pool.query(
    `update workflow_version set definition = jsonb_set(definition::jsonb, '{nodes,0,config,expression}', to_jsonb($2::text))
     where workflow_id = $1`,
    [workflowId, expression],
  );
  const { trigger, secret = '' } = await createTrigger(services, actor, {
    params: { id: workflowId },
    query: {},
    body: {
      kind: 'webhook',
      name: '',
      enabled: true,
      config: webhookConfigSchema.parse({
        ...{ answer: 'wait', gives: 'request', auth: { kind: 'header', name: 'X-Shop' } },
        ...config,
      }),
    },
  });
  const send = (given: Ask = {}, method = 'POST', query = '') =>
    ask(
      method,
      `/api/v2/hooks/${trigger.id}${query}`,
      {},
      { ...given, headers: { 'x-shop': secret, ...given.headers } },
    );
  const noted = async () =>
    (await listDeliveries(services, actor, { ...none, params: { id: trigger.id } })).items;
  return { id: trigger.id, workflowId, secret, send, noted };
}

const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));

it.each([
  ['JSON', 'application/json', '{"order":7}', { order: 7 }],
  ['a form', 'application/x-www-form-urlencoded', 'a=1&b=2&a=3', { a: ['1', '3'], b: '2' }],
  ['text', 'text/plain; charset=utf-8', 'hello', 'hello'],
  ['XML', 'application/xml', '<order id="7"/>', '<order id="7"/>'],
  ['XML called text', 'text/xml', '<a/>', '<a/>'],
])('gives the workflow the whole request: %s', async (_, type, raw, body) => {
  const { send, secret } = await hookOf();
  const headers = { 'content-type': type, 'x-topic': 'paid', cookie: 'a=b', 'x-api-key': 'k' };
  const answer = await send({ raw, headers }, 'POST', '?source=shop&tag=a&tag=b');
  expect(answer.status).toBe(200);
  const { request } = answer.body.output;
  expect(request).toMatchObject({
    method: 'POST',
    query: { source: 'shop', tag: ['a', 'b'] },
    body,
    files: [],
  });
  expect(Object.keys(request.headers).sort()).toEqual(['content-type', 'x-topic']);
  expect(JSON.stringify(answer.body)).not.toContain(secret);
});

it('reads another charset, and keeps what the database cannot', async () => {
  const { send } = await hookOf();
  const raw = Uint8Array.of(0x5a, 0x6f, 0xeb, 0x00);
  const headers = { 'content-type': 'text/plain; charset=iso-8859-1' };
  const answer = await send({ raw, headers }, 'POST', '?a%00=b%00');
  expect(answer.body.output.request).toMatchObject({
    body: 'Zoë\uFFFD',
    query: { 'a\uFFFD': 'b\uFFFD' },
  });
});

const multipart = (text: string) => ({
  raw: bytes(
    [
      '--xx\r\nContent-Disposition: form-data; name="order"\r\n\r\n7\r\n',
      '--xx\r\nContent-Disposition: form-data; name="table"; filename="orders.csv"\r\nContent-Type: text/csv\r\n\r\n',
      `${text}\r\n--xx--\r\n`,
    ].join(''),
  ),
  headers: { 'content-type': 'multipart/form-data; boundary=xx' },
});

it('whose bodies do not come hold up their own webhook alone', async () => {
  const [slow, quick] = [await hookOf({ auth: { kind: 'github' } }), await hookOf()];
  const secret = 'a-secret-of-github-0123456789';
  await rotateSecret(services, actor, { ...none, params: { id: slow.id }, body: { secret } });
  const { promise: never, resolve: end } = Promise.withResolvers<Uint8Array>();
  const request = () =>
    new Request(`http://localhost/api/v2/hooks/${slow.id}`, {
      method: 'POST',
      headers: { ...multipart('').headers, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    });
  const dripping = Array.from({ length: 8 }, () =>
    receiveHook(services, { params: { id: slow.id } }, { read: () => never }, request()),
  );
  expect((await quick.send(multipart('a,b'))).status).toBe(200);
  end(new Uint8Array());
  expect((await Promise.all(dripping)).every(({ status }) => status >= 400)).toBe(true);
  await services.pool.query('delete from file where workspace_id = $1', [actor.workspaceId]);
});

it('keeps files of a form for as long as runs, once for each delivery', async () => {
  const { send, noted } = await hookOf({ gives: 'fields' });
  const headers = { ...multipart('').headers, 'idempotency-key': 'one' };
  const first = await send({ ...multipart('a,b\n1,2'), headers });
  expect(first.status).toBe(200);
  const { order, table } = first.body.output.body;
  expect(order).toBe('7');
  const again = await send({ ...multipart('a,b\n1,2'), headers });
  expect(again.body.run).toBe(first.body.run);
  const other = await send({ ...multipart('a,b\n1,3'), headers });
  expect([other.status, other.body.error.code]).toEqual([409, 'idempotency_mismatch']);
  const { rows } = await services.pool.query(
    `select id, name, media_type, size, created_by, expires_at > now() + interval '1 day' as kept
     from file where workspace_id = $1`,
    [actor.workspaceId],
  );
  expect(rows).toEqual([
    {
      ...{ id: table, name: 'orders.csv', media_type: 'text/csv', size: 7 },
      ...{ created_by: null, kept: true },
    },
  ]);
  expect((await noted()).map(({ outcome }) => outcome)).toEqual(['failed', 'repeated', 'started']);
  await services.pool.query(`update file set expires_at = now() - interval '1 second'`);
  await forgetSentFiles(services.pool);
  const left = await services.pool.query('select 1 from file where id = $1', [table]);
  expect(left.rowCount).toBe(0);
});

it('takes bytes as a file, up to the size of uploads, and leaves room for people', async () => {
  const { send, noted } = await hookOf();
  const headers = { 'content-type': 'application/pdf' };
  const answer = await send({ raw: new Uint8Array(2_000_000), headers });
  const { body, files } = answer.body.output.request;
  expect(files).toEqual([
    { id: body, field: '', name: 'body.pdf', mediaType: 'application/pdf', size: 2_000_000 },
  ]);
  const large = await send({ raw: new Uint8Array(8 * 1_048_576 + 1), headers });
  expect(large.status).toBe(413);
  // As if requests had filled their part of the room: there is some left for people.
  const filled = Math.floor(services.config.fileBytesPerWorkspace / 2) - 2_000_000;
  await services.pool.query(
    `insert into file (id, workspace_id, name, media_type, size, sha256, data, expires_at)
     values (gen_random_uuid(), $1, 'x', 'text/plain', $2, '', '', now() + interval '1 day')`,
    [actor.workspaceId, filled],
  );
  const full = await send({ raw: new Uint8Array(300_000), headers });
  expect([full.status, full.body.error.code]).toEqual([413, 'too_large']);
  expect((await noted()).map(({ outcome }) => outcome)).toEqual(['failed', 'refused', 'started']);
});

it('keeps no file of a request that the workflow does not take', async () => {
  const { send, workflowId } = await hookOf();
  await services.pool.query('update workflow set live_version = null where id = $1', [workflowId]);
  const before = await services.pool.query('select count(*) as n from file');
  expect((await send(multipart('x'))).status).toBe(409);
  expect((await services.pool.query('select count(*) as n from file')).rows).toEqual(before.rows);
});

it('takes the methods of its settings, and says of others why not', async () => {
  const { send, noted } = await hookOf({ methods: ['GET', 'PUT'] });
  const got = await send({}, 'GET', '?order=7');
  expect(got.body.output.request).toMatchObject({
    method: 'GET',
    query: { order: '7' },
    body: null,
  });
  expect((await send({ body: { a: 1 } }, 'PUT')).body.output.request.method).toBe('PUT');
  const refused = await send({ body: {} }, 'POST');
  expect([refused.status, refused.body.error.message]).toEqual([
    405,
    'POST is not allowed here. Use GET, PUT.',
  ]);
  expect((await noted())[0]).toMatchObject({
    outcome: 'refused',
    note: 'The method POST is not taken: GET, PUT are.',
  });
});

it('lets pages of its origins send and read, and no others', async () => {
  const one = await hookOf({ origins: ['https://shop.example'] });
  const from = (origin: string) => ({
    body: {},
    headers: { origin, 'sec-fetch-site': 'cross-site' },
  });
  const allowed = await one.send(from('https://shop.example'));
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
    200,
    'https://shop.example',
  ]);
  expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
  const wrong = await one.send({
    ...from('https://shop.example'),
    headers: { origin: 'https://shop.example', 'x-shop': 'wrong-secret' },
  });
  expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([
    401,
    'https://shop.example',
  ]);
  const foreign = await hookOf({ origins: ['https://shop.example'] });
  const refused = await foreign.send(from('https://evil.example'));
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  expect((await foreign.noted())[0]?.note).toContain('A page of https://evil.example');
  expect((await (await hookOf()).send(from('https://shop.example'))).status).toBe(403);
  const asked = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-shop',
  };
  const preflight = (origin: string) => one.send({ headers: { origin, ...asked } }, 'OPTIONS');
  const yes = await preflight('https://shop.example');
  expect([yes.status, yes.headers.get('access-control-allow-headers')]).toEqual([204, 'x-shop']);
  expect(yes.headers.get('access-control-allow-methods')).toBe('POST');
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBe(
    null,
  );
});

it('answers with the output as the response', async () => {
  const made =
    '{"status": 201, "headers": {"Content-Type": "text/xml", "Set-Cookie": "a=b"}, "body": "<ok/>"}';
  const answer = await (await hookOf({ answer: 'output' }, made)).send({ body: {} });
  expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([
    201,
    '<ok/>',
    'text/xml; charset=utf-8',
  ]);
  expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox/);
  expect(answer.headers.getSetCookie()).toEqual([]);
  const failed = await (await hookOf({ answer: 'output' }, '1 / 0')).send({ body: {} });
  expect([failed.status, failed.body.error]).toEqual([
    500,
    { code: 'run_failed', message: 'The run did not succeed.' },
  ]);
});

it('shows the next request to who listens, verified or not, and starts no run', async () => {
  const { id, workflowId, secret, send, noted } = await hookOf();
  const given = { ...none, params: { id } };
  expect(await getListening(services, actor, given)).toEqual({ listening: null });
  await listenForTest(services, actor, given);
  const refused = await send({ body: { order: 7 }, headers: { 'x-shop': 'wrong-secret' } });
  expect(refused.status).toBe(401);
  const { listening } = await getListening(services, actor, given);
  expect(listening?.request).toMatchObject({
    method: 'POST',
    body: '{"order":7}',
    size: 11,
    hidden: expect.arrayContaining(['x-shop']),
    refused: 'The header X-Shop holds another value than the secret.',
  });
  expect(JSON.stringify(listening)).not.toContain('wrong-secret');
  await listenForTest(services, actor, given);
  const large = await send({ raw: `"${'x'.repeat(200_000)}"` });
  expect([large.status, large.body]).toEqual([202, { test: true }]);
  const came = (await getListening(services, actor, given)).listening?.request;
  expect([came?.body.length, came?.size, came?.refused]).toEqual([65_536, 200_002, null]);
  expect(JSON.stringify(came)).not.toContain(secret);
  const runs = () => services.pool.query('select 1 from run where workflow_id = $1', [workflowId]);
  expect((await runs()).rowCount).toBe(0);
  expect((await noted()).map(({ outcome }) => outcome)).toEqual(['skipped', 'refused']);
  // Shown once: the next one starts a run again.
  expect((await send({ body: {} })).status).toBe(200);
  expect((await runs()).rowCount).toBe(1);
  await stopListening(services, actor, given);
  expect(await getListening(services, actor, given)).toEqual({ listening: null });
  await listenForTest(services, actor, given);
  await services.pool.query(`update trigger_listening set until = now() - interval '1 second'`);
  expect(await getListening(services, actor, given)).toEqual({ listening: null });
  expect((await send({ body: {} })).status).toBe(200);
  await forgetListening(services.pool);
  expect((await services.pool.query('select 1 from trigger_listening')).rowCount).toBe(0);
  const stranger = await anEditor(services);
  for (const use of [getListening, listenForTest, stopListening])
    await expect(use(services, stranger, given)).rejects.toMatchObject({ code: 'not_found' });
});

it('starts a test with body, query and headers, of the live version', async () => {
  const { id } = await hookOf();
  const body = {
    body: { order: 9 },
    query: { a: '1' },
    headers: { 'X-Topic': 'paid', 'X-Shop': 'secret' },
    version: 'live',
  } as const;
  const run = await testTrigger(services, actor, { params: { id }, query: {}, body });
  const { rows } = await services.pool.query('select input, started_by from run where id = $1', [
    run.id,
  ]);
  expect(rows[0]).toMatchObject({ started_by: 'u' });
  expect(rows[0].input.request).toMatchObject({
    ...{ method: 'POST', query: { a: '1' }, headers: { 'x-topic': 'paid' }, body: { order: 9 } },
  });
  expect(Object.keys(rows[0].input.request.headers)).toEqual(['x-topic']);
});

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { at } from '@/lib/values/unknown';
import { openWorld } from '@/server/connections/testing/world';
import { newSecret, sign } from '@/server/triggers/verify/signature';

type World = Awaited<ReturnType<typeof openWorld>>;
type Got = { url: string; headers: IncomingMessage['headers']; body: string };
let world: World;
let got: Got[];
/** How the server ends the requests, one after another; 200 after that. */
let ends: (number | 'cut' | [number, Record<string, string>])[];

beforeAll(async () => {
  world = await openWorld();
  world.outside.bound.answer = (incoming, response) => void take(incoming, response);
});
afterAll(() => world?.close());
beforeEach(() => {
  [got, ends] = [[], []];
});

async function take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = '', headers } = incoming;
  got.push({ url, headers, body: await text(incoming) });
  const end = ends.shift() ?? 200;
  if (end === 'cut') return void incoming.socket.destroy();
  const [status, more] = typeof end === 'number' ? [end, {}] : end;
  response.writeHead(status, { 'content-type': 'text/plain', ...more }).end('as you say');
}

const twice = { retry: { attempts: 2, backoffMs: 0, maxBackoffMs: 0 } };
async function signing(secret: string) {
  const name = `Hook ${randomUUID()}`;
  const hosts = [world.outside.bound.host];
  await world.create(world.ada, {
    ...{
      name,
      kind: 'signature',
      config: { hosts },
      secret,
      allowedWorkflowIds: null,
      allowedUserIds: null,
    },
  });
  return name;
}
const webhook = (config: object, more: Parameters<World['run']>[1] = {}) =>
  world.run(
    { url: world.url('/hook'), event: 'order.paid', data: 'input.order', ...config },
    { type: 'send-webhook', input: { order: { id: 7 } }, ...more },
  );
const proof = ({ headers, body }: Got, secret: string) =>
  sign(secret, {
    id: String(headers['webhook-id']),
    timestamp: String(headers['webhook-timestamp']),
    body,
  });

test.each([
  ['as Standard Webhooks write secrets', newSecret()],
  ['as any text', 'canary plain secret'],
])('a webhook is signed with a secret %s, which is nowhere else', async (_, secret) => {
  const run = await webhook({ connection: await signing(secret) });
  const [first] = got;
  if (first === undefined) throw new Error('nothing was sent');
  expect(first.headers['webhook-signature']).toBe(proof(first, secret));
  expect(first.headers['webhook-signature']).not.toBe(proof(first, newSecret()));
  expect(JSON.parse(first.body)).toEqual({
    ...{ type: 'order.paid', timestamp: expect.stringMatching(/Z$/), data: { id: 7 } },
  });
  expect(run.step?.output).toEqual({ id: first.headers['webhook-id'], status: 200 });
  expect(JSON.stringify([run.state, first])).not.toContain(secret);
});

test('all attempts are one message, another run is another, and the receiver decides what fails', async () => {
  const connection = await signing(newSecret());
  ends = [503, 'cut'];
  const policy = { retry: { attempts: 3, backoffMs: 0, maxBackoffMs: 0 } };
  const run = await webhook({ connection }, { policy });
  expect([run.state.status, got.length]).toEqual(['succeeded', 3]);
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  await webhook({ connection });
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  ends = [410];
  expect((await webhook({ connection }, { policy })).error).toMatchObject({ code: 'http_status' });
  expect(got).toHaveLength(5);
});

test('a redirect elsewhere gets neither body nor signature, other hosts get nothing, nor does anybody in a rehearsal', async () => {
  const connection = await signing(newSecret());
  const other = `http://${world.outside.other.host}/`;
  ends = [[307, { location: other }]];
  const led = await webhook({ connection });
  expect(led.error).toMatchObject({ code: 'redirect_refused' });
  const elsewhere = await webhook({ connection, url: other });
  expect(elsewhere.error).toMatchObject({ code: 'connection_host' });
  expect([...led.sent, ...elsewhere.sent].filter(({ server }) => server === 'other')).toEqual([]);
  const before = got.length;
  const rehearsed = await webhook({ connection }, { mode: 'rehearsal' });
  expect([got.length, at(rehearsed.step?.output, 'rehearsed')]).toEqual([before, true]);
  const open = await webhook({ shape: 'data', event: 'größe\n' });
  expect([open.state.status, got.at(-1)?.body]).toEqual(['succeeded', '{"id":7}']);
  expect(got.at(-1)?.headers).toMatchObject({ 'webhook-event': 'gr%C3%B6%C3%9Fe' });
  expect(got.at(-1)?.headers).not.toHaveProperty('webhook-signature');
});

async function slack(config: object, more: Parameters<World['run']>[1] = {}) {
  const name = `Slack ${randomUUID()}`;
  const hosts = [world.outside.bound.host];
  await world.create(world.ada, {
    ...{ name, kind: 'api_key', config: { hosts, in: 'path', name: 'webhook' } },
    ...{ secret: 'T00/B00/canary', allowedWorkflowIds: null, allowedUserIds: null },
  });
  const url = world.url('/services/{webhook}');
  return world.run(
    { connection: name, url, message: 'Hi', ...config },
    { type: 'post-to-slack', ...more },
  );
}

test('a message goes to the address of the webhook; a value in it can neither mention nor link', async () => {
  const run = await slack(
    {
      message: '*New* for {{ input.who }} & <https://a.example|you>',
      blocks: '[{"type": "divider"}]',
    },
    { input: { who: '<!channel> & <https://evil.example|Ada>' } },
  );
  expect(run.step).toMatchObject({ status: 'succeeded', output: { status: 200 } });
  expect(got.map(({ url }) => url)).toEqual(['/services/T00/B00/canary']);
  expect(JSON.parse(got[0]?.body ?? '')).toEqual({
    text: '*New* for &lt;!channel&gt; &amp; &lt;https://evil.example|Ada&gt; & <https://a.example|you>',
    blocks: [{ type: 'divider' }],
  });
  expect(JSON.stringify(run.state)).not.toContain('canary');
});

test.each<[string, typeof ends, string, number]>([
  ['a limit is waited for', [[429, { 'retry-after': '0' }]], 'succeeded', 2],
  ['a refusal is final', [404], 'http_status', 1],
  ['a server that is lost may have posted it', ['cut'], 'network_failed', 1],
  ['so may one that fails', [500], 'http_status', 1],
])('%s', async (_, all, end, times) => {
  ends = [...all];
  const run = await slack({}, { policy: twice });
  expect([run.error?.code ?? run.state.status, got.length]).toEqual([end, times]);
  expect(JSON.stringify(run.state)).not.toContain('canary');
});

test('an empty or invalid message and a rehearsal post nothing', async () => {
  const rehearsed = await slack({}, { mode: 'rehearsal' });
  expect(rehearsed.step?.reason).toBe('Rehearsed: “Hi” was not posted.');
  const empty = await slack({ message: '{{ input.x }}' }, { input: { x: ' ' } });
  const odd = await slack({ blocks: '"x"' });
  expect([empty.error?.code, odd.error?.code, got.length]).toEqual([
    'no_message',
    'invalid_blocks',
    0,
  ]);
});

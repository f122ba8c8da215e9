import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ModelPause } from '@/lib/models/failing/pause';
import type { ModelPolicy } from '@/lib/models/schema';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { listRunCalls } from '@/server/spending/calls/list-run-calls';
import { testConfig } from '@/server/testing/database';
import { type Cooling, createCooling, type Target } from './cooling/cooling';
import { deleteKey } from './delete-key';
import { findKeys } from './keys/keys';
import { putLimit } from './limits/put-limit';
import { listProviders } from './list-providers';
import type { ModelCall } from './providers/model-call';
import { putKey } from './put-key';
import { testKey } from './test-key';
import { startTwin, type Twin } from './testing/twin/twin';
import { nowherePlace } from './testing/unlimited';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let twin: Twin;
let actor: Actor;

const sol = { provider: 'openai', model: 'gpt-6-sol' } as const;
const opus = { provider: 'anthropic', model: 'claude-opus-5' } as const;
const withFallback: ModelPolicy = { ...sol, fallback: [opus] };

beforeAll(async () => {
  twin = await startTwin();
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: `127.0.0.1:${twin.port}` }),
    'test',
  );
  worker = await startWorker(services);
});
beforeEach(async () => {
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'admin', workspaceId };
  for (const [provider, baseUrl] of [
    ['openai', `${twin.origin}/v1`],
    ['anthropic', twin.origin],
  ] as const) {
    await putKey(services, actor, { params: { provider }, query: {}, body: { key: 'k', baseUrl } });
  }
  twin.asked.length = 0;
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  await twin.close();
});

const call = (policy: ModelPolicy, more: Partial<ModelCall> = {}) =>
  services.models.call({
    ...{ workspaceId: actor.workspaceId, place: nowherePlace, mode: 'live', policy },
    ...{ messages: [{ role: 'user', content: 'Say something.' }] },
    signal: new AbortController().signal,
    ...more,
  });
const asked = () => twin.asked.map(({ vendor }) => vendor);
const limited = (seconds: number) => ({
  ...{ status: 429, headers: { 'retry-after': `${seconds}` } },
  body: { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } },
});

async function start(model: ModelPolicy): Promise<string> {
  const node = { id: 'ask', key: 'ask', type: 'model', name: 'Ask', position: { x: 0, y: 0 } };
  const config = { model, prompt: 'Say something.' };
  const plan = compile(
    definitionSchema.parse({ name: 'Ask', nodes: [{ ...node, config }], edges: [] }),
    catalogue,
  );
  const { id } = await services.engine.start({
    workspaceId: actor.workspaceId,
    ...{ name: 'Ask', mode: 'live', trigger: 'manual', plan, definitionHash: 'test', input: {} },
  });
  return id;
}

test.each([
  ['an outage', { status: 503, body: { error: { message: 'Overloaded' } } }],
  ['a limit', limited(20)],
  ['a key that is no good', { status: 401, body: { error: { message: 'Incorrect API key' } } }],
  [
    'an account without credit',
    { status: 429, body: { error: { message: 'Billing', code: 'insufficient_quota' } } },
  ],
  [
    'a model that is gone',
    { status: 404, body: { error: { message: 'The model does not exist' } } },
  ],
  ['an answer that breaks off before a word', { cutAfter: 10 }],
])('%s: the next model answers, and the record says why', async (_, directive) => {
  twin.script(directive);
  const id = await start(withFallback);
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  expect(asked()).toEqual(['openai', 'anthropic']);
  const { items } = await listRunCalls(services, actor, {
    ...{ params: { id }, query: { limit: 10 }, body: undefined },
  });
  expect(items).toMatchObject([
    { model: 'gpt-6-sol', state: 'failed' },
    {
      ...{ model: 'claude-opus-5', state: 'settled' },
      decision: {
        reason: expect.stringMatching(/^gpt-6-sol .*, so claude-opus-5 answered\.$/),
        hops: [{ provider: 'openai', model: 'gpt-6-sol', kind: expect.any(String) }],
      },
    },
  ]);
});

test.each([
  ['a request that is wrong', { status: 400, body: { error: { message: 'Unknown parameter' } } }],
  ['a refusal', { status: 400, body: { error: { message: 'flagged', code: 'content_filter' } } }],
])('%s is no reason to ask another model', async (_, directive) => {
  twin.script(directive);
  await expect(call(withFallback)).rejects.toMatchObject({
    code: expect.stringMatching(/^model_/),
  });
  expect(asked()).toEqual(['openai']);
});

test('after a word was shown no other model answers', async () => {
  twin.script({ cutAfter: 1_400, chunk: 20 });
  let shown = '';
  const long = { messages: [{ role: 'user' as const, content: 'A long answer.' }] };
  const failed = call(withFallback, { ...long, onDelta: (text) => (shown += text) });
  await expect(failed).rejects.toMatchObject({ code: 'model_broke_off' });
  expect(shown).not.toBe('');
  expect(asked()).toEqual(['openai']);
});

test('a model that asked to be left alone is not asked by anybody, and its deadline is only extended', async () => {
  twin.script(limited(20));
  await call(withFallback);
  for (let again = 0; again < 5; again += 1) await call(withFallback);
  expect(asked().filter((vendor) => vendor === 'openai')).toHaveLength(1);
  await expect(call(sol)).rejects.toSatisfy(
    (error) => ModelPause.isInstance(error) && error.waitMs > 15_000 && error.waitMs <= 20_000,
  );
  expect(asked().filter((vendor) => vendor === 'openai')).toHaveLength(1);
});

test('what waiting does not help is asked all the same where nothing else is left', async () => {
  twin.script({ status: 401, body: { error: { message: 'Incorrect API key' } } });
  await expect(call(sol)).rejects.toMatchObject({ code: 'model_key_refused' });
  expect(await call(sol)).toMatchObject({ model: 'gpt-6-sol' });
});

test('nothing of a local request leaves the machine', async () => {
  const local = { provider: 'ollama', model: 'llama' } as const;
  for (const policy of [
    { ...local, localOnly: true, fallback: [opus] },
    { ...sol, localOnly: true },
  ]) {
    await expect(call(policy)).rejects.toMatchObject({
      code: expect.stringMatching(/^(no_|model_)/),
    });
  }
  expect(asked()).toEqual([]);
});

test('a step whose models all want to be left alone waits, held by nobody, and goes on', async () => {
  twin.script(limited(2), limited(3));
  const id = await start(withFallback);
  const wait = await eventually('the step waits', async () => {
    const step = (await services.engine.load(id))?.steps.ask;
    return step?.status === 'waiting' && step.wait?.kind === 'timer' && step.wait;
  });
  expect((wait.until ?? 0) - Date.now()).toBeLessThanOrEqual(2_100);
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  expect(asked()).toEqual(['openai', 'anthropic', 'openai']);
});

const target = (workspaceId: string): Target => ({ workspaceId, account: 'a', ...sol });
const processes = (): Cooling[] => Array.from({ length: 8 }, () => createCooling(services.pool));

test('of all processes exactly one finds out whether it is over, each time', async () => {
  const each = target(actor.workspaceId);
  const all = processes();
  let probes = 0;
  for (let round = 0; round < 20; round += 1) {
    await all[0]?.failed(each, 'rate', 1);
    const looks = await eventually('its time is over', async () => {
      const seen = await Promise.all(all.map((cooling) => cooling.look(each)));
      return seen.every(({ cool }) => cool?.waitMs === 0) && seen;
    });
    const won = await Promise.all(looks.map(({ cool }, at) => cool && all[at]?.probe(cool)));
    probes += won.filter(Boolean).length;
    expect((await all[1]?.look(each))?.cool?.waitMs).toBeGreaterThan(50_000);
  }
  expect(probes).toBe(20);
  await all[0]?.heal(each);
  expect(await all[1]?.look(each)).toEqual({ known: false });
});

test('a deadline is never shortened, by any order of failures in any process', async () => {
  const each = target(actor.workspaceId);
  const all = processes();
  let longest = 0;
  for (let round = 0; round < 125; round += 1) {
    const delays = all.map((_, at) => ((round * 7_919 + at * 104_729) % 600_000) + 1_000);
    await Promise.all(all.map((cooling, at) => cooling.failed(each, 'rate', delays[at])));
    longest = Math.max(longest, ...delays);
    const left = (await all[round % 8]?.look(each))?.cool?.waitMs ?? 0;
    expect(left).toBeGreaterThan(longest - 60_000);
  }
});

test('one failure is no sample: five in a row are', async () => {
  const each = target(actor.workspaceId);
  const [cooling] = processes();
  const left: number[] = [];
  for (let time = 0; time < 5; time += 1)
    left.push((await cooling?.failed(each, 'transient')) ?? 0);
  expect(left.slice(0, 4)).toEqual([0, 0, 0, 0]);
  expect(left[4]).toBeGreaterThan(25_000);
});

test('a key that is no good is left alone with all its models, and another key is not', async () => {
  const each = target(actor.workspaceId);
  const [cooling] = processes();
  await cooling?.failed(each, 'credential');
  expect((await cooling?.look({ ...each, model: 'gpt-4.1' }))?.cool?.kind).toBe('credential');
  expect(await cooling?.look({ ...each, account: 'b' })).toEqual({ known: false });
});

test('at a limit of the workspace’s own the next model answers, or the call waits; the model itself is not blamed', async () => {
  const body = { model: 'gpt-6-sol', requestsPerMinute: 1, tokensPerMinute: null, atOnce: null };
  await putLimit(services, actor, { params: { provider: 'openai' }, query: {}, body });
  await call(sol);
  await call(withFallback);
  expect(asked()).toEqual(['openai', 'anthropic']);
  await expect(call(sol)).rejects.toSatisfy(
    (error) => ModelPause.isInstance(error) && error.waitMs > 50_000 && error.waitMs <= 60_000,
  );
  const cooled = await services.pool.query('select 1 from model_cooldown where workspace_id = $1', [
    actor.workspaceId,
  ]);
  expect(cooled.rowCount).toBe(0);
  const { items } = await listProviders(services, actor, {
    params: {},
    query: {},
    body: undefined,
  });
  expect(items.find(({ provider }) => provider === 'openai')?.limits).toEqual([body]);
});

const addKey = (name: string, key: string) =>
  putKey(services, actor, {
    ...{ params: { provider: 'openai' }, query: {} },
    body: { key, name, baseUrl: `${twin.origin}/v1` },
  });

test.each([
  ['at a limit', limited(20), 'has too many requests'],
  [
    'out of credit',
    { status: 429, body: { error: { message: 'Billing', code: 'insufficient_quota' } } },
    'has no credit left',
  ],
  [
    'rejected',
    { status: 401, body: { error: { message: 'Incorrect API key' } } },
    'rejects the key',
  ],
])('a key that is %s: the next key answers, and goes on to', async (_, directive, words) => {
  await addKey('Team', 'k2');
  twin.script(directive);
  const id = await start(withFallback);
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  expect(asked()).toEqual(['openai', 'openai']);
  const { items } = await listRunCalls(services, actor, {
    ...{ params: { id }, query: { limit: 10 }, body: undefined },
  });
  expect(items.at(-1)).toMatchObject({
    ...{ model: 'gpt-6-sol', state: 'settled' },
    decision: { reason: `gpt-6-sol (first key) ${words}, so the key “Team” answered.` },
  });
  await call(sol);
  expect(asked()).toEqual(['openai', 'openai', 'openai']);
});

async function keysOf(wanted: string) {
  const { items } = await listProviders(services, actor, {
    ...{ params: {}, query: {}, body: undefined },
  });
  return items.find(({ provider }) => provider === wanted)?.keys;
}

test('a key that is refused and then taken is marked so each time; one that took its place meanwhile is not', async () => {
  const wrong = { status: 401, body: { error: { message: 'Incorrect API key' } } };
  twin.script(wrong);
  await expect(call(sol)).rejects.toMatchObject({ code: 'model_key_refused' });
  expect(await keysOf('openai')).toMatchObject([{ state: 'rejected' }]);
  await call(sol);
  const [key] = (await keysOf('openai')) ?? [];
  expect(key).toMatchObject({ state: 'tried' });
  expect(key).not.toHaveProperty('problem');
  // Replaced while the call with the old one is under way.
  const [old] = await findKeys(services.prisma, services.vault, actor.workspaceId, 'openai');
  await addKey('', 'k3');
  await old?.note('It was rejected.');
  expect(await keysOf('openai')).toMatchObject([{ state: 'tried' }]);
});

test('when no key is left, the other model answers; a key that works again when it is tested is asked at once', async () => {
  await addKey('Team', 'k2');
  const wrong = { status: 401, body: { error: { message: 'Incorrect API key' } } };
  twin.script(wrong);
  twin.script(wrong);
  await call(withFallback);
  expect(asked()).toEqual(['openai', 'openai', 'anthropic']);
  // The settings say it at once.
  expect(await keysOf('openai')).toMatchObject([
    { name: '', state: 'rejected', problem: 'OpenAI rejected it.' },
    { name: 'Team', state: 'rejected' },
  ]);
  await call(withFallback);
  expect(asked().slice(3)).toEqual(['anthropic']);
  const tested = await testKey(services, actor, {
    ...{ params: { provider: 'openai' }, query: {}, body: { name: 'Team' } },
  });
  expect(tested).toMatchObject({ name: 'Team', state: 'tried' });
  twin.asked.length = 0;
  await call(withFallback);
  expect(asked().slice(-1)).toEqual(['openai']);
});

test('a removed or replaced key is not asked any more, and one of several that cannot be read is passed over', async () => {
  await addKey('Team', 'k2');
  await services.pool.query(
    `update provider_key set wrapped_key = '\\x00' where workspace_id = $1 and name = ''`,
    [actor.workspaceId],
  );
  const { decision } = await started();
  expect(decision.reason).toBe(
    'gpt-6-sol (first key) rejects the key, so the key “Team” answered.',
  );
  await deleteKey(services, actor, {
    ...{ params: { provider: 'openai' }, query: {}, body: undefined },
  });
  expect((await started()).decision.hops).toBeUndefined();
  await expect(
    deleteKey(services, actor, {
      ...{ params: { provider: 'openai' }, query: {}, body: undefined },
    }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

/** The last call of a run that succeeded. */
async function started() {
  const id = await start(sol);
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  const { items } = await listRunCalls(services, actor, {
    ...{ params: { id }, query: { limit: 10 }, body: undefined },
  });
  const last = items.at(-1);
  if (last === undefined) throw new Error('No call.');
  return last;
}

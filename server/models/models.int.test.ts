import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LLMock } from '@copilotkit/aimock';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import type { Call } from '@/lib/runs/schema';
import { createComputation } from '@/server/computation/computation';
import { createPools } from '@/server/db/pool';
import { createPrisma, type Prisma } from '@/server/db/prisma';
import { createEgress, type Egress } from '@/server/egress/client';
import type { Services } from '@/server/services';
import { createSpeeds } from '@/server/spending/calls/speeds';
import { createLedger } from '@/server/spending/ledger/ledger';
import { ownPrices } from '@/server/spending/prices/own-prices';
import { priceOf } from '@/server/spending/prices/price-of';
import { testConfig } from '@/server/testing/database';
import { createAnswers } from './answers/answer-store';
import { createCooling } from './cooling/cooling';
import { deleteKey } from './delete-key';
import { createVault, type Vault } from './keys/vault';
import { createLimits } from './limits/limits';
import { listProviders } from './list-providers';
import { createModels, type Models } from './models';
import type { ModelCall } from './providers/model-call';
import { putKey } from './put-key';
import { nowherePlace } from './testing/unlimited';

const key = 'sk-test-ABCDEFGHIJKLMNOP0123456789';
const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 8, logLevel: 'silent' });
const nowhere = { ollama: 'http://127.0.0.1:9/v1', llamacpp: 'http://127.0.0.1:9/v1' };
const logged: unknown[] = [];
const log = {
  warn: (...given: unknown[]) => void logged.push(given),
  error: (...given: unknown[]) => void logged.push(given),
};
let prisma: Prisma;
let egress: Egress;
let vault: Vault;
let models: Models;
let services: Services;
let pool: Pool;
let shared: Omit<Parameters<typeof createModels>[0], 'localUrls'>;

const computation = createComputation({ log });
const actorIn = (workspaceId: string, role: Actor['role'] = 'admin'): Actor => ({
  userId: 'user-1',
  name: 'Ada',
  email: 'ada@example.com',
  workspaceId,
  role,
});

beforeAll(async () => {
  await mock.start();
  const { hostname, port } = new URL(mock.url);
  const config = await testConfig({ ENSEMBLE_EGRESS_ALLOW: `${hostname}:${port}` });
  prisma = createPrisma(config);
  vault = await createVault(config);
  egress = createEgress(config);
  const pools = createPools(config, log);
  pool = pools.pool;
  await pools.healthPool.end();
  const bus = { publish: () => undefined };
  shared = {
    ...{ prisma, vault, egress, log, computation },
    ledger: createLedger({ pool, bus, log }),
    limits: createLimits({ pool, log }),
    answers: createAnswers({ pool, log }),
    principalOf: async () => 'person u',
    limitsOf: async () => [],
    cooling: createCooling(pool),
    priceOf: (...asked) => priceOf(pool, ...asked),
    ownPrices: (workspaceId) => ownPrices(pool, workspaceId),
    speedsOf: createSpeeds(pool),
  };
  models = createModels({ ...shared, localUrls: nowhere, idleMs: 300 });
  services = { pool, prisma, vault, egress, models, log } as unknown as Services;
  for (const id of ['one', 'two', 'three']) {
    await prisma.organization.create({ data: { id, name: id, slug: id } });
  }
});
beforeEach(() => {
  mock.clearFixtures().clearRequests();
  logged.length = 0;
});
afterAll(async () => {
  await egress.close();
  await mock.stop();
  await prisma.$disconnect();
  await pool.end();
});

const put = (workspaceId: string, provider: 'openai' | 'compatible', given = key) =>
  putKey(services, actorIn(workspaceId), {
    params: { provider },
    query: {},
    body: { key: given, baseUrl: `${mock.url}/v1` },
  });

const call = (more: Partial<ModelCall> = {}): ModelCall => ({
  workspaceId: 'one',
  place: nowherePlace,
  mode: 'live',
  policy: 'auto',
  messages: [{ role: 'user', content: 'hello' }],
  signal: new AbortController().signal,
  ...more,
});

const schema = {
  type: 'object',
  properties: { total: { type: 'number' } },
  required: ['total'],
  additionalProperties: false,
};

test('without a key or a local model the rehearsal answers and says so', async () => {
  const parts: string[] = [];
  const answer = await models.call(call({ onDelta: (text) => parts.push(text) }));
  expect(answer).toMatchObject({ provider: 'rehearsal', rehearsed: true, usage: { costUsd: 0 } });
  expect(answer.reason).toMatch(/No provider has a key/);
  expect(parts.join('')).toBe(answer.text);
  expect(parts.length).toBeGreaterThan(5);
});

test('a key answers, is charged, streams, and is nowhere but in its row, sealed', async () => {
  mock.onMessage('hello', {
    content: 'A real answer.',
    usage: { prompt_tokens: 1_000_000, completion_tokens: 100_000 },
  });
  expect(await put('one', 'openai')).toMatchObject({
    ...{ provider: 'openai', name: '', hint: '…6789', state: 'tried' },
  });
  const row = await prisma.providerKey.findFirstOrThrow({ where: { workspaceId: 'one' } });
  expect(Buffer.from(row.ciphertext).toString('latin1')).not.toContain('ABCDEF');
  const parts: string[] = [];
  const answer = await models.call(call({ onDelta: (text) => parts.push(text) }));
  expect(answer).toMatchObject({
    provider: 'openai',
    model: 'gpt-6-luna',
    rehearsed: false,
    text: 'A real answer.',
  });
  expect(answer.usage.costUsd).toBeCloseTo(0.2 + 0.075, 9);
  expect(parts.join('')).toBe('A real answer.');
  const audit = await prisma.audit.findMany({ where: { workspaceId: 'one' } });
  expect(
    JSON.stringify({ answer, logged, audit }, (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
  ).not.toContain(key);
});

test('the key of one workspace serves no other', async () => {
  expect(await models.call(call({ workspaceId: 'two' }))).toMatchObject({ rehearsed: true });
  await expect(
    models.call(call({ workspaceId: 'two', policy: { provider: 'openai', model: 'gpt-5.5' } })),
  ).rejects.toMatchObject({ code: 'no_model', retryable: false });
  const row = await prisma.providerKey.findFirstOrThrow({ where: { workspaceId: 'one' } });
  const { id: _id, ...copied } = row;
  await prisma.providerKey.create({ data: { ...copied, workspaceId: 'three' } });
  await expect(models.call(call({ workspaceId: 'three' }))).rejects.toMatchObject({
    code: 'model_key_lost',
  });
});

test('a rehearsal calls nobody although there is a key', async () => {
  const answer = await models.call(call({ mode: 'rehearsal', outputSchema: schema }));
  expect(answer).toMatchObject({ rehearsed: true, value: { total: expect.any(Number) } });
  expect(mock.getRequests()).toHaveLength(0);
});

test('an answer that misfits its schema gets one more try', async () => {
  mock.onMessage('does not fit', { content: '{"total": 5}' });
  mock.onMessage('hello', { content: 'five, I think' });
  const answer = await models.call(call({ outputSchema: schema }));
  expect(answer.value).toEqual({ total: 5 });
  expect(mock.getRequests()).toHaveLength(2);
});

test('and fails when that misfits too', async () => {
  const usage = { prompt_tokens: 500_000, completion_tokens: 100_000 };
  mock.onMessage(/./, { content: 'five, I think', usage });
  const spent: Call[] = [];
  const failing = call({ outputSchema: schema, onSpent: (each) => spent.push(each) });
  await expect(models.call(failing)).rejects.toMatchObject({
    code: 'output_misfit',
    retryable: true,
  });
  expect(spent).toHaveLength(1);
  expect(spent[0]?.usage.costUsd).toBeCloseTo(2 * (0.1 + 0.075), 9);
  expect(mock.getRequests()).toHaveLength(2);
});

test('an output schema that cannot be used fails before anybody is asked', async () => {
  await expect(
    models.call(call({ outputSchema: { $ref: '#/nowhere/at/all' } })),
  ).rejects.toMatchObject({ code: 'output_schema', retryable: false });
  expect(mock.getRequests()).toHaveLength(0);
});

test('a stream that falls silent fails and may be tried again', async () => {
  mock.onMessage('hello', { content: 'A long answer in parts.' }, { latency: 5_000 });
  await expect(models.call(call())).rejects.toMatchObject({
    code: 'model_stalled',
    retryable: true,
  });
});

test('cancelling ends the call with its reason', async () => {
  mock.onMessage('hello', { content: 'A long answer in many parts.' }, { latency: 100 });
  const controller = new AbortController();
  const running = models.call(
    call({
      signal: controller.signal,
      onDelta: () => controller.abort(new Error('stopped by a person')),
    }),
  );
  await expect(running).rejects.toThrow('stopped by a person');
});

test('a refused key names the provider and what to do, never the key', async () => {
  mock.nextRequestError(401, { message: `Incorrect API key provided: ${key}` });
  const error = await models.call(call()).catch((caught: Error) => caught);
  expect(error).toMatchObject({ code: 'model_key_refused', retryable: false });
  expect(String((error as Error).stack)).not.toContain(key);
});

test('a key that the provider refuses is not stored', async () => {
  const strict = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: `Incorrect API key provided: ${key}` } }));
  });
  await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve));
  const { port } = strict.address() as AddressInfo;
  const open = createEgress({ egressAllow: [{ host: '127.0.0.1', port }] });
  const input = {
    params: { provider: 'openai' as const },
    query: {},
    body: { key, baseUrl: `http://127.0.0.1:${port}/v1` },
  };
  const refused = await putKey({ ...services, egress: open }, actorIn('two'), input).catch(
    (error: Error) => error,
  );
  await open.close();
  strict.close();
  expect(refused).toMatchObject({ code: 'invalid_input', message: 'key: OpenAI rejected it.' });
  expect(await prisma.providerKey.count({ where: { workspaceId: 'two' } })).toBe(0);
});

test('a URL to a private address is not stored', async () => {
  const input = {
    params: { provider: 'compatible' as const },
    query: {},
    body: { key: '', baseUrl: 'http://169.254.169.254/v1' },
  };
  await expect(putKey(services, actorIn('two'), input)).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect(await prisma.providerKey.count({ where: { provider: 'compatible' } })).toBe(0);
});

test('auto asks a compatible server for its models', async () => {
  mock.onMessage('hello', { content: 'From the server.' });
  await put('two', 'compatible', '');
  expect(await models.call(call({ workspaceId: 'two' }))).toMatchObject({
    provider: 'compatible',
    text: 'From the server.',
    rehearsed: false,
  });
});

test('a local server is found and comes first', async () => {
  mock.onMessage('hello', { content: 'From this machine.' });
  const near = createModels({
    ...shared,
    localUrls: { ...nowhere, ollama: `${mock.url}/v1` },
  });
  expect(await near.call(call())).toMatchObject({ provider: 'ollama', usage: { costUsd: 0 } });
});

test('a local server without a model that talks does not hide a key', async () => {
  mock.onMessage('hello', { content: 'From the vendor.' });
  const embeds = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'nomic-embed-text' }] }));
  });
  await new Promise<void>((resolve) => embeds.listen(0, '127.0.0.1', resolve));
  const { port } = embeds.address() as AddressInfo;
  const localUrls = { ...nowhere, ollama: `http://127.0.0.1:${port}/v1` };
  const answer = await createModels({ ...shared, localUrls }).call(call());
  embeds.close();
  expect(answer).toMatchObject({ provider: 'openai', text: 'From the vendor.' });
});

test('an answer that was cut off says so', async () => {
  mock.onMessage('hello', { content: 'This ends', finishReason: 'length' });
  const answer = await models.call(call());
  expect(answer.reason).toMatch(/cut off/);
  // What is shown below the answer.
  expect(answer).toMatchObject({ note: 'The answer was cut off at the token limit.' });
});

test('the overview shows states, prices and hints, and hints only to those who manage keys', async () => {
  const input = { params: {}, query: {}, body: undefined };
  const { items } = await listProviders(services, actorIn('one'), input);
  const of = (id: string) => items.find(({ provider }) => provider === id);
  expect(of('openai')).toMatchObject({ state: 'ready', hint: '…6789' });
  expect(of('openai')?.models.find(({ id }) => id === 'gpt-5.5')).toMatchObject({
    inputPrice: 5,
    outputPrice: 30,
  });
  expect(of('anthropic')).toMatchObject({ state: 'needs-key' });
  expect(of('ollama')).toMatchObject({ state: 'not-found', local: true });
  expect(of('rehearsal')).toMatchObject({ state: 'ready' });
  const seen = await listProviders(services, actorIn('one', 'viewer'), input);
  expect(JSON.stringify(seen)).not.toMatch(/6789|baseUrl/);
});

test('a forgotten key is gone', async () => {
  const input = { params: { provider: 'openai' as const }, query: {}, body: undefined };
  await expect(deleteKey(services, actorIn('three'), input)).resolves.toEqual({
    ...{ provider: 'openai', name: '' },
  });
  await expect(deleteKey(services, actorIn('three'), input)).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await models.call(call({ workspaceId: 'three' }))).toMatchObject({ rehearsed: true });
});

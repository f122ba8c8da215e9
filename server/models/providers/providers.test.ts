import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ModelProvider, ModelRequest, StreamPart } from '@/lib/models/schema';
import { createEgress, type Egress } from '@/server/egress/client';
import { modelFailure } from '../calls/failure';
import { anthropicProvider } from './anthropic';
import { compatibleProvider } from './compatible';
import { googleProvider } from './google';
import { openaiProvider } from './openai';

const key = 'sk-test-ABCDEFGHIJKLMNOP0123456789';
const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 8, logLevel: 'silent' });
let egress: Egress;
let providers: Record<string, { provider: ModelProvider; model: string }>;

beforeAll(async () => {
  mock.onMessage('hello', {
    content: 'Good day to you, this is a streamed answer.',
    usage: {
      prompt_tokens: 11,
      completion_tokens: 7,
      input_tokens: 11,
      output_tokens: 7,
      promptTokenCount: 11,
      candidatesTokenCount: 7,
    },
  });
  mock.onMessage('cut short', { content: 'This ends', finishReason: 'length' });
  mock.onMessage('as json', { content: '{"city":"Paris","people":2100000}' });
  await mock.start();
  egress = createEgress({
    egressAllow: [{ host: '127.0.0.1', port: Number(new URL(mock.url).port) }],
  });
  const access = { key, fetch: egress.fetch() };
  providers = {
    openai: {
      provider: openaiProvider({ ...access, baseUrl: `${mock.url}/v1` }),
      model: 'gpt-6-luna',
    },
    anthropic: {
      provider: anthropicProvider({ ...access, baseUrl: mock.url }),
      model: 'claude-haiku-4-5',
    },
    google: {
      provider: googleProvider({ ...access, baseUrl: mock.url }),
      model: 'gemini-3.8-flash',
    },
    ollama: {
      provider: compatibleProvider('ollama', { ...access, key: '', baseUrl: `${mock.url}/v1` }),
      model: 'llama',
    },
    compatible: {
      provider: compatibleProvider('compatible', { ...access, baseUrl: `${mock.url}/v1` }),
      model: 'local',
    },
  };
});
beforeEach(() => mock.clearRequests());
afterAll(async () => {
  await egress.close();
  await mock.stop();
});

const names = ['openai', 'anthropic', 'google', 'ollama', 'compatible'];
const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, people: { type: 'number' } },
  required: ['city', 'people'],
  additionalProperties: false,
};

function of(name: string) {
  const found = providers[name];
  if (found === undefined) throw new Error(`no provider ${name}`);
  return found;
}

async function collect(name: string, request: Partial<ModelRequest>): Promise<StreamPart[]> {
  const { provider, model } = of(name);
  const parts: StreamPart[] = [];
  const whole = { model, messages: [{ role: 'user' as const, content: 'hello' }], ...request };
  for await (const part of provider.stream(whole, AbortSignal.timeout(10_000))) parts.push(part);
  return parts;
}

const textOf = (parts: StreamPart[]) =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');

test.each(names)('%s streams text in parts and ends with its tokens', async (name) => {
  const parts = await collect(name, { system: 'Be kind.' });
  expect(textOf(parts)).toBe('Good day to you, this is a streamed answer.');
  expect(parts.filter((part) => part.type === 'text-delta').length).toBeGreaterThan(2);
  expect(parts.at(-1)).toEqual({
    type: 'finish',
    reason: 'stop',
    usage: { inputTokens: 11, outputTokens: 7 },
  });
});

test.each(names)('%s gets the system text and the history in order', async (name) => {
  await collect(name, {
    system: 'Be kind.',
    messages: [
      { role: 'user', content: 'first' },
      { role: 'assistant', content: 'second' },
      { role: 'user', content: 'hello' },
    ],
  });
  const sent = JSON.stringify(mock.getLastRequest()?.body);
  const places = ['first', 'second', 'hello'].map((word) => sent.indexOf(word));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(sent).toContain('Be kind.');
});

test.each(names)('%s answers with structured output', async (name) => {
  const parts = await collect(name, {
    outputSchema: schema,
    messages: [{ role: 'user', content: 'as json' }],
  });
  expect(JSON.parse(textOf(parts))).toEqual({ city: 'Paris', people: 2_100_000 });
});

test.each(names)('%s says when an answer was cut short', async (name) => {
  const parts = await collect(name, { messages: [{ role: 'user', content: 'cut short' }] });
  expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'length' });
});

const failures: [number, string, boolean][] = [
  [400, 'model_rejected', false],
  [401, 'model_key_refused', false],
  [403, 'model_key_refused', false],
  [404, 'model_unknown', false],
  [429, 'model_rate_limited', true],
  [500, 'model_unavailable', true],
  [503, 'model_unavailable', true],
];

for (const name of names) {
  test.each(failures)(`${name}: %i becomes %s`, async (status, code, retryable) => {
    mock.nextRequestError(status, { message: `bad thing with ${key}`, type: 'error' });
    const { model, provider } = of(name);
    const error = await collect(name, {}).then(
      () => undefined,
      (caught: unknown) => modelFailure(caught, provider.id, model, key),
    );
    expect(error).toMatchObject({ code, retryable });
    expect(`${error?.message} ${JSON.stringify(error)} ${String(error?.cause)}`).not.toContain(key);
    expect(mock.getRequests()).toHaveLength(1);
  });
}

test.each(names)('%s: a dead server is a failure that may pass', async (name) => {
  const { provider, model } = of(name);
  const nowhere = {
    key,
    baseUrl: 'http://127.0.0.1:1/v1',
    fetch: egress.fetch({ allow: [{ host: '127.0.0.1', port: 1 }] }),
  };
  const make = { openai: openaiProvider, anthropic: anthropicProvider, google: googleProvider }[
    name
  ];
  const dead = make === undefined ? compatibleProvider('compatible', nowhere) : make(nowhere);
  const attempt = async () => {
    for await (const _ of dead.stream(
      { model, messages: [{ role: 'user', content: 'hello' }] },
      AbortSignal.timeout(5_000),
    ));
  };
  const error = await attempt().catch((caught: unknown) =>
    modelFailure(caught, provider.id, model, key),
  );
  expect(error).toMatchObject({ code: 'network_failed', retryable: true });
});

test.each(names)('%s may not reach a private address that nobody allowed', async (name) => {
  const { provider, model } = of(name);
  const closed = { key, baseUrl: 'http://169.254.169.254/v1', fetch: egress.fetch() };
  const make = { openai: openaiProvider, anthropic: anthropicProvider, google: googleProvider }[
    name
  ];
  const refused = make === undefined ? compatibleProvider('compatible', closed) : make(closed);
  const attempt = async () => {
    for await (const _ of refused.stream(
      { model, messages: [{ role: 'user', content: 'hello' }] },
      AbortSignal.timeout(5_000),
    ));
  };
  const error = await attempt().catch((caught: unknown) =>
    modelFailure(caught, provider.id, model, key),
  );
  expect(error).toMatchObject({ code: 'address_refused', retryable: false });
});

test('keys travel in headers, never in the URL', async () => {
  for (const name of ['openai', 'anthropic', 'google']) {
    await collect(name, {});
    const request = mock.getLastRequest();
    expect(request?.path).not.toContain(key);
  }
});

test('lists the models of a compatible server', async () => {
  const models = await of('ollama').provider.list(AbortSignal.timeout(5_000));
  expect(models.length).toBeGreaterThan(0);
});

test('a temperature goes only to models that take one', async () => {
  await collect('openai', { temperature: 0.2 });
  expect(mock.getLastRequest()?.body).toMatchObject({ temperature: undefined });
  await collect('openai', { temperature: 0.2, model: 'gpt-4.1' });
  expect(mock.getLastRequest()?.body).toMatchObject({ temperature: 0.2 });
});

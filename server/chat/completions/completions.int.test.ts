import { randomUUID } from 'node:crypto';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCompletion as contract } from '@/lib/chat/completions/contract';
import { handle } from '@/server/http/handle';
import { createApiKey } from '@/server/people/api-keys';
import { shareServices } from '@/server/services';
import { openRoom, type Room } from '../testing/room';
import { createCompletion } from './create-completion';
import { speakOpenAi } from './speak-openai';

const handler = speakOpenAi(handle(contract, createCompletion));
let room: Room;
let key: string;

/** The vendor's own client, with our handler in the place of the network. */
const client = (apiKey = key) =>
  new OpenAI({
    ...{ apiKey, baseURL: 'http://localhost:3000/api/v2', maxRetries: 0 },
    fetch: async (url, init) => handler(new Request(url, init), { params: Promise.resolve({}) }),
  });
const ask = (content: string): OpenAI.ChatCompletionMessageParam[] => [{ role: 'user', content }];

beforeAll(async () => {
  room = await openRoom();
  shareServices(room.services);
  const made = await createApiKey(room.services, room.actor, {
    ...{ params: {}, query: {} },
    body: { name: 'Test' },
  });
  key = made.key;
});
beforeEach(() => void room.mock.clearFixtures().clearRequests());
afterAll(() => room.close());

test('an agent answers by the OpenAI protocol, as a run that is counted', async () => {
  room.mock.onMessage('How much?', { content: 'Twelve euros.' });
  const agent = await room.anAgent('Clerk', 'You sell.');
  const { data, response } = await client()
    .chat.completions.create({
      model: agent.handle,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hello.' },
        ...ask('How much?'),
      ],
    })
    .withResponse();
  expect(data).toMatchObject({ object: 'chat.completion', model: agent.handle });
  expect(data.choices).toEqual([
    expect.objectContaining({
      finish_reason: 'stop',
      message: { role: 'assistant', content: 'Twelve euros.', refusal: null },
    }),
  ]);
  expect(data.usage?.total_tokens).toBe(
    (data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0),
  );
  expect(data.usage?.completion_tokens).toBeGreaterThan(0);
  const runId = response.headers.get('x-run-id') ?? '';
  const run = await room.services.prisma.run.findUnique({ where: { id: runId } });
  expect(run).toMatchObject({ status: 'succeeded', trigger: 'api', startedBy: room.actor.userId });
  const sent = room.mock.getLastRequest()?.body as { messages: object[] };
  expect(sent.messages).toEqual([
    { role: 'system', content: 'You sell.' },
    { role: 'user', content: 'Be brief.\n\nHello' },
    { role: 'assistant', content: 'Hello.' },
    { role: 'user', content: 'How much?' },
  ]);
});

test('streams the answer in pieces that make the whole, with its usage at the end', async () => {
  const words = 'One word after another. '.repeat(40).trim();
  room.mock.onMessage('Talk', { content: words }, { latency: 10 });
  const agent = await room.anAgent('Talker');
  const stream = await client().chat.completions.create({
    ...{ model: agent.id, messages: ask('Talk'), stream: true },
    stream_options: { include_usage: true },
  });
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const deltas = chunks.flatMap(({ choices }) => choices);
  expect(deltas[0]?.delta).toEqual({ role: 'assistant', content: '' });
  expect(deltas.map(({ delta }) => delta.content ?? '').join('')).toBe(words);
  expect(deltas.length).toBeGreaterThan(3);
  expect(deltas.map(({ finish_reason: end }) => end).filter(Boolean)).toEqual(['stop']);
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  const last = chunks.at(-1);
  expect(last?.choices).toEqual([]);
  expect(last?.usage?.completion_tokens).toBeGreaterThan(0);
});

test('who goes away finds the answer under the same key, paid for once', async () => {
  room.mock.onMessage('Slow', { content: 'Here it is. '.repeat(60) }, { latency: 20 });
  const agent = await room.anAgent('Slow');
  const idempotencyKey = randomUUID();
  const body = { model: agent.handle, messages: ask('Slow') };
  const stream = await client().chat.completions.create(
    { ...body, stream: true },
    { headers: { 'Idempotency-Key': idempotencyKey } },
  );
  for await (const _ of stream) break;
  const again = await client().chat.completions.create(
    { ...body, stream: true },
    { headers: { 'Idempotency-Key': idempotencyKey } },
  );
  let text = '';
  for await (const chunk of again) text += chunk.choices[0]?.delta.content ?? '';
  expect(text.trim()).toBe('Here it is. '.repeat(60).trim());
  expect(room.mock.getRequests()).toHaveLength(1);
});

test('errors are those of the protocol', async () => {
  const agent = await room.anAgent('Failing');
  const failing = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
  const create = (model: string, more = {}) =>
    client().chat.completions.create({ model, messages: ask('Fail'), ...more });
  expect(await failing(create('nobody'))).toMatchObject({
    ...{ status: 404, code: 'model_not_found', param: 'model', type: 'invalid_request_error' },
  });
  const stranger = client('sk-not-a-key').chat.completions.create({
    ...{ model: agent.handle, messages: ask('Fail') },
  });
  expect(await failing(stranger)).toBeInstanceOf(OpenAI.AuthenticationError);
  expect(await failing(create(agent.handle, { n: 2 }))).toMatchObject({ status: 400, param: 'n' });
  expect(await failing(create(agent.handle, { messages: [] }))).toMatchObject({ status: 400 });
  room.mock.on(
    { predicate: () => true },
    { error: { message: 'The model is gone.', type: 'invalid_request_error' }, status: 400 },
  );
  expect(await failing(create(agent.handle))).toMatchObject({ status: 502, type: 'server_error' });
  const stream = await create(agent.handle, { stream: true });
  const read = async () => {
    for await (const _ of stream as unknown as AsyncIterable<object>);
  };
  expect(await failing(read())).toMatchObject({ type: 'server_error' });
});

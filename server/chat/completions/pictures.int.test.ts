import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCompletion as contract } from '@/lib/chat/completions/contract';
import { makePng } from '@/lib/files/testing/make-picture';
import type { ModelPolicy } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { createServices } from '@/server/compose';
import { handle } from '@/server/http/handle';
import { putKey } from '@/server/models/put-key';
import { startTwin } from '@/server/models/testing/twin/twin';
import { createApiKey } from '@/server/people/api-keys';
import { startWorker } from '@/server/runs/worker/worker';
import { type Services, shareServices } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { aMember } from '../testing/room';
import { createCompletion } from './create-completion';
import { keepPictures } from './keep-pictures';
import { speakOpenAi } from './speak-openai';

const handler = speakOpenAi(handle(contract, createCompletion));
const png = Buffer.from(makePng({ width: 30, height: 20 }));
const dataUrl = `data:image/png;base64,${png.toString('base64')}`;
let twin: Awaited<ReturnType<typeof startTwin>>;
let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;
let key: string;

beforeAll(async () => {
  twin = await startTwin();
  const { hostname, port } = new URL(twin.origin);
  const config = await testConfig({ ENSEMBLE_EGRESS_ALLOW: `${hostname}:${port}` });
  services = await createServices(config, 'test');
  shareServices(services);
  actor = await aMember(services, 'eyes');
  await putKey(services, actor, {
    ...{ params: { provider: 'openai' }, query: {} },
    body: { key: 'sk-test-ABCDEFGHIJKLMNOP', baseUrl: `${twin.origin}/v1` },
  });
  const made = await createApiKey(services, actor, {
    ...{ params: {}, query: {}, body: { name: 'Test' } },
  });
  key = made.key;
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
  await twin.close();
});

const client = () =>
  new OpenAI({
    ...{ apiKey: key, baseURL: 'http://localhost:3000/api/v2', maxRetries: 0 },
    fetch: async (url, init) => handler(new Request(url, init), { params: Promise.resolve({}) }),
  });

async function anAgent(model: ModelPolicy) {
  const body = {
    ...{ handle: `eye-${randomUUID().slice(0, 8)}`, name: 'Eye', description: '' },
    ...{ instructions: 'You look.', model, skills: [], tools: [], limits: usualLimits },
  };
  return createAgent(services, actor, { params: {}, query: {}, body });
}

type Talk = OpenAI.ChatCompletionMessageParam[];
const seeing = { provider: 'openai', model: 'gpt-4o' } as const;
const user = (url: string, text = 'What is it?'): Talk[number] => ({
  role: 'user',
  content: [
    { type: 'text', text },
    { type: 'image_url', image_url: { url } },
  ],
});
const ask = async (messages: Talk, model: ModelPolicy = seeing, headers = {}) => {
  const agent = await anAgent(model);
  return client().chat.completions.create({ model: agent.handle, messages }, { headers });
};
const failed = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const sent = () => twin.asked.at(-1)?.body ?? '';

test('a picture reaches a model that sees, as one; earlier ones come along', async () => {
  const messages: Talk = [
    user(dataUrl, 'First.'),
    { role: 'assistant', content: 'Yes.' },
    user(dataUrl),
  ];
  const answer = await ask(messages);
  expect(answer.choices[0]?.message.content).toBeTruthy();
  expect(sent().split(png.toString('base64'))).toHaveLength(3);
  const kept = await services.prisma.file.findMany({
    where: { workspaceId: actor.workspaceId, name: { startsWith: 'picture-' } },
  });
  expect(kept.map(({ mediaType, createdBy }) => [mediaType, createdBy])).toEqual([
    ['image/png', null],
    ['image/png', null],
  ]);
  expect(kept.every(({ expiresAt }) => expiresAt !== null)).toBe(true);
});

test('a picture alone is enough, also as input_image', async () => {
  const content = [{ type: 'input_image', image_url: dataUrl }];
  const answer = await ask([{ role: 'user', content } as unknown as Talk[number]]);
  expect(answer.choices[0]?.message.content).toBeTruthy();
  expect(sent()).toContain(png.toString('base64'));
});

test('a model that does not see says so in one sentence', async () => {
  const before = twin.asked.length;
  const blind = { provider: 'openai', model: 'gpt-3.5-turbo' } as const;
  const error = await failed(ask([user(dataUrl)], blind));
  expect(error).toMatchObject({ status: 502, code: 'no_model' });
  expect((error as Error).message).toMatch(/cannot see pictures/);
  expect(twin.asked).toHaveLength(before);
});

const gif = `data:image/gif;base64,${Buffer.from('GIF89a').toString('base64')}`;
const heavy = `data:image/png;base64,${'A'.repeat(5_300_000)}`;
test.each([
  ['another kind', gif, 'is no PNG, JPEG or WebP picture'],
  ['no base64', 'data:image/png,abc', 'data:image/png;base64'],
  ['too large', heavy, 'at most 3.75 MB'],
  ['an address without TLS', 'http://example.com/a.png', 'https address'],
  ['another scheme', 'file:///etc/passwd', 'https address'],
  ['this machine', 'https://127.0.0.1:1/a.png', 'could not be fetched'],
  ['the network around it', 'https://10.0.0.7/a.png', 'could not be fetched'],
  ['the cloud it runs in', 'https://169.254.169.254/latest', 'could not be fetched'],
])('%s is refused with the part that is wrong, and no run begins', async (_, url, words) => {
  const runs = await services.prisma.run.count();
  const error = await failed(ask([user(url)]));
  expect(error).toMatchObject({ status: 400, param: 'messages[0].content[1].image_url' });
  expect((error as Error).message).toContain(words);
  expect(await services.prisma.run.count()).toBe(runs);
});

test('an https address is fetched by the one way out, within its limits', async () => {
  const asked: object[] = [];
  const answers: Record<string, () => { status: number; bytes?: Uint8Array }> = {
    '/a.png': () => ({ status: 200, bytes: png }),
    '/gone.png': () => ({ status: 404 }),
    '/text.png': () => ({ status: 200, bytes: Buffer.from('just text') }),
    '/huge.png': () => {
      throw new StepError('response_too_large', 'It is too large.');
    },
  };
  const egress = {
    async request(request: { url: string }) {
      asked.push(request);
      return { headers: {}, cookies: [], text: '', ...answers[new URL(request.url).pathname]?.() };
    },
  } as unknown as Services['egress'];
  const keep = (path: string) => {
    const url = `https://example.com${path}`;
    const run = { runId: randomUUID(), signal: new AbortController().signal };
    return keepPictures({ ...services, egress }, actor, run, [
      { url, param: 'there', earlier: false },
    ]);
  };
  expect(await keep('/a.png')).toMatchObject([{ name: 'picture-1.png' }]);
  expect(asked).toMatchObject([{ method: 'GET', maxBytes: 3.75 * 1_048_576, timeoutMs: 20_000 }]);
  for (const [path, words] of [
    ['/gone.png', 'responded with status 404'],
    ['/text.png', 'is no PNG, JPEG or WebP picture'],
    ['/huge.png', 'at most 3.75 MB'],
  ] as const) {
    expect(await failed(keep(path)), path).toMatchObject({
      ...{ code: 'invalid_input', message: expect.stringContaining(words) },
    });
  }
});

test('asked again under its key, nothing is fetched or begun twice', async () => {
  let hits = 0;
  const server = createServer((_, response) => {
    hits += 1;
    response.end(png);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const plain = (request: Parameters<Services['egress']['request']>[0]) =>
    fetch(request.url.replace('https:', 'http:')).then(async (answer) => ({
      ...{ status: answer.status, headers: {}, cookies: [], text: '' },
      bytes: new Uint8Array(await answer.arrayBuffer()),
    }));
  shareServices({ ...services, egress: { ...services.egress, request: plain } });
  try {
    const before = twin.asked.length;
    const agent = await anAgent(seeing);
    const body = { model: agent.handle, messages: [user(`https://127.0.0.1:${port}/a.png`)] };
    const headers = { 'Idempotency-Key': randomUUID() };
    const create = () => client().chat.completions.create(body, { headers });
    const [first, again] = [await create(), await create()];
    expect(again.id).toBe(first.id);
    expect([hits, twin.asked.length - before]).toEqual([1, 1]);
  } finally {
    shareServices(services);
    server.close();
  }
});

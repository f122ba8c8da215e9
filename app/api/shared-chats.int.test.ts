import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { eventually } from '@/server/testing/eventually';
import { ask } from './testing/client';
import { join, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let owner: Somebody;

const position = { x: 0, y: 0 };
const node = (id: string, type: string, config: unknown) => ({
  ...{ id, key: id, type, name: id, position, config },
});

beforeAll(async () => {
  services = await startApi();
  worker = await startWorker(services);
  owner = await setUp();
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

async function asOwner(method: string, path: string, body?: unknown) {
  const given = body === undefined ? {} : { body };
  const answer = await ask(method, `/api/v2${path}`, owner.headers, given);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A chat of a workflow whose only step is this one. */
async function aChat(config: Record<string, unknown> = {}, step = said) {
  const { id } = await asOwner('POST', '/workflows', { name: 'Desk', nodes: [step], edges: [] });
  await asOwner('POST', `/workflows/${id}/publish`, {});
  const body = {
    kind: 'chat',
    name: 'Help desk',
    config: { link: 'anyone', perMinute: 600, ...config },
  };
  const { trigger } = await asOwner('POST', `/workflows/${id}/triggers`, body);
  const { url } = await asOwner('POST', `/triggers/${trigger.id}/address`);
  return { id: String(trigger.id), token: String(url.split('/c/')[1]) };
}
const said = node('echo', 'transform', { expression: '"You said: " + input.message' });

const visitor = (headers = {}) => ({
  'x-visitor': randomBytes(32).toString('base64url'),
  ...headers,
});
type Visitor = ReturnType<typeof visitor>;
const show = async (token: string, who: Partial<Visitor> = {}) =>
  (await ask('GET', `/api/v2/shared-chats/${token}`, {}, { headers: who })).body;
const write = (token: string, who: Partial<Visitor>, text = 'Hello', key = randomUUID()) =>
  ask('POST', `/api/v2/shared-chats/${token}/messages`, {}, { body: { text, key }, headers: who });
const answered = (token: string, who: Visitor, count: number, state = 'done') =>
  eventually(async () => {
    const { messages } = await show(token, who);
    expect(messages).toHaveLength(count);
    expect(messages.at(-1).state).toBe(state);
    return messages;
  });

it('answers a visitor, and tells nobody else of the conversation', async () => {
  const { token } = await aChat({ greeting: 'Ask me.' });
  expect(await show(token)).toEqual({
    ...{ name: 'Help desk', greeting: 'Ask me.', open: true, messages: [] },
  });
  const [ada, bob] = [visitor(), visitor()];
  expect((await write(token, ada, 'Hi')).status).toBe(202);
  const messages = await answered(token, ada, 2);
  expect(messages.map(({ by, text }: { by: string; text: string }) => [by, text])).toEqual([
    ['visitor', 'Hi'],
    ['chat', 'You said: Hi'],
  ]);
  expect(Object.keys(messages[1]).sort()).toEqual(['by', 'id', 'reference', 'state', 'text']);
  expect((await show(token, bob)).messages).toEqual([]);
  const other = await aChat();
  expect((await show(other.token, ada)).messages).toEqual([]);
  expect((await asOwner('GET', '/threads')).items).toEqual([]);
});

it('is one message however often it is sent, and one conversation however it began', async () => {
  const { token } = await aChat();
  const who = visitor();
  const key = randomUUID();
  const sent = await Promise.all([1, 2, 3].map(() => write(token, who, 'Hi', key)));
  expect(sent.map(({ status }) => status)).toEqual([202, 202, 202]);
  await answered(token, who, 2);
  await write(token, who, 'Again');
  await answered(token, who, 4);
});

it('says nothing of a run that failed or waits but that it did', async () => {
  const failing = await aChat({}, node('bad', 'transform', { expression: '[1][input.size()]' }));
  const who = visitor();
  await write(failing.token, who);
  const [, answer] = await answered(failing.token, who, 2, 'failed');
  expect(answer).toMatchObject({ text: '', reference: expect.stringMatching(/^[0-9a-f]{8}$/) });
  const asking = await aChat({}, node('ask', 'approval', { question: 'Secret?' }));
  await write(asking.token, who);
  const [, waiting] = await answered(asking.token, who, 2, 'waiting');
  expect(waiting.text).toBe('');
  const stop = await ask('POST', `/api/v2/shared-chats/${asking.token}/stop`, {}, { headers: who });
  expect(stop.body).toEqual({ stopped: 1 });
  await answered(asking.token, who, 2, 'stopped');
});

it('sends the words of the answer as they are written, and of no other step', async () => {
  const model = node('talk', 'model', { prompt: 'Say hello to {{ input.message }}' });
  const { token } = await aChat({}, model);
  const who = visitor();
  await write(token, who);
  const followed = await ask('GET', `/api/v2/shared-chats/${token}/answer`, {}, { headers: who });
  expect(followed.status).toBe(200);
  const [, answer] = await answered(token, who, 2);
  let text = '';
  for (const line of followed.text.split('\n')) {
    if (line === '') continue;
    const piece = JSON.parse(line);
    text = text.slice(0, piece.at) + piece.text;
  }
  expect(answer.text.startsWith(text)).toBe(true);
  const strange = await ask(
    'GET',
    `/api/v2/shared-chats/${token}/answer`,
    {},
    { headers: visitor() },
  );
  expect(strange.text).toBe('');
});

it('is shared with nobody, or with members alone, where its settings say so', async () => {
  const own = await aChat({ link: 'nobody' });
  expect((await ask('GET', `/api/v2/shared-chats/${own.token}`)).status).toBe(404);
  const { token } = await aChat({ link: 'members' });
  expect((await ask('GET', `/api/v2/shared-chats/${token}`)).status).toBe(401);
  const viewer = await join(owner, 'viewer', 'Vera');
  const who = visitor(viewer.headers);
  expect((await write(token, who)).status).toBe(202);
  await answered(token, who, 2);
  const { rows } = await services.pool.query(
    'select started_by from run order by created_at desc limit 1',
  );
  expect(rows).toEqual([{ started_by: viewer.userId }]);
});

it('closes when it is turned off, given a new link or used up', async () => {
  const { token, id } = await aChat({ perDay: 1 });
  expect((await write(token, {})).status).toBe(400);
  const who = visitor();
  expect((await write(token, who)).status).toBe(202);
  await answered(token, who, 2);
  expect((await write(token, who)).body.error.message).toMatch(/tomorrow/);
  await asOwner('PATCH', `/triggers/${id}`, { enabled: false });
  expect(await show(token, who)).toMatchObject({ open: false, messages: [{}, {}] });
  expect((await write(token, who)).body.error).toMatchObject({ code: 'conflict' });
  await asOwner('POST', `/triggers/${id}/secret`, {});
  expect((await ask('GET', `/api/v2/shared-chats/${token}`)).status).toBe(404);
});

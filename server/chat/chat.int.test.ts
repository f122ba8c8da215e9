import { randomUUID } from 'node:crypto';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { deleteAgent } from '@/server/agents/delete-agent';
import { createServices } from '@/server/compose';
import { putKey } from '@/server/models/put-key';
import { pauseRun } from '@/server/runs/control/pause-run';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { cancelTurn } from './cancel-turn';
import { createThread } from './create-thread';
import { deleteThread } from './delete-thread';
import { getThread } from './get-thread';
import { listThreads } from './list-threads';
import { postMessage } from './post-message';

const none = { params: {}, query: {}, body: undefined };
const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 8, logLevel: 'silent' });
let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;

const actorIn = (workspaceId: string, userId = 'ada'): Actor => ({
  userId,
  name: 'Ada',
  email: `${userId}@example.com`,
  workspaceId,
  role: 'editor',
});
/** Without a key: answers are rehearsed. With one: they come from the mock. */
const plain = actorIn('plain');
const keyed = actorIn('keyed');

beforeAll(async () => {
  await mock.start();
  const { hostname, port } = new URL(mock.url);
  const config = await testConfig({ ENSEMBLE_EGRESS_ALLOW: `${hostname}:${port}` });
  services = await createServices(config, 'test');
  const { prisma } = services;
  for (const id of ['ada', 'bob']) {
    await prisma.user.create({
      data: { id, name: id === 'ada' ? 'Ada' : 'Bob', email: `${id}@example.com` },
    });
  }
  for (const id of ['plain', 'keyed', 'other']) {
    await prisma.organization.create({ data: { id, name: id, slug: id } });
  }
  await putKey(services, keyed, {
    params: { provider: 'openai' },
    query: {},
    body: { key: 'sk-test-ABCDEFGHIJKLMNOP', baseUrl: `${mock.url}/v1` },
  });
  worker = await startWorker(services);
});
beforeEach(() => void mock.clearFixtures().clearRequests());
afterAll(async () => {
  await worker.drain();
  await services.close();
  await mock.stop();
});

async function newThread(actor: Actor) {
  const body = {
    handle: `agent-${randomUUID().slice(0, 8)}`,
    name: 'Helper',
    description: '',
    instructions: 'You help.',
    model: 'auto' as const,
    skills: [],
    tools: [],
    limits: usualLimits,
  };
  const agent = await createAgent(services, actor, { ...none, body });
  return createThread(services, actor, { ...none, body: { agentId: agent.id } });
}

const byId = (id: string) => ({ ...none, params: { id } });
const post = (actor: Actor, id: string, text: string, key?: string) =>
  postMessage(
    services,
    actor,
    { params: { id }, query: {}, body: { text } },
    key === undefined ? undefined : { headers: new Headers({ 'idempotency-key': key }) },
  );

async function settled(actor: Actor, id: string) {
  return eventually(async () => {
    const thread = await getThread(services, actor, byId(id));
    const last = thread.messages.at(-1);
    expect(['succeeded', 'failed', 'cancelled']).toContain(last?.run?.status);
    return { thread, last };
  });
}

test('without a key the agent answers by rehearsal, and says so', async () => {
  const { id } = await newThread(plain);
  const posted = await post(plain, id, 'How did we sell in **March**?');
  expect(posted.message).toMatchObject({ position: 1, role: 'user', authorName: 'Ada' });
  expect(posted.answer).toMatchObject({ position: 2, role: 'assistant', authorName: 'Helper' });
  const { thread, last } = await settled(plain, id);
  expect(thread.title).toBe('How did we sell in March?');
  expect(last?.text).toContain('How did we sell in');
  expect(last?.run).toMatchObject({
    id: posted.answer.run?.id,
    status: 'succeeded',
    calls: [{ provider: 'rehearsal', rehearsed: true }],
  });
  const stored = await services.prisma.message.findMany({
    where: { threadId: id },
    orderBy: { position: 'asc' },
  });
  expect(stored.map(({ text }) => text)).toEqual(['How did we sell in **March**?', '']);
});

test('with a key the model answers, and the next turn brings the history', async () => {
  mock.onMessage('first question', { content: 'The first answer.' });
  mock.onMessage('second question', { content: 'The second answer.' });
  const { id } = await newThread(keyed);
  await post(keyed, id, 'first question');
  expect((await settled(keyed, id)).last?.text).toBe('The first answer.');
  await post(keyed, id, 'second question');
  const { thread, last } = await settled(keyed, id);
  expect(last?.text).toBe('The second answer.');
  expect(thread.messages.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  expect(last?.run?.calls[0]).toMatchObject({ provider: 'openai', rehearsed: false });
  const sent = mock.getLastRequest()?.body as { messages: { role: string; content: string }[] };
  expect(sent.messages).toEqual([
    { role: 'system', content: 'You help.' },
    { role: 'user', content: 'first question' },
    { role: 'assistant', content: 'The first answer.' },
    { role: 'user', content: 'second question' },
  ]);
});

test('one turn at a time: two at once leave one, and a stopped turn makes room', async () => {
  mock.onMessage('slow', { content: 'A long answer. '.repeat(400) }, { latency: 50 });
  mock.onMessage('quick', { content: 'Done.' });
  const { id } = await newThread(keyed);
  const both = await Promise.allSettled([post(keyed, id, 'slow one'), post(keyed, id, 'slow two')]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = both.find((one) => one.status === 'rejected');
  expect(refused?.reason).toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/still writing/),
  });
  expect((await getThread(services, keyed, byId(id))).messages).toHaveLength(2);
  expect(await cancelTurn(services, keyed, byId(id))).toEqual({ cancelled: 1 });
  expect((await settled(keyed, id)).last?.run?.status).toBe('cancelled');
  expect(await cancelTurn(services, keyed, byId(id))).toEqual({ cancelled: 0 });
  await post(keyed, id, 'quick');
  expect((await settled(keyed, id)).last?.text).toBe('Done.');
});

test('what a stopped or failed answer has written stays, and the next turn reads it as cut off', async () => {
  const words = 'One word after another. '.repeat(200);
  mock.onMessage('talk on', { content: words }, { latency: 40 });
  mock.onMessage('break off', { content: words }, { latency: 5, truncateAfterChunks: 40 });
  mock.onMessage('go on', { content: 'Gone on.' });
  const { id } = await newThread(keyed);
  await post(keyed, id, 'talk on');
  const written = () => services.pool.query('select text from step_text');
  await eventually(async () => expect((await written()).rows).toHaveLength(1));
  await cancelTurn(services, keyed, byId(id));
  const stopped = await eventually(async () => {
    const last = (await getThread(services, keyed, byId(id))).messages.at(-1);
    expect(last?.run?.status).toBe('cancelled');
    expect(last?.text).not.toBe('');
    return last;
  });
  expect(words.startsWith(stopped?.text ?? '-')).toBe(true);
  await post(keyed, id, 'break off');
  const broken = (await settled(keyed, id)).last;
  expect(broken?.run?.status).toBe('failed');
  expect(broken?.text).not.toBe('');
  expect(words.startsWith(broken?.text ?? '-')).toBe(true);
  await post(keyed, id, 'go on');
  expect((await settled(keyed, id)).last?.text).toBe('Gone on.');
  const sent = mock.getLastRequest()?.body as { messages: { role: string; content: string }[] };
  const told = sent.messages.filter(({ role }) => role === 'assistant').map((one) => one.content);
  const cut = '[The answer was stopped here.]';
  expect(told[0]?.startsWith('One word after another.') && told[0].endsWith(cut)).toBe(true);
  expect(told[1]?.endsWith('[The answer broke off here.]')).toBe(true);
  // Nothing is kept of what ended well.
  const { rows } = await services.pool.query(
    "select 1 from step_text t join run r on r.id = t.run_id where r.status = 'succeeded'",
  );
  expect(rows).toEqual([]);
});

test('a paused run is still the one that answers: nobody writes beside it, and it can be stopped', async () => {
  mock.onMessage('wait a bit', { content: 'Long. '.repeat(400) }, { latency: 50 });
  const { id } = await newThread(keyed);
  const { answer } = await post(keyed, id, 'wait a bit');
  await pauseRun(services, keyed, byId(answer.run?.id ?? ''));
  await expect(post(keyed, id, 'and now?')).rejects.toMatchObject({ code: 'conflict' });
  expect(await cancelTurn(services, keyed, byId(id))).toEqual({ cancelled: 1 });
  expect((await settled(keyed, id)).last?.run?.status).toBe('cancelled');
});

test('a repeat with the same key is the same turn, another text with it is refused', async () => {
  const { id } = await newThread(plain);
  const first = await post(plain, id, 'once', 'key-1');
  const again = await post(plain, id, 'once', 'key-1');
  expect(again.message.id).toBe(first.message.id);
  expect(again.answer.run?.id).toBe(first.answer.run?.id);
  await expect(post(plain, id, 'twice', 'key-1')).rejects.toMatchObject({
    code: 'idempotency_mismatch',
  });
  await settled(plain, id);
  await post(plain, id, 'once', 'key-1');
  expect((await getThread(services, plain, byId(id))).messages).toHaveLength(2);
  expect(await services.prisma.run.count({ where: { threadId: id } })).toBe(1);
});

test('a turn that was cut off before its run began blocks for a while, then shows as interrupted', async () => {
  const { id } = await newThread(plain);
  const runId = randomUUID();
  const createdAt = new Date();
  await services.prisma.message.createMany({
    data: [
      { threadId: id, position: 1, role: 'user', authorId: 'ada', text: 'lost', createdAt },
      { threadId: id, position: 2, role: 'assistant', runId, createdAt },
    ],
  });
  await expect(post(plain, id, 'next')).rejects.toMatchObject({ code: 'conflict' });
  await services.prisma.message.updateMany({
    where: { threadId: id },
    data: { createdAt: new Date(createdAt.getTime() - 60_000) },
  });
  const { messages } = await getThread(services, plain, byId(id));
  expect(messages.at(-1)?.run).toMatchObject({ status: 'failed', error: { code: 'not_started' } });
  await post(plain, id, 'next');
  expect((await settled(plain, id)).last?.run?.status).toBe('succeeded');
});

test('an answer that fails says why, without the key', async () => {
  mock.nextRequestError(401, { message: 'Incorrect API key provided: sk-test-ABCDEFGHIJKLMNOP' });
  const { id } = await newThread(keyed);
  await post(keyed, id, 'will fail');
  const { thread, last } = await settled(keyed, id);
  expect(last?.run).toMatchObject({ status: 'failed', error: { code: 'model_key_refused' } });
  expect(JSON.stringify(thread)).not.toContain('ABCDEFGH');
});

test('another workspace sees, writes, stops and deletes nothing', async () => {
  const { id } = await newThread(plain);
  const stranger = actorIn('other', 'bob');
  const attempts = [
    () => getThread(services, stranger, byId(id)),
    () => post(stranger, id, 'hello'),
    () => cancelTurn(services, stranger, byId(id)),
    () => deleteThread(services, stranger, byId(id)),
    () =>
      newThread(stranger).then(async () => {
        const { agentId } = await getThread(services, plain, byId(id));
        return createThread(services, stranger, { ...none, body: { agentId: agentId ?? '' } });
      }),
  ];
  for (const attempt of attempts)
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  expect((await getThread(services, plain, byId(id))).messages).toHaveLength(0);
});

test('a thread whose agent is gone can be read, not continued', async () => {
  const { id, agentId } = await newThread(plain);
  await deleteAgent(services, plain, byId(agentId ?? ''));
  expect(await getThread(services, plain, byId(id))).toMatchObject({
    agentId: null,
    agentName: 'Deleted agent',
  });
  await expect(post(plain, id, 'hello')).rejects.toMatchObject({ code: 'conflict' });
});

test('only its starter or an admin deletes a thread; its runs stay', async () => {
  const { id } = await newThread(plain);
  await post(plain, id, 'remember this');
  await settled(plain, id);
  await expect(deleteThread(services, actorIn('plain', 'bob'), byId(id))).rejects.toMatchObject({
    code: 'forbidden',
  });
  const runs = await services.prisma.run.count({ where: { workspaceId: 'plain' } });
  await deleteThread(services, { ...actorIn('plain', 'bob'), role: 'admin' }, byId(id));
  await expect(getThread(services, plain, byId(id))).rejects.toMatchObject({ code: 'not_found' });
  expect(await services.prisma.message.count({ where: { threadId: id } })).toBe(0);
  expect(await services.prisma.run.count({ where: { workspaceId: 'plain' } })).toBe(runs);
});

test('pages hold every thread once, last active first', async () => {
  const actor = actorIn('other');
  for (let index = 0; index < 5; index += 1) await newThread(actor);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listThreads(services, actor, {
      ...none,
      query: { limit: 2, ...(cursor ? { cursor } : {}) },
    });
    seen.push(...page.items.map(({ updatedAt }) => updatedAt));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const all = await services.prisma.thread.count({ where: { workspaceId: 'other' } });
  expect(seen).toHaveLength(all);
  expect(seen).toEqual([...seen].sort().reverse());
  await expect(
    listThreads(services, actor, { ...none, query: { limit: 2, cursor: 'x' } }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

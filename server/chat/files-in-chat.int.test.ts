import { randomUUID } from 'node:crypto';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { createServices } from '@/server/compose';
import { deleteFile } from '@/server/files/delete-file';
import { uploadFile } from '@/server/files/upload-file';
import { putKey } from '@/server/models/put-key';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { createThread } from './create-thread';
import { getThread } from './get-thread';
import { postMessage } from './post-message';

const none = { params: {}, query: {}, body: undefined };
const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;

const actorIn = (workspaceId: string): Actor => ({
  ...{ userId: 'ada', name: 'Ada', email: 'ada@example.com', workspaceId, role: 'editor' },
});
const actor = actorIn('keyed');
const stranger = actorIn('other');

beforeAll(async () => {
  await mock.start();
  const { hostname, port } = new URL(mock.url);
  services = await createServices(
    await testConfig({ ENSEMBLE_EGRESS_ALLOW: `${hostname}:${port}` }),
    'test',
  );
  const { prisma } = services;
  await prisma.user.create({ data: { id: 'ada', name: 'Ada', email: 'ada@example.com' } });
  for (const id of ['keyed', 'other']) {
    await prisma.organization.create({ data: { id, name: id, slug: id } });
    await prisma.member.create({
      data: { id: randomUUID(), organizationId: id, userId: 'ada', role: 'editor' },
    });
  }
  await putKey(services, actor, {
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

async function newThread() {
  const body = {
    ...{ handle: `agent-${randomUUID().slice(0, 8)}`, name: 'Helper', description: '' },
    ...{
      instructions: 'You help.',
      model: 'auto' as const,
      skills: [],
      tools: [],
      limits: usualLimits,
    },
  };
  const agent = await createAgent(services, actor, { ...none, body });
  return createThread(services, actor, { ...none, body: { agentId: agent.id } });
}

const upload = (who: Actor, name: string, text: string) =>
  uploadFile(services, who, { ...none, query: { name } }, async () => ({
    bytes: new TextEncoder().encode(text),
  }));
const byId = (id: string) => ({ ...none, params: { id } });
const post = (id: string, text: string, files: string[], key?: string) =>
  postMessage(
    services,
    actor,
    { ...byId(id), body: { text, files } },
    key === undefined ? undefined : { headers: new Headers({ 'idempotency-key': key }) },
  );

async function settled(id: string) {
  return eventually(async () => {
    const thread = await getThread(services, actor, byId(id));
    const last = thread.messages.at(-1);
    expect(['succeeded', 'failed', 'cancelled']).toContain(last?.run?.status);
    return { thread, last };
  });
}
/** What the model was asked last. */
function lastQuestion(): string {
  const sent = mock.getLastRequest()?.body as { messages: { role: string; content: string }[] };
  return sent.messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

test('the agent reads the files of a message and, in later turns, those of earlier ones', async () => {
  mock.onMessage('Add it up', { content: 'Seven.' });
  mock.onMessage('And again', { content: 'Still seven.' });
  const file = await upload(actor, 'sums.csv', 'what,amount\nbread,3\nmilk,4\n');
  const { id } = await newThread();
  const posted = await post(id, 'Add it up', [file.id, file.id]);
  const { createdAt: _, ...kept } = file;
  expect(posted.message.files).toEqual([{ ...kept, deleted: false }]);
  expect((await settled(id)).last?.text).toBe('Seven.');
  expect(lastQuestion()).toContain('Add it up');
  expect(lastQuestion()).toContain('<file name="sums.csv"');
  expect(lastQuestion()).toContain('| milk | 4 |');
  await post(id, 'And again', []);
  expect((await settled(id)).last?.text).toBe('Still seven.');
  expect(lastQuestion()).toContain('| milk | 4 |');
});

test('a file that is too long is cut, which both the model and people are told', async () => {
  mock.onMessage('Read this', { content: 'Read.' });
  const file = await upload(actor, 'long.txt', 'word '.repeat(20_000));
  const { id } = await newThread();
  await post(id, 'Read this', [file.id]);
  const { last } = await settled(id);
  expect(last?.text).toBe('Read.');
  expect(last?.run?.notes).toEqual([
    expect.stringMatching(/^Of “long.txt” the first [\d,]+ of 100,000 characters were given/),
  ]);
  expect(lastQuestion()).toContain('To read on, call files_read');
  const sent = mock.getLastRequest()?.body as { tools?: { function: { name: string } }[] };
  expect(sent.tools?.map((tool) => tool.function.name)).toEqual(['files_read']);
});

test('a message of files alone is one, and its thread is named after the first', async () => {
  mock.onMessage('notes.txt', { content: 'Noted.' });
  const file = await upload(actor, 'notes.txt', 'Buy milk.');
  const { id } = await newThread();
  await post(id, '', [file.id]);
  const { thread, last } = await settled(id);
  expect(thread.title).toBe('notes.txt');
  expect(last?.text).toBe('Noted.');
});

test('files of others, and files that are gone, are refused with nothing stored', async () => {
  const theirs = await upload(stranger, 'theirs.txt', 'Secret.');
  const { id } = await newThread();
  const words = { code: 'invalid_input', message: expect.stringContaining('Remove it and send') };
  await expect(post(id, 'Look', [theirs.id])).rejects.toMatchObject(words);
  await expect(post(id, 'Look', [randomUUID()])).rejects.toMatchObject(words);
  expect((await getThread(services, actor, byId(id))).messages).toEqual([]);
});

test('a file deleted before the agent reads it fails the answer in words, and shows as deleted', async () => {
  const file = await upload(actor, 'gone.txt', 'Here.');
  const { id } = await newThread();
  await worker.drain();
  const key = randomUUID();
  const posted = await post(id, 'Look', [file.id], key);
  await deleteFile(services, actor, byId(file.id));
  // The same once more: the turn is there, whatever became of its file.
  const again = await post(id, 'Look', [file.id], key);
  expect(again.message.id).toBe(posted.message.id);
  expect(again.message.files).toMatchObject([{ name: 'gone.txt', deleted: true }]);
  await expect(post(id, 'Look', [], key)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  worker = await startWorker(services);
  const { thread, last } = await settled(id);
  expect(thread.messages).toHaveLength(2);
  expect(last?.run).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('“gone.txt” was deleted before it was read') },
  });
});

test('a document without text is a failure with its reason', async () => {
  const file = await upload(actor, 'blank.txt', ' \n ');
  const { id } = await newThread();
  await post(id, 'Summarise', [file.id]);
  const { last } = await settled(id);
  expect(last?.run?.status).toBe('failed');
  expect(last?.run?.error?.message).toContain('“blank.txt”: No text was found');
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deleteAgent } from '@/server/agents/delete-agent';
import { eventually } from '@/server/testing/eventually';
import { cancelTurn } from './cancel-turn';
import { aMember, openRoom, type Room } from './testing/room';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
beforeEach(() => void room.mock.clearFixtures().clearRequests());
afterAll(() => room.close());

/** Two agents, told apart by their instructions, and a thread with the first. */
async function two() {
  const [ann, ben] = [
    await room.anAgent('Ann', 'You are Ann.'),
    await room.anAgent('Ben', 'You are Ben.'),
  ];
  const { id } = await room.aThread(ann.id);
  return { ann, ben, id, agents: [ben.id, ann.id] };
}
type Asked = { messages: { role: string; content: string }[] };
const requests = () => room.mock.getRequests().map(({ body }) => body as Asked);
const asSystem = (words: string) =>
  requests().filter(({ messages }) => messages[0]?.content === words);

test('each agent answers in a run of its own, and later each reads what the others said', async () => {
  room.mock.onMessage('What now?', { content: 'Wait and see.' });
  room.mock.onMessage('Go on', { content: 'Going on.' });
  const { ann, ben, id, agents } = await two();
  const { message, answer, answers } = await room.post(id, {
    text: 'What now?',
    agents,
    mode: 'each',
  });
  expect(answers.map(({ authorName, agentId }) => [authorName, agentId])).toEqual([
    ['Ben', ben.id],
    ['Ann', ann.id],
  ]);
  expect(answer.id).toBe(answers[0]?.id);
  expect(message.position).toBe(1);
  const { messages } = await room.settled(id);
  expect(messages.map(({ position, text }) => [position, text])).toEqual([
    [1, 'What now?'],
    [2, 'Wait and see.'],
    [3, 'Wait and see.'],
  ]);
  const runs = messages.flatMap(({ run }) => run?.id ?? []);
  expect(new Set(runs).size).toBe(2);
  room.mock.clearRequests();
  await room.post(id, { text: 'Go on' });
  expect((await room.settled(id)).messages.at(-1)).toMatchObject({
    text: 'Going on.',
    agentId: ann.id,
  });
  const said = asSystem('You are Ann.')[0]?.messages.filter(({ role }) => role === 'assistant');
  expect(said?.[0]?.content).toBe('[Answer of Ben]\nWait and see.\n\nWait and see.');
});

test('one agent that is named answers instead of the thread’s own', async () => {
  room.mock.onMessage('Ben?', { content: 'Here.' });
  const { ben, id } = await two();
  await room.post(id, { text: 'Ben?', agents: [ben.id, ben.id] });
  const { messages } = await room.settled(id);
  expect(messages).toHaveLength(2);
  expect(messages[1]).toMatchObject({ authorName: 'Ben', text: 'Here.' });
  expect(asSystem('You are Ben.')).toHaveLength(1);
});

test('one is stopped, and what the other has said stays', async () => {
  room.mock.onMessage('Both', { content: 'Word after word. '.repeat(300) }, { latency: 40 });
  const { id, agents } = await two();
  const { answers } = await room.post(id, { text: 'Both', agents, mode: 'each' });
  const [first, second] = answers;
  const stop = (messageId?: string) =>
    cancelTurn(room.services, room.actor, {
      ...room.byId(id),
      ...(messageId === undefined ? {} : { body: { messageId } }),
    });
  expect(await stop(randomUUID())).toEqual({ cancelled: 0 });
  expect(await stop(first?.id)).toEqual({ cancelled: 1 });
  await eventually(async () => {
    const { messages } = await room.thread(id);
    expect(messages[1]?.run?.status).toBe('cancelled');
  });
  expect((await room.thread(id)).messages[2]?.run?.status).not.toBe('cancelled');
  await expect(room.post(id, { text: 'More' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await stop()).toEqual({ cancelled: 1 });
  const { messages } = await room.settled(id);
  expect(messages.map(({ run }) => run?.status)).toEqual([undefined, 'cancelled', 'cancelled']);
  expect(messages[2]?.id).toBe(second?.id);
});

test('a failure stands beside a success', async () => {
  const { ann, id, agents } = await two();
  room.mock.on(
    { predicate: ({ messages }) => messages[0]?.content === 'You are Ben.' },
    {
      error: { message: 'No.', type: 'invalid_request_error' },
      status: 400,
    },
  );
  room.mock.onMessage('Try', { content: 'Done.' });
  await room.post(id, { text: 'Try', agents, mode: 'each' });
  const { messages } = await room.settled(id);
  expect(messages[1]?.run?.status).toBe('failed');
  expect(messages[2]).toMatchObject({
    agentId: ann.id,
    text: 'Done.',
    run: { status: 'succeeded' },
  });
});

test('the same key is the same turn, also at once and with a worker that died in between', async () => {
  room.mock.onMessage('Once', { content: 'Once it is.' });
  const { id, agents } = await two();
  await room.stopWorker();
  const key = randomUUID();
  const body = { text: 'Once', agents, mode: 'each' as const };
  const posted = await Promise.all([1, 2, 3].map(() => room.post(id, body, key)));
  expect(new Set(posted.flatMap(({ answers }) => answers.map(({ run }) => run?.id))).size).toBe(2);
  for (const others of [agents.toReversed(), agents.slice(0, 1)]) {
    await expect(room.post(id, { ...body, agents: others }, key)).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
  }
  await room.startWorker();
  const { messages } = await room.settled(id);
  expect(messages.map(({ text }) => text)).toEqual(['Once', 'Once it is.', 'Once it is.']);
});

test('nothing is stored of a message to agents that are not there, or to several as one', async () => {
  const { id, ben, agents } = await two();
  const foreign = await aMember(room.services, `other-${randomUUID()}`);
  const refused = (words: string) => ({
    code: 'invalid_input',
    message: expect.stringContaining(words),
  });
  await expect(room.post(id, { text: 'x', agents, mode: 'one' })).rejects.toMatchObject(
    refused('Name one'),
  );
  await expect(room.post(id, { text: 'x', agents: [randomUUID()] })).rejects.toMatchObject(
    refused('was deleted'),
  );
  await expect(cancelTurn(room.services, foreign, room.byId(id))).rejects.toMatchObject({
    code: 'not_found',
  });
  await deleteAgent(room.services, room.actor, room.byId(ben.id));
  await expect(room.post(id, { text: 'x', agents })).rejects.toMatchObject(refused('was deleted'));
  expect((await room.thread(id)).messages).toEqual([]);
});

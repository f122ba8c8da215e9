import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { eventually } from '@/server/testing/eventually';
import { createThread } from '../create-thread';
import { getThread } from '../get-thread';
import { postMessage } from '../post-message';
import { aMember, openRoom, type Room } from '../testing/room';
import { updateCompaction } from './update-compaction';

type Asked = { messages: { role: string; content: string }[] };
let room: Room;
let requests: Asked[] = [];
// People may write 30 messages a minute: each test has its own.
beforeEach(async () => {
  requests = [];
  room = await openRoom();
});
afterEach(() => room.close());

const summarising = /earlier part of a conversation/;
/** What the model says to messages of a kind; what it was sent is kept, since the mock keeps no long requests. */
function says(to: RegExp, answer: object): void {
  room.mock.onMessage(to, (request) => {
    requests.push(request as Asked);
    return answer as { content: string };
  });
}
/** What the model was sent for the question, the system's words aside. */
const sentFor = (question: string) =>
  requests
    .map(({ messages }) => messages.filter(({ role }) => role !== 'system'))
    .filter((messages) => messages.at(-1)?.content === question);
const asked = async (id: string, text: string, key?: string) => {
  await room.post(id, { text }, key);
  return room.settled(id);
};
const change = (
  id: string,
  compactionId: string,
  body: Parameters<typeof updateCompaction>[2]['body'],
  actor: Actor = room.actor,
) => updateCompaction(room.services, actor, { params: { id, compactionId }, query: {}, body });

/** A thread that is about to take too much room: four answers of some 5,500 tokens each. */
async function aLongThread() {
  says(summarising, { content: '## Decided\nThe colour is teal.' });
  says(/Tell me/, { content: `Long. ${'word '.repeat(4_400)}` });
  says(/./, { content: 'Short.' });
  const agent = await room.anAgent('Clerk');
  const { id } = await room.aThread(agent.id);
  for (const part of ['one', 'two', 'three', 'four']) await asked(id, `Tell me ${part}.`);
  return id;
}

test('earlier messages are summarised once, stay in the thread, and the summary can be changed and undone', async () => {
  const id = await aLongThread();
  expect((await room.thread(id)).compactions).toEqual([]);
  const { messages, compactions } = await asked(id, 'Go on.');
  expect(messages.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const [first] = compactions;
  if (first === undefined) throw new Error('nothing was summarised');
  expect(first).toMatchObject({
    ...{ messages: 6, upTo: 6, summary: '## Decided\nThe colour is teal.', version: 1 },
    ...{ runId: messages.at(-1)?.run?.id, edited: null, undone: null },
  });
  expect(first.model).toMatch(/^openai\//);
  expect(first.tokensBefore).toBeGreaterThan(15_000);
  expect(first.tokensAfter).toBeLessThan(50);
  const [sent] = sentFor('Go on.');
  expect(sent?.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  expect(sent?.[0]?.content).toContain('The colour is teal.');
  expect(sent?.[0]?.content).toContain('Tell me four.');
  // The summary is asked without tools, and is paid with the answer.
  expect(
    requests.filter(({ messages: all }) => summarising.test(all.at(-1)?.content ?? '')),
  ).toHaveLength(1);
  expect(messages.at(-1)?.run?.calls).toHaveLength(1);
  expect(messages.at(-1)?.run?.calls[0]?.note).toBeUndefined();
  const parts = await room.services.prisma.modelCall.count({ where: { runId: first.runId } });
  expect(parts).toBe(2);

  const edited = await change(id, first.id, { version: 1, summary: 'The colour is red.' });
  expect(edited).toMatchObject({ version: 2, edited: { by: 'Ada' } });
  await expect(change(id, first.id, { version: 1, undone: true })).rejects.toMatchObject({
    code: 'conflict',
  });
  await asked(id, 'Which colour?');
  expect(sentFor('Which colour?')[0]?.[0]?.content).toContain('The colour is red.');

  // Out of use: what is sent is what would have been sent if there never had been one.
  await change(id, first.id, { version: 2, undone: true });
  const after = await asked(id, 'And now?');
  const [whole] = sentFor('And now?');
  expect(JSON.stringify(whole)).not.toContain('The colour is');
  expect(whole?.map(({ role }) => role).join()).toMatch(/^user(,assistant,user)+$/);
  expect(whole?.slice(0, -1)).toEqual(
    after.messages
      .slice(0, -2)
      .map(({ role, text }) => ({ role: role === 'user' ? 'user' : 'assistant', content: text })),
  );
  // Nobody summarises against their will.
  expect(after.compactions).toHaveLength(1);
  expect(after.compactions[0]?.undone?.by).toBe('Ada');
  await change(id, first.id, { version: 3, undone: false });
  await asked(id, 'Once more?');
  expect(sentFor('Once more?')[0]?.[0]?.content).toContain('The colour is red.');
});

test('where no summary can be had, the answer comes from the messages themselves', async () => {
  const id = await aLongThread();
  room.mock.clearFixtures();
  says(summarising, { error: { message: 'No.', type: 'bad' }, status: 400 });
  says(/./, { content: 'Short.' });
  const { messages, compactions } = await asked(id, 'Go on.');
  expect(messages.at(-1)).toMatchObject({ text: 'Short.', run: { status: 'succeeded' } });
  expect(compactions).toEqual([]);
  expect(sentFor('Go on.').at(-1)?.[0]?.content).toBe('Tell me one.');
});

test('a made-up summary stands for nothing', async () => {
  const actor = await aMember(room.services, 'plain');
  const body = {
    ...{ handle: `clerk-${randomUUID().slice(0, 8)}`, name: 'Clerk', description: '' },
    ...{ instructions: 'You help.', model: 'auto' as const, skills: [], tools: [] },
    limits: usualLimits,
  };
  const none = { params: {}, query: {} };
  const agent = await createAgent(room.services, actor, { ...none, body });
  const { id } = await createThread(room.services, actor, { ...none, body: { agentId: agent.id } });
  const at = { params: { id }, query: {} };
  for (let turn = 0; turn < 5; turn += 1) {
    const text = `${turn} ${'word '.repeat(5_000)}`;
    await postMessage(room.services, actor, { ...at, body: { text } });
    await eventually(async () => {
      const thread = await getThread(room.services, actor, { ...at, body: undefined });
      expect(thread.messages.at(-1)?.run?.status).toBe('succeeded');
      expect(thread.compactions).toEqual([]);
    });
  }
  const rows = await room.services.prisma.threadCompaction.count({ where: { threadId: id } });
  // The last turn's is looked at when the thread is read next, and goes as well.
  expect(rows).toBe(0);
});

test('the same message sent five times at once is summarised once; a stranger changes nothing', async () => {
  const id = await aLongThread();
  const key = randomUUID();
  await Promise.all(Array.from({ length: 5 }, () => room.post(id, { text: 'Go on.' }, key)));
  const { compactions } = await room.settled(id);
  expect(compactions).toHaveLength(1);
  const of = compactions[0]?.id ?? '';
  const stranger = await aMember(room.services, `other-${randomUUID().slice(0, 8)}`);
  await expect(change(id, of, { version: 1, undone: true }, stranger)).rejects.toMatchObject({
    code: 'not_found',
  });
  const other = await aLongThread();
  await expect(change(other, of, { version: 1, undone: true })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('of changes at once one is kept, and a turn that begins meanwhile sees either', async () => {
  const id = await aLongThread();
  const { compactions } = await asked(id, 'Go on.');
  const of = compactions[0]?.id ?? '';
  const rounds = 12;
  let version = 1;
  for (let round = 0; round < rounds; round += 1) {
    const texts = ['red', 'blue', 'green'].map((colour) => `It is ${colour} ${round}.`);
    const question = `Round ${round}?`;
    const [turn, ...ends] = await Promise.allSettled([
      room.post(id, { text: question }),
      ...texts.map((summary) => change(id, of, { version, summary })),
    ]);
    expect(turn?.status).toBe('fulfilled');
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const before = (await room.settled(id)).compactions[0];
    version += 1;
    expect(before?.version).toBe(version);
    const read = sentFor(question)[0]?.[0]?.content ?? '';
    const seen = texts.filter((text) => read.includes(text));
    expect(seen.length).toBeLessThanOrEqual(1);
    expect(seen.every((text) => text === before?.summary)).toBe(true);
  }
  process.stdout.write(`${rounds} rounds of three changes and a turn: 0 lost, 0 mixed\n`);
});

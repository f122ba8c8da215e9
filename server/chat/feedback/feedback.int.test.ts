import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { updateAgent } from '@/server/agents/update-agent';
import { getThread } from '../get-thread';
import { aMember, openRoom, type Room } from '../testing/room';
import { giveFeedback } from './give-feedback';
import { listAgentFeedback } from './list-agent-feedback';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
  room.mock.onMessage(/./, { content: 'An answer.' });
});
afterAll(() => room.close());

type Body = Parameters<typeof giveFeedback>[2]['body'];
const give = (actor: Actor, id: string, messageId: string, body: Body) =>
  giveFeedback(room.services, actor, { params: { id, messageId }, query: {}, body });

async function answered(agentId: string) {
  const { id } = await room.aThread(agentId);
  const { message, answer } = await room.post(id, { text: 'Well?' });
  await room.settled(id);
  return { id, question: message.id, answer: answer.id };
}

test('each person has one voice for an answer, which can be changed and taken back', async () => {
  const agent = await room.anAgent('Voiced');
  const { id, answer } = await answered(agent.id);
  const bob: Actor = { ...room.actor, userId: randomUUID(), name: 'Bob' };
  const up = { verdict: 'up' as const, reason: '' };
  const votes = await Promise.all(
    Array.from({ length: 5 }, () => give(room.actor, id, answer, up)),
  );
  expect(votes.at(-1)).toEqual({ up: 1, down: 0, mine: 'up' });
  expect(await give(bob, id, answer, { verdict: 'down', reason: 'Too long.' })).toEqual({
    ...{ up: 1, down: 1, mine: 'down' },
  });
  expect((await room.thread(id)).messages.map(({ feedback }) => feedback)).toEqual([
    undefined,
    { up: 1, down: 1, mine: 'up' },
  ]);
  expect(await give(room.actor, id, answer, { verdict: null, reason: '' })).toEqual({
    ...{ up: 0, down: 1, mine: null },
  });
});

test('what is said counts for the version that answered', async () => {
  const agent = await room.anAgent('Changing');
  const first = await answered(agent.id);
  const { id: _i, version: _v, createdAt: _c, updatedAt: _u, ...input } = agent;
  await updateAgent(room.services, room.actor, {
    ...room.byId(agent.id),
    body: { ...input, instructions: 'You help better.' },
  });
  const second = await answered(agent.id);
  await give(room.actor, first.id, first.answer, { verdict: 'down', reason: 'Wrong year.' });
  await give(room.actor, second.id, second.answer, { verdict: 'up', reason: '' });
  const said = await listAgentFeedback(room.services, room.actor, room.byId(agent.id));
  expect(said.versions).toEqual([
    { version: 2, up: 1, down: 0 },
    { version: 1, up: 0, down: 1 },
  ]);
  expect(said.reasons).toMatchObject([
    { version: 1, verdict: 'down', reason: 'Wrong year.', personName: 'Ada', threadId: first.id },
  ]);
});

test('there is nothing to say of questions, and nothing for strangers', async () => {
  const agent = await room.anAgent('Private');
  const { id, question, answer } = await answered(agent.id);
  const up = { verdict: 'up' as const, reason: '' };
  const stranger = await aMember(room.services, `other-${randomUUID()}`);
  await expect(give(room.actor, id, question, up)).rejects.toMatchObject({ code: 'not_found' });
  await expect(give(room.actor, randomUUID(), answer, up)).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(give(stranger, id, answer, up)).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    listAgentFeedback(room.services, stranger, room.byId(agent.id)),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(getThread(room.services, stranger, room.byId(id))).rejects.toMatchObject({
    code: 'not_found',
  });
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aMember, openRoom, type Room } from '../testing/room';
import { followThread } from './follow-thread';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
beforeEach(() => void room.mock.clearFixtures());
afterAll(() => room.close());

const follow = (id: string, signal?: AbortSignal) =>
  followThread(
    room.services,
    room.actor,
    room.byId(id),
    new Request('http://localhost/', { ...(signal ? { signal } : {}) }),
  );

type Event = {
  event: string;
  data: { messageId?: string; id?: string; offset?: number; text?: string };
};
const eventsIn = (text: string): Event[] =>
  [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event, data]) => ({
    event: event ?? '',
    data: JSON.parse(data ?? ''),
  }));

test('gives the pieces of each answer, then the answers, then the end', async () => {
  const words = 'One word after another. '.repeat(40).trim();
  room.mock.onMessage('Talk', { content: words }, { latency: 10 });
  const [ann, ben] = [await room.anAgent('Ann'), await room.anAgent('Ben')];
  const { id } = await room.aThread(ann.id);
  const { answers } = await room.post(id, { text: 'Talk', agents: [ann.id, ben.id], mode: 'each' });
  const events = eventsIn(await (await follow(id)).text());
  expect(events.at(-1)).toEqual({ event: 'end', data: {} });
  for (const answer of answers) {
    const pieces = events.filter(
      ({ event, data }) => event === 'delta' && data.messageId === answer.id,
    );
    const last = pieces.at(-1)?.data;
    expect(words.slice(last?.offset).startsWith(last?.text ?? '-')).toBe(true);
    const whole = events.filter(({ event, data }) => event === 'answer' && data.id === answer.id);
    expect(whole.map(({ data }) => data.text)).toEqual([words]);
  }
  expect(eventsIn(await (await follow(id)).text())).toEqual([{ event: 'end', data: {} }]);
});

test('is no way into another workspace', async () => {
  const { id } = await room.aThread((await room.anAgent('Cy')).id);
  const stranger = await aMember(room.services, 'elsewhere');
  await expect(
    followThread(room.services, stranger, room.byId(id), new Request('http://localhost/')),
  ).rejects.toMatchObject({ code: 'not_found' });
});

import { randomUUID } from 'node:crypto';
import { HttpAgent } from '@ag-ui/client';
import { type BaseEvent, EventType, type Message } from '@ag-ui/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runByAgUi as contract } from '@/lib/ag-ui/contract';
import { usualLimits } from '@/lib/tools/settings';
import { createAgent } from '@/server/agents/create-agent';
import { handle } from '@/server/http/handle';
import { createApiKey } from '@/server/people/api-keys';
import { shareServices } from '@/server/services';
import { createBudget } from '@/server/spending/budgets/create-budget';
import { openRoom, type Room } from '../testing/room';
import { runByAgUi } from './run-by-ag-ui';

const handler = handle(contract, runByAgUi);
const none = { params: {}, query: {}, body: undefined };
let room: Room;
let key: string;

beforeAll(async () => {
  room = await openRoom();
  shareServices(room.services);
  const made = await createApiKey(room.services, room.actor, { ...none, body: { name: 'Test' } });
  key = made.key;
});
beforeEach(() => void room.mock.clearFixtures().clearRequests());
afterAll(() => room.close());

async function anAgent(tools: string[] = []) {
  const body = {
    ...{ handle: `ag-${randomUUID().slice(0, 8)}`, name: 'Clerk', description: '' },
    ...{ instructions: 'You sell.', model: 'auto' as const, skills: [], limits: usualLimits },
    tools: tools.map((name) => ({ name })),
  };
  return createAgent(room.services, room.actor, { ...none, body: body as never });
}

/** The protocol's own client, with our handler in the place of the network. */
function client(agentId: string, { messages = [] as Message[], apiKey = key } = {}) {
  const runs: string[] = [];
  const agent = new HttpAgent({
    url: `http://localhost:3000/api/v2/agents/${agentId}/ag-ui`,
    headers: { authorization: `Bearer ${apiKey}` },
    threadId: randomUUID(),
    initialMessages: messages,
    fetch: async (url: string, init: RequestInit) => {
      const params = Promise.resolve({ id: agentId });
      const response = await handler(new Request(url, init), { params });
      runs.push(response.headers.get('x-run-id') ?? '');
      // As the network does, where a client goes away.
      const { signal } = init;
      const body = response.body?.pipeThrough(new TransformStream(), signal ? { signal } : {});
      return new Response(body, response);
    },
  });
  return { agent, runs };
}

const asks = (content: string): Message => ({ id: randomUUID(), role: 'user', content });

/** One run to its end, with its events in their order. */
async function run(agent: HttpAgent, runId = randomUUID(), props = {}) {
  const events: BaseEvent[] = [];
  const failed = await agent
    .runAgent({ runId, forwardedProps: props }, { onEvent: ({ event }) => void events.push(event) })
    .then(
      () => undefined,
      (error: Error) => error,
    );
  return { events, failed, types: events.map(({ type }) => type) };
}
const textOf = ({ messages }: HttpAgent) =>
  messages.flatMap(({ role, content }) => (role === 'assistant' && content ? [content] : []));
const statusOf = async (id = '') =>
  (await room.services.prisma.run.findUniqueOrThrow({ where: { id } })).status;

test('the official client is told a run in the order of the protocol', async () => {
  room.mock.onMessage('How much?', { content: 'Twelve euros, as ever.' });
  const { agent, runs } = client((await anAgent()).id, { messages: [asks('How much?')] });
  agent.state = { cart: [1] };
  const { types, failed } = await run(agent);
  expect(failed).toBeUndefined();
  expect(types.slice(0, 2)).toEqual([EventType.RUN_STARTED, EventType.STATE_SNAPSHOT]);
  expect(types.filter((type) => type === EventType.TEXT_MESSAGE_START)).toHaveLength(1);
  expect(types.slice(-2)).toEqual([EventType.TEXT_MESSAGE_END, EventType.RUN_FINISHED]);
  expect(textOf(agent)).toEqual(['Twelve euros, as ever.']);
  expect(agent.state).toMatchObject({
    cart: [1],
    ensemble: { runId: runs[0], status: 'succeeded' },
  });
  expect(await statusOf(runs[0])).toBe('succeeded');
  // The next turn, with all that was said.
  room.mock.onMessage('And two?', { content: 'Twenty-four.' });
  agent.addMessage(asks('And two?'));
  expect((await run(agent)).failed).toBeUndefined();
  expect(textOf(agent)).toEqual(['Twelve euros, as ever.', 'Twenty-four.']);
  const sent = room.mock.getLastRequest()?.body as { messages: object[] };
  expect(sent.messages.slice(1)).toEqual([
    { role: 'user', content: 'How much?' },
    { role: 'assistant', content: 'Twelve euros, as ever.' },
    { role: 'user', content: 'And two?' },
  ]);
});

test('calls of tools are told with their results, and the talk goes on after them', async () => {
  let asked = 0;
  room.mock.on(
    {
      predicate: () => {
        asked += 1;
        return asked === 1;
      },
    },
    { toolCalls: [{ name: 'calculate', arguments: '{"expression":"6.0 * 7.0"}' }] },
  );
  room.mock.on({ predicate: () => true }, { content: 'It is 42.' });
  const { agent } = client((await anAgent(['calculate'])).id, { messages: [asks('6 × 7?')] });
  const { types, events, failed } = await run(agent);
  expect(failed).toBeUndefined();
  const calls = types.filter((type) => type.startsWith('TOOL_CALL'));
  expect(calls).toEqual([
    ...[EventType.TOOL_CALL_START, EventType.TOOL_CALL_ARGS],
    ...[EventType.TOOL_CALL_END, EventType.TOOL_CALL_RESULT],
  ]);
  const result = events.find(({ type }) => type === EventType.TOOL_CALL_RESULT);
  expect(JSON.stringify(result)).toContain('42');
  expect(textOf(agent).at(-1)).toBe('It is 42.');
  // What the client keeps of the calls is taken back.
  agent.addMessage(asks('Sure?'));
  expect((await run(agent)).failed).toBeUndefined();
});

test('a run goes on without its client, which follows it again and has all of it once', async () => {
  const words = 'One word after another. '.repeat(60).trim();
  room.mock.onMessage('Talk', { content: words }, { latency: 15 });
  const { agent, runs } = client((await anAgent()).id, { messages: [asks('Talk')] });
  const runId = randomUUID();
  const cut = agent.subscribe({
    onTextMessageContentEvent: () => agent.abortRun(),
  });
  await run(agent, runId);
  cut.unsubscribe();
  const again = await run(agent, runId);
  expect(again.failed).toBeUndefined();
  expect(again.types[1]).toBe(EventType.MESSAGES_SNAPSHOT);
  expect(textOf(agent)).toEqual([words]);
  expect(new Set(runs).size).toBe(1);
  expect(room.mock.getRequests()).toHaveLength(1);
  // Also long after its end.
  expect((await run(agent, runId)).failed).toBeUndefined();
  expect(textOf(agent)).toEqual([words]);
  expect(room.mock.getRequests()).toHaveLength(1);
});

test('a client may say that its run ends with it', async () => {
  room.mock.onMessage('Talk', { content: 'A long talk. '.repeat(200) }, { latency: 40 });
  const { agent, runs } = client((await anAgent()).id, { messages: [asks('Talk')] });
  agent.subscribe({ onTextMessageContentEvent: () => agent.abortRun() });
  const runId = randomUUID();
  await run(agent, runId, { cancelOnDisconnect: true });
  await expect.poll(() => statusOf(runs[0]), { timeout: 20_000 }).toBe('cancelled');
  const { agent: other } = client((await anAgent()).id);
  other.threadId = agent.threadId;
  const { events } = await run(agent, runId);
  expect(events.at(-1)).toMatchObject({
    ...{ type: EventType.RUN_FINISHED, outcome: { type: 'cancelled' } },
  });
});

test('what a provider refuses ends the run with an error in words', async () => {
  room.mock.on(
    { predicate: () => true },
    { error: { message: 'The model is gone.', type: 'invalid_request_error' }, status: 400 },
  );
  const { agent, runs } = client((await anAgent()).id, { messages: [asks('Fail')] });
  const { events, failed } = await run(agent);
  const last = events.findLast(({ type }) => type === EventType.RUN_ERROR);
  expect(last).toMatchObject({ message: expect.stringContaining('The model is gone.') });
  expect(failed?.message ?? '').not.toContain('protocol');
  expect(await statusOf(runs[0])).toBe('failed');
});

test('a budget that is used up refuses before a model is asked', async () => {
  const made = await anAgent();
  const budget = {
    ...({ scope: 'agent', scopeId: made.id, window: 'none', capUsd: '0.000001' } as const),
    ...({ softAt: 80, onBreach: 'stop', timeZone: 'UTC' } as const),
  };
  await createBudget(room.services, room.actor, { ...none, body: budget as never });
  room.mock.on({ predicate: () => true }, { content: 'Never said.' });
  const { agent } = client(made.id, { messages: [asks('Spend')] });
  const { events } = await run(agent);
  expect(events.findLast(({ type }) => type === EventType.RUN_ERROR)).toMatchObject({
    code: expect.stringMatching(/budget/),
  });
  expect(room.mock.getRequests()).toEqual([]);
});

test('what is refused before a run begins is an error of HTTP', async () => {
  const made = await anAgent();
  const status = async (agentId: string, body: object, apiKey = key) => {
    const response = await handler(
      new Request(`http://localhost:3000/api/v2/agents/${agentId}/ag-ui`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      { params: Promise.resolve({ id: agentId }) },
    );
    await response.body?.cancel();
    return response.status;
  };
  const body = { threadId: 't', runId: randomUUID(), messages: [asks('Hi')] };
  expect(await status(made.id, body, 'sk-not-a-key')).toBe(401);
  expect(await status('nobody', body)).toBe(404);
  expect(await status(made.id, { ...body, messages: [] })).toBe(400);
  expect(await status(made.id, { ...body, tools: [{ name: 'x' }] })).toBe(400);
  expect(await status(made.id, { ...body, resume: [{ interruptId: 'x' }] })).toBe(400);
});

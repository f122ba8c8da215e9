import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { doCommand as contract } from '@/lib/chat/commands/contract';
import { can } from '@/lib/people/can';
import { handle } from '@/server/http/handle';
import { createApiKey } from '@/server/people/api-keys';
import { ended } from '@/server/runs/testing/harness';
import { shareServices } from '@/server/services';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { createThread } from '../create-thread';
import { getThread } from '../get-thread';
import { postMessage } from '../post-message';
import { openRoom, type Room } from '../testing/room';
import { doCommand } from './do-command';
import { exportThread } from './export-thread';

let room: Room;
let threadId: string;

beforeAll(async () => {
  room = await openRoom();
});
beforeEach(async () => {
  room.mock.clearFixtures().clearRequests();
  const agent = await room.anAgent(`clerk-${randomUUID().slice(0, 8)}`, 'You sell.');
  const body = { agentId: agent.id };
  threadId = (await createThread(room.services, room.actor, { params: {}, query: {}, body })).id;
});
afterAll(() => room.close());

const line = (
  text: string,
  more: { confirmed?: boolean; role?: 'commenter'; input?: Record<string, string | number> } = {},
) =>
  doCommand(
    room.services,
    { ...room.actor, role: more.role ?? room.actor.role },
    {
      ...{ params: { id: threadId }, query: {} },
      body: { line: text, confirmed: more.confirmed ?? false, input: more.input },
    },
  );
const messages = async () => {
  const input = { params: { id: threadId }, query: {}, body: undefined };
  return (await getThread(room.services, room.actor, input)).messages;
};
const aWorkflow = async (name: string) => {
  const nodes = [{ id: 'w', type: 'delay', name: 'Wait', config: { amount: 1, unit: 'seconds' } }];
  const query = {};
  await createWorkflow(room.services, room.actor, { params: {}, query, body: { name, nodes } });
  return name;
};

it('lists what one may do, as a line that all see', async () => {
  const done = await line('/help', { role: 'commenter' });
  expect(done).toMatchObject({ state: 'done', message: { role: 'command', text: '/help' } });
  const [shown] = await messages();
  expect(shown?.command).toMatchObject({ name: 'help', state: 'done' });
  expect(shown?.command?.result).toContain('/summarise');
  expect(can('commenter', 'workflows.publish')).toBe(false);
  expect(shown?.command?.result).not.toContain('/publish');
});

it('does nothing outside before it is confirmed, then publishes and runs', async () => {
  const name = await aWorkflow(`Wait ${randomUUID()}`);
  expect(await line(`/publish ${name}`)).toMatchObject({ state: 'confirm' });
  expect(await messages()).toEqual([]);
  await line(`/publish ${name}`, { confirmed: true });
  const done = await line(`/run ${name}`, { confirmed: true });
  if (done.state !== 'done') throw new Error('not done');
  expect(done.message.command).toMatchObject({ state: 'done', links: [{ label: 'Open run' }] });
  const runId = done.message.command?.links[0]?.href.split('/').at(-1) ?? '';
  expect((await ended(room.services, runId)).status).toBe('succeeded');
  expect((await messages()).map(({ text }) => text)).toEqual([`/publish ${name}`, `/run ${name}`]);
});

it('asks for the inputs of a workflow, takes a text behind its name, and starts nothing without', async () => {
  const name = `Greet ${randomUUID().slice(0, 8)}`;
  const input = (field: string, type: string, more: object = {}) => ({
    ...{ id: field, name: field, type, required: true, description: '', default: '' },
    ...more,
  });
  const nodes = [
    {
      ...{ id: 'start', key: 'start', type: 'start', name: 'Start' },
      config: { inputs: [input('who', 'text'), input('times', 'number', { default: '2' })] },
    },
    {
      ...{ id: 'out', key: 'out', type: 'output', name: 'Result' },
      config: { format: 'json', expression: '{"who": input.who, "times": input.times}' },
    },
  ];
  const edges = [{ id: 'e', source: 'start', target: 'out', sourcePort: 'out' }];
  const none = { params: {}, query: {} };
  await createWorkflow(room.services, room.actor, { ...none, body: { name, nodes, edges } });
  await line(`/publish ${name}`, { confirmed: true });
  const outputOf = async (done: Awaited<ReturnType<typeof line>>) => {
    if (done.state !== 'done') throw new Error('not done');
    const runId = done.message.command?.links[0]?.href.split('/').at(-1) ?? '';
    return (await ended(room.services, runId)).output;
  };
  for (const command of ['run', 'rehearse']) {
    const asked = await line(`/${command} ${name}`);
    expect(asked).toMatchObject({
      state: 'confirm',
      inputs: { fields: [{ name: 'who' }, { name: 'times' }], value: { times: 2 } },
    });
    const filled = await line(`/${command} ${name.toUpperCase()} Ada of Kent`);
    expect(filled).toMatchObject({ inputs: { value: { who: 'Ada of Kent', times: 2 } } });
    const given = { who: 'Bo', times: 3 };
    expect(
      await outputOf(await line(`/${command} ${name}`, { confirmed: true, input: given })),
    ).toEqual(given);
  }
  const byText = await line(`/run ${name} Ada of Kent`, { confirmed: true });
  expect(await outputOf(byText)).toEqual({ who: 'Ada of Kent', times: 2 });
  await expect(line('/help', { input: { who: 'Bo' } })).rejects.toThrow('takes no input');
  // What is missing is said in the thread, and nothing is started.
  const runs = () =>
    room.services.prisma.run.count({ where: { workspaceId: room.actor.workspaceId } });
  const before = await runs();
  const missing = await line(`/run ${name}`, { confirmed: true });
  expect(missing).toMatchObject({ state: 'done', message: { command: { state: 'failed' } } });
  const unknown = await line(`/run ${name}`, { confirmed: true, input: { whom: 'Bo' } });
  expect(unknown).toMatchObject({ message: { command: { state: 'failed' } } });
  expect(await runs()).toBe(before);
});

it('says why a command failed, and refuses what a role may not do', async () => {
  await line('/rehearse There is no such thing');
  const [shown] = await messages();
  expect(shown?.command).toMatchObject({ state: 'failed' });
  expect(shown?.command?.result).toContain('There is no workflow');
  await expect(line('/publish X', { confirmed: true, role: 'commenter' })).rejects.toThrow(
    'does not allow /publish',
  );
  await expect(line('/rnu X')).rejects.toThrow('Did you mean /run?');
  expect(await messages()).toHaveLength(1);
});

it('keeps commands from the model, remembers, counts and exports', async () => {
  room.mock.onMessage(/./, { content: 'Twelve euros.' });
  await line('/remember Ada likes tea');
  const turn = await postMessage(room.services, room.actor, {
    ...{ params: { id: threadId }, query: {}, body: { text: 'How much?' } },
  });
  await ended(room.services, turn.answer.run?.id ?? '');
  expect(JSON.stringify(room.mock.getRequests())).not.toContain('/remember');
  await line('/budget');
  await line('/export');
  const all = await messages();
  expect(all.map(({ command }) => command?.state)).toEqual([
    ...['done', undefined, undefined, 'done', 'done'],
  ]);
  expect(all[3]?.command?.result).toContain('in 1 run');
  const input = { params: { id: threadId }, query: {}, body: undefined };
  const file = await (await exportThread(room.services, room.actor, input)).text();
  for (const part of ['`/remember Ada likes tea`', 'How much?', 'Twelve euros.']) {
    expect(file).toContain(part);
  }
});

it('is done once under one key', async () => {
  shareServices(room.services);
  const made = { params: {}, query: {}, body: { name: 'Test' } };
  const { key: secret } = await createApiKey(room.services, room.actor, made);
  const handler = handle(contract, doCommand);
  const send = () =>
    handler(
      new Request('http://localhost:3000/x', {
        method: 'POST',
        headers: {
          ...{ authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          'idempotency-key': threadId,
        },
        body: JSON.stringify({ line: '/help' }),
      }),
      { params: Promise.resolve({ id: threadId }) },
    );
  const both = await Promise.all([send(), send()]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(await messages()).toHaveLength(1);
});

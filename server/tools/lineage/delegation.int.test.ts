import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { planTask } from '@/lib/agents/plan-task';
import type { HttpRequest } from '@/lib/nodes/node-type/define-node';
import { maxDelegations } from '@/lib/tools/delegated';
import type { TaskOpening } from '@/lib/tools/task';
import { createAgent } from '@/server/agents/create-agent';
import { createServices } from '@/server/compose';
import { replyToMessage } from '@/server/messages/reply';
import { startInline } from '@/server/runs/starting/start-inline';
import { ended, eventually } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { listApprovals } from '../approvals/list-approvals';
import { open, type Said, scripted } from '../testing/scripted';
import { aMember } from '../testing/task-world';

let services: Services;
let worker: Worker | undefined;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterEach(async () => {
  await worker?.drain(2_000);
  worker = undefined;
});
afterAll(() => services.close());

const names = [
  ...['agent_delegate', 'agents_find', 'web_read', 'memory_recall', 'http_request', 'message_ask'],
];
const delegate = (agent: string, more: object = {}) => ({
  name: 'agent_delegate',
  args: { agent, task: `Work for ${agent}.`, why: 'It knows how.', ...more },
});

/** Agents that say what they are told to, and a worker that does their tasks. */
async function team(says: Record<string, Said[]>, limits: Record<string, object> = {}) {
  const { workspaceId, userId } = await aMember(services.pool, 'editor');
  const ada = { workspaceId, userId, name: 'Ada', email: '', role: 'editor' as const };
  const turns = new Map<string, Said[]>();
  for (const [handle, said] of Object.entries(says)) {
    const body = {
      ...{ handle, name: handle, description: `Does ${handle}.`, instructions: 'Help.' },
      ...{
        model: 'auto' as const,
        skills: [],
        tools: names.map((name) => ({ name, approval: 'never' as const })),
      },
      limits: { maxTurns: 20, maxMinutes: 60, ...limits[handle] },
    };
    const { id } = await createAgent(services, ada, { params: {}, query: {}, body });
    turns.set(id, said);
  }
  const sent: HttpRequest[] = [];
  worker = await startWorker(
    scripted(
      services,
      { turns: [], turnsOf: (id) => turns.get(id) },
      { gate: open, sent, asked: new Map(), requests: [] },
    ),
  );
  const rows = async <T extends object>(sql: string) =>
    (await services.pool.query<T>(sql, [workspaceId])).rows;
  return {
    ...{ ada, sent },
    async start(handle: string) {
      const { definition, input } = planTask({ agent: { handle, name: handle }, input: 'Go.' });
      const { id } = await startInline(services, ada, {
        ...{ definition, input, name: definition.name, mode: 'live', trigger: 'api' },
      });
      return id;
    },
    calls: () =>
      rows<{ tool: string; state: string; result: string; outside: boolean; private: boolean }>(
        `select c.tool, c.state, c.result, c.outside, c.private from tool_call c join run r on r.id = c.run_id
         where c.workspace_id = $1 order by r.depth, c.turn, c.position`,
      ),
    openings: async () =>
      (
        await rows<{ data: TaskOpening }>(
          `select t.data from agent_turn t join run r on r.id = t.run_id
           where t.workspace_id = $1 and t.turn = 0 order by r.depth`,
        )
      ).map(({ data }) => data),
  };
}

it('a delegated task is a child run whose end is the result, with what is left of the budget', async () => {
  const of = await team(
    {
      chief: [[{ name: 'agents_find', args: { words: 'helper' } }], [delegate('@helper')], 'Told.'],
      helper: [[{ name: 'web_read', args: { url: 'https://shop.example/a' } }], 'It is 7.'],
    },
    { chief: { budgetUsd: 0.01 }, helper: { budgetUsd: 5 } },
  );
  const id = await of.start('chief');
  expect(await ended(services, id)).toMatchObject({
    ...{ status: 'succeeded', output: { text: 'Told.' } },
  });
  const [found, given] = await of.calls();
  expect(JSON.parse(found?.result ?? '')).toMatchObject({
    // Its worker process may still be starting.
    agents: [{ handle: 'helper', description: 'Does helper.', status: expect.any(String) }],
  });
  expect(JSON.parse(given?.result ?? '')).toMatchObject({ text: 'It is 7.', agent: 'helper' });
  // What the helper had read counts for who gave it the task.
  expect(given).toMatchObject({ tool: 'agent_delegate', state: 'done', outside: true });
  const [, helper] = await of.openings();
  // Two turns of a tenth of a cent were spent by then.
  expect(helper?.limits.budgetUsd).toBeCloseTo(0.008, 6);
  expect(JSON.stringify(helper?.messages)).toContain(
    'delegated to you by @chief. Why you: It knows how.',
  );
  const { rows } = await services.pool.query<{ name: string; parent: string }>(
    'select name, parent_step_id as parent from run where parent_run_id = $1',
    [id],
  );
  expect(rows).toEqual([{ name: 'helper: Work for @helper.', parent: 'task' }]);
});

it('says what is needed instead of who: whoever fits gets it, but nobody who waits for it', async () => {
  const of = await team({
    chief: [
      [
        {
          name: 'agent_delegate',
          args: { needs: { tools: ['web_read'] }, task: 'Read.', why: 'Reading.' },
        },
      ],
      [{ name: 'agent_delegate', args: { task: 'Read.', why: 'Nobody is named.' } }],
      'Told.',
    ],
    helper: ['It is 7.'],
  });
  const id = await of.start('chief');
  expect(await ended(services, id)).toMatchObject({ status: 'succeeded' });
  const [given, refused] = await of.calls();
  expect(JSON.parse(given?.result ?? '')).toMatchObject({
    ...{ text: 'It is 7.', agent: 'helper' },
  });
  expect(refused).toMatchObject({
    state: 'failed',
    result: expect.stringContaining('Name either an agent, or what is needed'),
  });
});

it('refuses circles, oneself, strangers, and what goes too deep or has no budget left', async () => {
  const deep = Object.fromEntries(
    Array.from({ length: maxDelegations + 1 }, (_, level) => [
      `a${level}`,
      [[delegate(`a${level + 1}`)], `Level ${level}.`] as Said[],
    ]),
  );
  const of = await team({
    ...deep,
    [`a${maxDelegations + 1}`]: ['Too deep.'],
    chief: [[delegate('chief')], [delegate('nobody')], [delegate('helper')], 'Done.'],
    helper: [[delegate('chief')], 'I did it myself.'],
  });
  await ended(services, await of.start('chief'));
  expect((await of.calls()).map(({ state, result }) => [state, result])).toEqual([
    ['failed', expect.stringContaining('cannot delegate to yourself')],
    ['failed', expect.stringContaining('There is no agent @nobody')],
    ['done', expect.stringContaining('I did it myself.')],
    ['failed', expect.stringContaining('@chief → @helper')],
  ]);
  const before = (await of.calls()).length;
  await ended(services, await of.start('a0'));
  const calls = (await of.calls()).slice(0).filter(({ state }) => state === 'failed');
  expect(calls.some(({ result }) => result.includes('which is the most'))).toBe(true);
  expect((await of.calls()).length - before).toBe(maxDelegations + 1);
  expect((await of.openings()).map(({ agent }) => agent.handle)).not.toContain(
    `a${maxDelegations + 1}`,
  );
});

it('what was read above counts below: nothing goes out unasked through another agent', async () => {
  const of = await team({
    chief: [
      [
        { name: 'web_read', args: { url: 'https://shop.example/page' } },
        { name: 'memory_recall', args: { below: '', memory: 'workspace' } },
      ],
      [delegate('helper')],
      'Done.',
    ],
    helper: [
      [{ name: 'http_request', args: { method: 'POST', url: 'https://shop.example/leak' } }],
      'Sent.',
    ],
  });
  await of.start('chief');
  const asked = { params: {}, query: {}, body: undefined };
  const waiting = await eventually('somebody is asked', async () => {
    const { items } = await listApprovals(services, of.ada, asked);
    return items.length > 0 && items;
  });
  expect(waiting).toMatchObject([{ tool: 'http_request', agent: 'helper', ask: { why: 'taint' } }]);
  expect(of.sent.map(({ url }) => url)).toEqual(['https://shop.example/page']);
});

it('asks by message and goes on with the reply', async () => {
  const of = await team({
    chief: [
      [{ name: 'message_ask', args: { kind: 'person', to: 'Ada', text: 'Ship {{ order }}?' } }],
      'Shipped.',
    ],
  });
  const id = await of.start('chief');
  const message = await eventually('the question is sent', async () => {
    const { rows } = await services.pool.query<{ id: string; body: string }>(
      `select id, body from mail where workspace_id = $1 and reply = 'step'`,
      [of.ada.workspaceId],
    );
    return rows[0];
  });
  expect(message.body).toBe('Ship {{ order }}?');
  const body = { body: 'Yes.' };
  await replyToMessage(services, of.ada, { params: { id: message.id }, query: {}, body });
  expect(await ended(services, id)).toMatchObject({ output: { text: 'Shipped.' } });
  const [asked] = await of.calls();
  expect(JSON.parse(asked?.result ?? '')).toMatchObject({ answered: true, reply: 'Yes.' });
  // A person wrote it: that is no content from outside.
  expect(asked).toMatchObject({ state: 'done', outside: false });
});

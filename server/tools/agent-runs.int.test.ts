import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTask } from '@/server/agents/start-task';
import { createServices } from '@/server/compose';
import { ended, eventually } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEcho } from '@/server/triggers/testing/fixture';
import { answerApproval } from './approvals/answer-approval';
import { listApprovals } from './approvals/list-approvals';
import { listTools } from './list-tools';
import { startCall } from './start-call';
import { type Said, scripted } from './testing/scripted';
import { aMember } from './testing/task-world';

const turns: Said[] = [];
const seen = { sent: [], asked: new Map<number, number>(), requests: [] };
let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const gate = async () => undefined;
  worker = await startWorker(scripted(services, { turns }, { ...seen, gate }));
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const none = { params: {}, query: {}, body: undefined };
const anActor = async () => ({
  ...(await aMember(services.pool, 'editor')),
  ...{ name: 'Ada', email: 'ada@example.com', role: 'editor' as const },
});
type Actor = Awaited<ReturnType<typeof anActor>>;

async function anAgent({ workspaceId }: Actor, tools: string[]): Promise<string> {
  const id = randomUUID();
  await services.pool.query(
    `insert into agent (id, workspace_id, handle, name, instructions, model, tools)
     values ($1, $2, 'helper', 'Helper', 'Help.', '"auto"', $3)`,
    [id, workspaceId, JSON.stringify(tools.map((name) => ({ name })))],
  );
  return id;
}

const waiting = async (actor: Actor) => {
  const first = async () => (await listApprovals(services, actor, none)).items[0];
  return eventually('a call waits', first);
};

it('runs a workflow as a tool in a run of its own, once it was approved', async () => {
  const actor = await anActor();
  await anEcho(services, actor);
  const { items } = await listTools(services, actor, {
    ...none,
    query: { source: 'workflow', limit: 9 },
  });
  expect(items).toMatchObject([{ name: 'workflow_echo', effect: 'once', unavailable: null }]);
  const id = await anAgent(actor, ['workflow_echo']);
  turns.splice(0, turns.length, [{ name: 'workflow_echo', args: {} }], 'It echoed.');
  const run = await startTask(services, actor, {
    ...{ params: { id }, query: {}, body: { input: 'Echo.' } },
  });
  const call = await waiting(actor);
  await eventually('nobody holds the step', async () => {
    return (await services.engine.load(run.id))?.steps.task?.status === 'waiting';
  });
  const { argsHash } = call;
  await answerApproval(services, actor, {
    ...{ params: { id: call.id }, query: {}, body: { do: 'approve', scope: 'once', argsHash } },
  });
  expect(await ended(services, run.id)).toMatchObject({
    status: 'succeeded',
    output: { text: 'It echoed.' },
  });
  const { rows } = await services.pool.query<{ count: number }>(
    'select count(*)::int as count from run where parent_run_id = $1',
    [run.id],
  );
  expect(rows[0]?.count).toBe(1);
});

it('uses a tool over HTTP as a run of one step, and says before what does not fit', async () => {
  const actor = await anActor();
  const use = (name: string, args: Record<string, string>) =>
    startCall(services, actor, { params: { name }, query: {}, body: { args } });
  await expect(use('calculat', {})).rejects.toMatchObject({ code: 'not_found' });
  await expect(use('calculate', {})).rejects.toMatchObject({ code: 'invalid_input' });
  const { id } = await use('calculate', { expression: '2.0 * 21.0' });
  expect(await ended(services, id)).toMatchObject({
    status: 'succeeded',
    output: { value: { value: 42 } },
  });
});

it('does not give an agent what took the name of a tool that it was given', async () => {
  const actor = await anActor();
  const first = await anEcho(services, actor);
  const id = await anAgent(actor, []);
  const grants = [{ name: 'workflow_echo', ref: `workflow:${first}`, approval: 'never' }];
  await services.pool.query('update agent set tools = $2 where id = $1', [
    id,
    JSON.stringify(grants),
  ]);
  await services.pool.query('update workflow set name = $2 where id = $1', [first, 'Other']);
  await anEcho(services, actor);
  turns.splice(0, turns.length, [{ name: 'workflow_echo', args: {} }], 'It is gone.');
  const run = await startTask(services, actor, {
    ...{ params: { id }, query: {}, body: { input: 'Echo.' } },
  });
  expect(await ended(services, run.id)).toMatchObject({ status: 'succeeded' });
  const { rows } = await services.pool.query(
    `select (select count(*)::int from run where parent_run_id = $1) as runs, error from tool_call where run_id = $1`,
    [run.id],
  );
  expect(rows).toEqual([{ runs: 0, error: 'no_such_tool' }]);
});

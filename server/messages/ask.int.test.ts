import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { compile } from '@/lib/workflows/compile';
import { createServices } from '@/server/compose';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { ended, eventually } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { open, scripted } from '@/server/tools/testing/scripted';
import { createPool } from './mailboxes';
import { deletePool } from './pools/delete-pool';
import { replyToMessage } from './reply';
import { none, openTasks, type Tasks } from './tasks/testing/tasks-world';

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

async function work() {
  const seen = { gate: open, sent: [], asked: new Map(), requests: [] };
  worker = await startWorker(scripted(services, { turns: ['It is shipped.'] }, seen));
}

async function ask(of: Tasks, config: Record<string, string | number>) {
  const { workspaceId, ada } = of;
  const node = {
    id: 'ask',
    key: 'ask',
    type: 'ask-message',
    name: 'Ask',
    position: { x: 0, y: 0 },
  };
  const plan = compile(
    { schema: 1, name: 'Asks', description: '', nodes: [{ ...node, config }], edges: [] },
    catalogue,
  );
  const { id } = await services.engine.start({
    ...{ workspaceId, name: 'Asks', mode: 'live', trigger: 'manual', startedBy: ada.userId },
    ...{ plan, definitionHash: 'ask', input: {} },
  });
  return id;
}
const question = (of: Tasks) =>
  eventually('the question is sent', async () => {
    const { rows } = await services.pool.query<{ id: string }>(
      `select id from mail where workspace_id = $1 and reply = 'step'`,
      [of.workspaceId],
    );
    return rows[0]?.id;
  });
const stepOf = async (id: string) => (await services.engine.load(id))?.steps.ask;
const waits = (id: string) =>
  eventually('it waits', async () => (await stepOf(id))?.status === 'waiting');

test('a person is asked and answers once, without anybody holding the step', async () => {
  const of = await openTasks(services);
  await work();
  const id = await ask(of, { kind: 'person', name: 'ADA', body: 'Is it shipped?' });
  const message = await question(of);
  await waits(id);
  expect((await stepOf(id))?.wait).toMatchObject({ ask: { replyTo: message, from: 'ADA' } });
  await worker?.drain(2_000);
  const reply = (body: string) =>
    replyToMessage(services, of.ada, { params: { id: message }, query: {}, body: { body } });
  expect(await reply('Yes.')).toEqual({ id: null, to: 'step' });
  expect(await of.delivery(message)).toMatchObject({ state: 'done', reason: 'It was answered.' });
  // The same again changes nothing; another answer is too late.
  expect(await reply('Yes.')).toEqual({ id: null, to: 'step' });
  await expect(reply('No.')).rejects.toMatchObject({ code: 'conflict' });
  await work();
  await ended(services, id);
  expect(await stepOf(id)).toMatchObject({
    ...{ status: 'succeeded', ports: ['out'], reason: 'Ada answered.' },
    output: { answered: true, reply: 'Yes.', from: 'Ada', outside: false, message },
  });
});

test('an agent is asked: its task answers', async () => {
  const of = await openTasks(services);
  await work();
  const id = await ask(of, { name: 'helper', body: 'Is it shipped?' });
  await eventually('it is over', async () => {
    await of.look();
    return (await services.engine.load(id))?.finishedAt !== undefined;
  });
  expect(await stepOf(id)).toMatchObject({
    output: { answered: true, reply: 'It is shipped.', from: 'helper' },
  });
  expect(await of.runs()).toMatchObject([{ status: 'succeeded' }]);
});

test('goes on at “No answer” when its time is over, and when nobody can answer any more', async () => {
  const of = await openTasks(services);
  await work();
  const late = await ask(of, { kind: 'person', name: 'Ada', body: 'Now?', waitHours: 0.0003 });
  await ended(services, late);
  expect(await stepOf(late)).toMatchObject({
    ...{ status: 'succeeded', ports: ['expired'], output: { answered: false, reply: null } },
  });
  const gone = await ask(of, { name: 'helper', body: 'Are you there?' });
  await waits(gone);
  await services.pool.query('delete from agent where workspace_id = $1', [of.workspaceId]);
  await eventually('it is over', async () => {
    await of.look();
    return (await services.engine.load(gone))?.finishedAt !== undefined;
  });
  const step = await stepOf(gone);
  expect(step).toMatchObject({ status: 'succeeded', ports: ['expired'] });
  expect(step?.reason).toContain('@helper was deleted');
});

test('a run that was cancelled hears nothing more', async () => {
  const of = await openTasks(services);
  await work();
  const id = await ask(of, { kind: 'person', name: 'Ada', body: 'Well?' });
  const message = await question(of);
  await waits(id);
  await cancelRun(services, of.ada, { params: { id }, query: {}, body: undefined });
  const body = { body: 'Here I am.' };
  await replyToMessage(services, of.ada, { params: { id: message }, query: {}, body });
  expect((await services.engine.load(id))?.status).toBe('cancelled');
});

test('a step that asked a pool which is deleted hears of it', async () => {
  const of = await openTasks(services);
  await work();
  const pool = await createPool(services, of.ada, { ...none, body: { name: 'Desk' } });
  const id = await ask(of, { kind: 'pool', name: 'Desk', body: 'Is it shipped?' });
  await question(of);
  await waits(id);
  expect(await deletePool(services, of.ada, { ...none, params: { id: pool.id } })).toMatchObject({
    cancelled: 1,
  });
  await of.look();
  await ended(services, id);
  expect((await stepOf(id))?.reason).toContain('The pool “Desk” was deleted by Ada.');
});

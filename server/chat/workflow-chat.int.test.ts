import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { chatConfigSchema } from '@/lib/triggers/schema';
import { createServices } from '@/server/compose';
import { uploadFile } from '@/server/files/upload-file';
import { answerStep } from '@/server/runs/control/answer-step';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { deleteTrigger, updateTrigger } from '@/server/triggers/change-trigger';
import { createTrigger } from '@/server/triggers/create-trigger';
import { listDeliveries } from '@/server/triggers/list-triggers';
import { anEditor } from '@/server/triggers/testing/fixture';
import { cancelTurn } from './cancel-turn';
import { createThread } from './create-thread';
import { getThread } from './get-thread';
import { listChatWorkflows } from './list-chat-workflows';
import { postMessage } from './post-message';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let actor: Actor;
let stranger: Actor;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  worker = await startWorker(services);
  [actor, stranger] = [await anEditor(services), await anEditor(services)];
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

type Step = { id: string; type: string; config: object };
const start = (...inputs: object[]): Step => ({ id: 'start', type: 'start', config: { inputs } });
const echo = (expression: string): Step => ({
  id: 'echo',
  type: 'transform',
  config: { expression },
});
const approval: Step = { id: 'ask', type: 'approval', config: { question: 'Shall I?' } };

/** A workflow whose steps come one after another. */
async function aWorkflow(steps: Step[], live: number | null = 1): Promise<string> {
  const id = randomUUID();
  const nodes = steps.map((step) => ({
    ...step,
    key: step.id,
    name: step.id,
    position: { x: 0, y: 0 },
  }));
  const edges = steps.slice(1).map((step, index) => ({
    id: `e${index}`,
    source: steps[index]?.id,
    sourcePort: steps[index]?.type === 'approval' ? 'approved' : 'out',
    target: step.id,
  }));
  const definition = { schema: 1, name: 'Desk', nodes, edges };
  await services.pool.query(
    `insert into workflow (id, workspace_id, name, live_version) values ($1, $2, 'Desk', $3)`,
    [id, actor.workspaceId, live],
  );
  await services.pool.query(
    `insert into workflow_version (id, workflow_id, number, definition, hash) values ($1, $2, 1, $3, 'h')`,
    [randomUUID(), id, JSON.stringify(definition)],
  );
  return id;
}

async function aChat(workflowId: string, config = {}) {
  const full = chatConfigSchema.parse(config);
  const body = { kind: 'chat', name: '', enabled: true, config: full } as const;
  const { trigger } = await createTrigger(services, actor, {
    params: { id: workflowId },
    query: {},
    body,
  });
  return trigger.id;
}

const by = (id: string) => ({ params: { id }, query: {}, body: undefined });
const open = (triggerId: string, as = actor) =>
  createThread(services, as, { params: {}, query: {}, body: { triggerId } });
const post = (id: string, text: string, key?: string) =>
  postMessage(
    services,
    actor,
    { params: { id }, query: {}, body: { text } },
    key === undefined ? undefined : { headers: new Headers({ 'idempotency-key': key }) },
  );
const settled = (id: string) =>
  eventually(async () => {
    const thread = await getThread(services, actor, by(id));
    const last = thread.messages.at(-1);
    expect(['succeeded', 'failed', 'cancelled']).toContain(last?.run?.status);
    return last;
  });
const stored = async (threadId: string) =>
  (await services.pool.query('select text, run_id from message where thread_id = $1', [threadId]))
    .rows;

it('answers with the output of a run that is bound to the thread', async () => {
  const workflowId = await aWorkflow([
    start({ id: 'q', name: 'question', type: 'text' }, { id: 't', name: 'talk', type: 'json' }),
    echo('"You said " + input.question + " after " + string(size(input.talk))'),
  ]);
  const triggerId = await aChat(workflowId, { greeting: 'Hello.', earlier: 'talk' });
  const thread = await open(triggerId);
  expect(thread).toMatchObject({
    agentId: null,
    agentName: 'Desk',
    workflow: { id: workflowId, greeting: 'Hello.', closed: null },
  });
  const { answer } = await post(thread.id, 'hi');
  expect(answer.authorName).toBe('Desk');
  expect((await settled(thread.id))?.text).toBe('You said hi after 0');
  await post(thread.id, 'again');
  expect((await settled(thread.id))?.text).toBe('You said again after 2');
  const { rows } = await services.pool.query(
    'select trigger, workflow_id, version_number, started_by, idempotency_key from run where thread_id = $1',
    [thread.id],
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({
    trigger: 'chat',
    workflow_id: workflowId,
    version_number: 1,
    started_by: actor.userId,
    idempotency_key: expect.stringContaining(`trigger:${triggerId}:`),
  });
  // The answers' texts stand nowhere but in the runs.
  expect((await stored(thread.id)).filter(({ run_id }) => run_id).map(({ text }) => text)).toEqual([
    '',
    '',
  ]);
  const { items } = await listDeliveries(services, actor, by(triggerId));
  expect(items.map(({ outcome }) => outcome)).toEqual(['started', 'started']);
});

it('starts one run for one message, however often and at once it comes', async () => {
  const thread = await open(await aChat(await aWorkflow([echo('input.message')])));
  const posted = await Promise.all(Array.from({ length: 8 }, () => post(thread.id, 'once', 'key')));
  expect(new Set(posted.map(({ answer }) => answer.run?.id)).size).toBe(1);
  expect((await settled(thread.id))?.text).toBe('once');
  expect(await stored(thread.id)).toHaveLength(2);
  const again = await post(thread.id, 'once', 'key');
  expect(again.answer.text).toBe('once');
  await expect(post(thread.id, 'other', 'key')).rejects.toMatchObject({
    code: 'idempotency_mismatch',
  });
});

it('takes one message after another, and waits for people', async () => {
  const thread = await open(
    await aChat(await aWorkflow([approval, echo('"Done: " + input.message')])),
  );
  const { answer } = await post(thread.id, 'pay');
  const runId = answer.run?.id ?? '';
  await eventually(async () => {
    const { messages } = await getThread(services, actor, by(thread.id));
    expect(messages.at(-1)?.run?.status).toBe('waiting');
  });
  await expect(post(thread.id, 'and this')).rejects.toMatchObject({ code: 'conflict' });
  expect(await stored(thread.id)).toHaveLength(2);
  await answerStep(services, actor, {
    params: { id: runId, stepId: 'ask' },
    query: {},
    body: { answer: { decision: 'approved', comment: '', values: {} } },
  });
  expect((await settled(thread.id))?.text).toBe('Done: pay');
});

it('is stopped like any turn', async () => {
  const thread = await open(await aChat(await aWorkflow([approval])));
  await post(thread.id, 'wait');
  expect(await cancelTurn(services, actor, by(thread.id))).toEqual({ cancelled: 1 });
  expect((await settled(thread.id))?.run?.status).toBe('cancelled');
});

it('stores nothing of a message that nobody can answer, and says why', async () => {
  const workflowId = await aWorkflow([echo('input.message')]);
  const triggerId = await aChat(workflowId);
  const thread = await open(triggerId);
  await post(thread.id, 'one', 'first');
  await settled(thread.id);
  const turn = async (enabled: boolean) =>
    updateTrigger(services, actor, { params: { id: triggerId }, query: {}, body: { enabled } });
  const refused = async (why: string) => {
    await expect(post(thread.id, 'two')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(why),
    });
    expect((await getThread(services, actor, by(thread.id))).workflow?.closed).toContain(why);
    expect(await stored(thread.id)).toHaveLength(2);
  };
  await turn(false);
  await refused('turned off');
  await expect(open(triggerId)).rejects.toMatchObject({ code: 'conflict' });
  // What was answered before is found again all the same.
  expect((await post(thread.id, 'one', 'first')).answer.text).toBe('one');
  await turn(true);
  await services.pool.query('update workflow set live_version = null where id = $1', [workflowId]);
  await refused('published');
  await services.pool.query(
    'update workflow set live_version = 1, deleted_at = now() where id = $1',
    [workflowId],
  );
  await refused('is in the trash');
  await services.pool.query('update workflow set deleted_at = null where id = $1', [workflowId]);
  await deleteTrigger(services, actor, by(triggerId));
  await refused('no longer has a chat');
});

it('refuses inputs that it cannot fill before anything is stored', async () => {
  const workflowId = await aWorkflow([
    start(
      { id: 'a', name: 'text', type: 'text' },
      { id: 'b', name: 'amount', type: 'number', required: true },
    ),
    echo('input.text'),
  ]);
  const thread = await open(await aChat(workflowId));
  await expect(post(thread.id, 'hi')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('“amount” is required'),
  });
  expect(await stored(thread.id)).toEqual([]);
});

it('shows what can be written to, in its own workspace alone, and one chat for a workflow', async () => {
  const workflowId = await aWorkflow([echo('input.message')]);
  const triggerId = await aChat(workflowId, { greeting: 'Ask me.' });
  const hidden = await aWorkflow([echo('1')], null);
  const unpublished = await aChat(hidden);
  const { items } = await listChatWorkflows(services, actor, {
    params: {},
    query: {},
    body: undefined,
  });
  expect(items).toContainEqual({ triggerId, workflowId, name: 'Desk', description: 'Ask me.' });
  expect(items.map((one) => one.triggerId)).not.toContain(unpublished);
  const none = await listChatWorkflows(services, stranger, {
    params: {},
    query: {},
    body: undefined,
  });
  expect(none.items).toEqual([]);
  await expect(open(triggerId, stranger)).rejects.toMatchObject({ code: 'not_found' });
  await expect(aChat(workflowId)).rejects.toMatchObject({ code: 'conflict' });
});

it('gives files to the file inputs of its workflow, and refuses more than there are', async () => {
  const anUpload = (name: string) =>
    uploadFile(services, actor, { params: {}, query: { name }, body: undefined }, async () => ({
      bytes: new TextEncoder().encode('one,two\n1,2\n'),
    }));
  const [first, second] = [await anUpload('a.csv'), await anUpload('b.csv')];
  const send = (id: string, files: string[]) =>
    postMessage(services, actor, { params: { id }, query: {}, body: { text: 'look', files } });
  const inputs = [
    { id: 'm', name: 'message', type: 'text' },
    { id: 'f', name: 'table', type: 'file', required: true },
  ];
  const reading = [start(...inputs), echo('input.message + " " + input.table')];
  const thread = await open(await aChat(await aWorkflow(reading)));
  const refused = (words: string) => ({
    code: 'invalid_input',
    message: expect.stringMatching(words),
  });
  await expect(send(thread.id, [first.id, second.id])).rejects.toMatchObject(
    refused('takes at most 1 file'),
  );
  await expect(send(thread.id, [])).rejects.toMatchObject(refused('table'));
  expect(await stored(thread.id)).toEqual([]);
  await send(thread.id, [first.id]);
  expect((await settled(thread.id))?.text).toBe(`look ${first.id}`);
  const plain = await open(await aChat(await aWorkflow([echo('input.message')])));
  await expect(send(plain.id, [first.id])).rejects.toMatchObject(refused('takes no files'));
});

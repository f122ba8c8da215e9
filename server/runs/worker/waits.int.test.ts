import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from '@/lib/nodes/catalogue';
import { readNotifications } from '@/lib/notifications/contract';
import type { Actor, Role } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { listNotifications } from '@/server/notifications/list-notifications';
import { notifyAsked } from '@/server/notifications/notify-asked';
import { addPerson, addWorkflow } from '@/server/realtime/testing/fixture';
import { answerStep } from '@/server/runs/control/answer-step';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { tidyRuns } from '@/server/runs/upkeep/janitor';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { startWorker } from './worker';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await makeWorkspace(services.pool);
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const actor = (role: Role, workspace = workspaceId): Actor => ({
  userId: 'u',
  name: 'Ada',
  email: 'a@b.c',
  role,
  workspaceId: workspace,
});
const node = (id: string, type: string, config: object) => ({
  id,
  key: id,
  type,
  name: id,
  position: { x: 0, y: 0 },
  config,
});
const approving = (config: object = {}) =>
  definitionSchema.parse({
    name: 'Asks',
    nodes: [
      node('ask', 'approval', { question: 'Pay {{ input.amount }}?', role: 'editor', ...config }),
      node('paid', 'transform', { expression: '"paid, says " + steps.ask.output.by' }),
      node('kept', 'transform', { expression: '"kept: " + steps.ask.output.decision' }),
    ],
    edges: [
      { id: 'a', source: 'ask', sourcePort: 'approved', target: 'paid' },
      { id: 'b', source: 'ask', sourcePort: 'rejected', target: 'kept' },
    ],
  });

async function start(
  definition: ReturnType<typeof approving>,
  mode: 'live' | 'rehearsal' = 'live',
  workflowId?: string,
) {
  const { id } = await services.engine.start({
    workspaceId,
    ...(workflowId === undefined ? {} : { workflowId }),
    name: definition.name,
    mode,
    trigger: 'manual',
    plan: compile(definition, catalogue),
    definitionHash: 'test',
    input: { amount: 12 },
  });
  return id;
}
const waiting = (id: string) =>
  eventually('it waits', async () => {
    const state = await services.engine.load(id);
    return state?.status === 'waiting' ? state : undefined;
  });
const answer = (id: string, by: Actor, value: object) =>
  answerStep(services, by, {
    params: { id, stepId: 'ask' },
    query: {},
    body: { answer: value as never },
  });

test('an approval waits for a person who may decide, and only the first decision counts', async () => {
  const id = await start(approving());
  const state = await waiting(id);
  expect(state.steps.ask?.wait).toMatchObject({ kind: 'person', ask: { question: 'Pay 12?' } });
  const approved = { decision: 'approved' };
  await expect(answer(id, actor('commenter'), approved)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(answer(id, actor('owner', 'elsewhere'), approved)).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(answer(id, actor('editor'), { decision: 'perhaps' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const both = await Promise.allSettled([
    answer(id, actor('editor'), approved),
    answer(id, actor('editor'), { decision: 'rejected' }),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  const done = await ended(services, id);
  expect(done.status).toBe('succeeded');
  const [first] = both;
  const expected = first.status === 'fulfilled' ? 'paid, says Ada' : 'kept: rejected';
  expect(Object.values(done.output as object)).toEqual([expected]);
});

test('what else was asked for is checked, and reaches later steps', async () => {
  const fields = [{ id: 'f', name: 'limit', type: 'number', required: true }];
  const definition = approving({ fields });
  const paid = definition.nodes.find((one) => one.id === 'paid');
  if (paid) paid.config = { expression: 'steps.ask.output.values.limit * 2' };
  const id = await start(definition);
  await waiting(id);
  const missing = answer(id, actor('admin'), { decision: 'approved' });
  await expect(missing).rejects.toMatchObject({ code: 'invalid_input' });
  await answer(id, actor('admin'), { decision: 'approved', values: { limit: '21' } });
  expect((await ended(services, id)).output).toEqual({ paid: 42 });
});

test('a wait that nobody ends in time goes on at its port', async () => {
  const definition = approving({ expiresInHours: 0.0001 });
  definition.edges.push({
    id: 'c',
    source: 'ask',
    sourcePort: 'expired',
    target: 'kept',
    targetPort: 'in',
  });
  const id = await start(definition);
  expect((await ended(services, id)).output).toEqual({ kept: 'kept: expired' });
});

test('a delay holds nobody, survives its worker, and a cancelled wait never goes on', async () => {
  const definition = definitionSchema.parse({
    name: 'Waits',
    nodes: [
      node('wait', 'delay', { amount: 1, unit: 'seconds' }),
      node('after', 'transform', { expression: 'steps.wait.output.waitedMs' }),
    ],
    edges: [{ id: 'a', source: 'wait', target: 'after' }],
  });
  const [id, cancelled] = [await start(definition), await start(definition)];
  const state = await waiting(id);
  await waiting(cancelled);
  expect(state.steps.wait).not.toHaveProperty('timeoutAt');
  await worker.drain();
  worker = await startWorker(services);
  await cancelRun(services, actor('editor'), {
    params: { id: cancelled },
    query: {},
    body: undefined,
  });
  expect((await ended(services, id)).output).toBe(1000);
  const ended2 = await services.engine.load(cancelled);
  expect(ended2).toMatchObject({ status: 'cancelled', steps: { after: { status: 'cancelled' } } });
});

test('a rehearsal waits for nobody', async () => {
  const id = await start(approving(), 'rehearsal');
  const done = await ended(services, id);
  expect(done.steps.ask).toMatchObject({ output: { decision: 'approved', by: null } });
});

test('named people alone are told and decide; where none of them is a member any more, admins', async () => {
  const person = async (role: Role) => {
    const { userId } = await addPerson(services, workspaceId, role, role);
    return { userId, email: `${userId}@example.com` };
  };
  const [bob, cleo, admin] = [
    await person('editor'),
    await person('commenter'),
    await person('admin'),
  ];
  const named = (...people: string[]) =>
    approving({ role: 'admin', people: people.map((person, n) => ({ id: `p${n}`, person })) });
  const as = ({ userId, email }: { userId: string; email: string }, role: Role): Actor => ({
    ...{ ...actor(role), userId, email },
  });
  const told = async (id: string) => {
    const { rows } = await services.pool.query<{ who: string }>(
      `select user_id as who from notification where kind = 'asked' and subject ->> 'runId' = $1 order by 1`,
      [id],
    );
    return rows.map(({ who }) => who);
  };
  const begin = async (...people: string[]) => {
    const definition = named(...people);
    const id = await start(
      definition,
      'live',
      await addWorkflow(services, workspaceId, definition),
    );
    return { id, state: await waiting(id) };
  };
  const approved = { decision: 'approved' };
  const first = await begin(bob.email.toUpperCase(), cleo.email);
  expect(await told(first.id)).toEqual([bob.userId, cleo.userId].sort());
  expect(first.state.steps.ask?.wait).toMatchObject({ ask: { widened: false } });
  // A higher role alone is not enough; a lower one is no reason against.
  for (const other of [as(admin, 'admin'), actor('editor')]) {
    await expect(answer(first.id, other, approved)).rejects.toMatchObject({ code: 'forbidden' });
  }
  await answer(first.id, as(cleo, 'commenter'), approved);
  expect((await ended(services, first.id)).steps.ask).toMatchObject({ ports: ['approved'] });

  const second = await begin('gone@example.com');
  expect(second.state.steps.ask?.wait).toMatchObject({ ask: { widened: true, role: 'admin' } });
  const admins = await told(second.id);
  expect(admins).toContain(admin.userId);
  expect(admins).not.toContain(bob.userId);
  await expect(answer(second.id, as(bob, 'editor'), approved)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await answer(second.id, as(admin, 'admin'), approved);
  await ended(services, second.id);

  const third = await begin(bob.email);
  await answer(third.id, actor('owner'), { decision: 'rejected' });
  await ended(services, third.id);
});

test('who may decide is told, told again, and who it is escalated to may decide as well', async () => {
  const [editor, admin, owner] = await Promise.all(
    (['editor', 'admin', 'owner'] as const).map((role) =>
      addPerson(services, workspaceId, role, role),
    ),
  );
  const config = { role: 'owner', remindEveryHours: 0.0003, escalateAfterHours: 0.0005 };
  const definition = approving({ ...config, escalateTo: 'admin' });
  const workflowId = await addWorkflow(services, workspaceId, definition);
  const id = await start(definition, 'live', workflowId);
  const inbox = async (person: { userId: string } | undefined) => {
    const who = { ...actor('viewer'), userId: person?.userId ?? '' };
    const query = { limit: 50, unread: undefined, waiting: undefined, cursor: undefined };
    const { items } = await listNotifications(services, who, {
      params: {},
      query,
      body: undefined,
    });
    return items.filter(({ runId }) => runId === id);
  };
  await eventually('the admin is told', async () => (await inbox(admin)).length === 1);
  await eventually('the owner is told again', async () => (await inbox(owner)).length > 2);
  expect(await inbox(editor)).toEqual([]);
  expect((await inbox(owner))[0]).toMatchObject({ kind: 'asked', text: 'Pay 12?', stepId: 'ask' });
  // What the list gives, the route that marks one as read takes.
  for (const each of await inbox(owner)) {
    expect(readNotifications.body?.safeParse({ id: each.id }).error).toBeUndefined();
    expect(z.uuid().safeParse(each.id).success).toBe(true);
  }
  await services.pool.query("update notification set created_at = now() - interval '1 hour'");
  await tidyRuns(services.pool, { foldDays: 30, keepDays: 180 });
  expect((await inbox(owner)).filter(({ readAt }) => readAt === null).length).toBeGreaterThan(2);
  await answer(id, actor('admin'), { decision: 'approved' });
  await ended(services, id);
  const open = async () => (await inbox(owner)).filter(({ readAt }) => readAt === null);
  expect(await open()).toEqual([]);
  expect((await inbox(owner)).map((each) => each.open)).not.toContain(true);
  // As if who answered had died before the notifications were closed, or a late attempt had told once more.
  await services.pool.query(
    "update notification set read_at = null, created_at = now() - interval '1 hour'",
  );
  await notifyAsked(services, {
    runId: id,
    stepId: 'ask',
    attempt: 1,
    role: 'owner',
    key: 'late',
    text: '',
  });
  expect((await open()).every(({ text }) => text === 'Pay 12?')).toBe(true);
  await tidyRuns(services.pool, { foldDays: 30, keepDays: 180 });
  expect(await open()).toEqual([]);
});

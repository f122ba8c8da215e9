import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { maxConversation, maxHops } from '@/lib/messages/schema';
import type { StepOutcome } from '@/lib/runs/schema';
import { deleteAgent } from '@/server/agents/delete-agent';
import { listAgentTasks } from '@/server/agents/list-tasks';
import { createServices } from '@/server/compose';
import { cancelRun } from '@/server/runs/control/cancel-run';
import { ended, eventually } from '@/server/runs/testing/harness';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig, testEnvironment } from '@/server/testing/database';
import { starterOf } from '@/server/tools/rights';
import { callMessages } from '../call-messages';
import { updateMailbox } from '../mailboxes';
import { replyToMessage } from '../reply';
import { send } from '../send-messages';
import { sweepMessages } from '../sweep-messages';
import { claimMessages, redriveDead, settleDeliveries } from '../work';
import { startTasks } from './start-tasks';
import { none, openTasks, type Tasks, workWith } from './testing/tasks-world';

let env: Record<string, string>;
let services: Services;
/** Another process's view of the same rows. */
let others: Services;
let worker: Worker | undefined;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  env = await testEnvironment();
  services = await createServices(await testConfig(env), 'test');
  others = await createServices(await testConfig(env), 'others');
});
afterEach(async () => {
  await worker?.drain(2_000);
  worker = undefined;
  for (const child of children) child.kill('SIGKILL');
});
afterAll(async () => {
  await others.close();
  await services.close();
});

const answers = (text: string): StepOutcome => ({ ok: true, output: { text } });
const fails = (code: string, retryable: boolean): StepOutcome => ({
  ok: false,
  error: { code, message: `It was ${code}.`, retryable },
});
const work = async (end: Parameters<typeof workWith>[1]) => {
  worker = await workWith(services, end);
};
/** Looks until a message has come to this state. */
const comesTo = (of: Tasks, message: string, state: string) =>
  eventually(`the message is ${state}`, async () => {
    await of.look();
    const delivery = await of.delivery(message);
    return delivery.state === state && delivery;
  });

test('a message becomes a task whose end settles it, and whose answer goes back as the reply', async () => {
  const of = await openTasks(services);
  const message = await of.send('helper', { wantsReply: true });
  await of.look();
  const held = await of.delivery(message);
  expect(held).toMatchObject({ state: 'held', attempts: 1, runId: expect.any(String) });
  const [run] = await of.runs();
  expect(run?.id).toBe(held.runId);
  expect(JSON.stringify(run?.input)).toContain('Look at order 7.');
  // A message of a person has that person's rights.
  expect(await starterOf(services.pool, run?.id ?? '')).toMatchObject({
    ...{ role: 'editor', personId: of.ada.userId, trigger: 'message' },
  });
  await work(() => answers('It is shipped.'));
  expect(await comesTo(of, message, 'done')).toMatchObject({ answered: true, runId: held.runId });
  expect(await of.inbox()).toEqual([{ body: 'It is shipped.', replyTo: message }]);
  await of.look();
  expect([await of.runs(), await of.inbox()].map(({ length }) => length)).toEqual([1, 1]);
  const id = of.agents.get('helper') ?? '';
  const { items } = await listAgentTasks(services, of.ada, { ...none, params: { id } });
  expect(items).toMatchObject([{ runId: held.runId, status: 'succeeded', from: 'Ada' }]);
});

test('failures that may pass are tried again with a new task, all others end it, and cancelling too', async () => {
  const of = await openTasks(services);
  // A task tries its step twice.
  const ends = [fails('busy', true), fails('busy', true), answers('At last.')];
  await work(({ prompt }) =>
    prompt.includes('again') ? (ends.shift() ?? answers('')) : fails('forbidden', false),
  );
  const wrong = await of.send('helper');
  expect(await comesTo(of, wrong, 'dead')).toMatchObject({
    reason: 'Its task failed: It was forbidden.',
  });
  const again = await of.send('helper', { body: 'Try again' });
  const tried = await eventually('it is tried again', async () => {
    // Not after the time that failures wait.
    await services.pool.query('update delivery set due_at = now() where mail_id = $1', [again]);
    await of.look();
    const delivery = await of.delivery(again);
    return delivery.state === 'done' && delivery;
  });
  expect(tried.attempts).toBe(2);
  const runs = (await of.runs()).filter(({ input }) => JSON.stringify(input).includes('again'));
  expect(runs.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  await worker?.drain(2_000);
  const stopped = await of.send('helper', { body: 'Stop' });
  await of.look();
  const { runId } = await of.delivery(stopped);
  await cancelRun(services, of.ada, { ...none, params: { id: runId ?? '' } });
  expect(await comesTo(of, stopped, 'cancelled')).toMatchObject({
    reason: 'Its task was cancelled.',
  });
});

test('as many tasks at once as the agent may have, the most urgent first, and none while paused', async () => {
  const of = await openTasks(services, []);
  await of.add('narrow', { maxAtOnce: 2 });
  const low = await of.send('narrow', { priority: 'low' });
  const mailbox = await of.mailbox('narrow');
  const pause = (paused: boolean) =>
    updateMailbox(services, of.ada, { params: { id: mailbox.id }, query: {}, body: { paused } });
  await pause(true);
  const normal = await of.send('narrow');
  const critical = await of.send('narrow', { priority: 'critical' });
  await of.look();
  expect(await of.runs()).toEqual([]);
  // It is paused while two processes are about to take.
  await Promise.all([pause(false), of.look(), startTasks(others), pause(true)]);
  // Of two changes at once either may be the last.
  await pause(true);
  const before = (await of.runs()).length;
  await Promise.all([of.look(), startTasks(others)]);
  expect((await of.runs()).length).toBe(before);
  await pause(false);
  await Promise.all([of.look(), startTasks(others), of.look()]);
  await of.look();
  expect((await of.runs()).length).toBe(2);
  const states = await Promise.all([critical, normal, low].map((id) => of.delivery(id)));
  expect(states.map(({ state }) => state)).toEqual(['held', 'held', 'waiting']);
  // The sweeper does not take back what a task works on.
  await sweepMessages(services);
  expect((await of.delivery(critical)).state).toBe('held');
});

test('one of a program elsewhere and the starter gets a message, never both', async () => {
  const of = await openTasks(services);
  const messages: string[] = [];
  for (let index = 0; index < 12; index += 1) messages.push(await of.send('helper'));
  const { id } = await of.mailbox('helper');
  const claimed: { message: string; attempt: number }[] = [];
  const take = async () => {
    const body = { holder: 'elsewhere', limit: 1, leaseSeconds: 60 };
    const { items } = await claimMessages(services, of.ada, { params: { id }, query: {}, body });
    claimed.push(...items.map(({ delivery: { message }, attempt }) => ({ message, attempt })));
  };
  await work(() => answers('Done.'));
  await eventually('all are taken', async () => {
    await Promise.all([of.look(), take(), startTasks(others), take()]);
    const found = await Promise.all(messages.map((message) => of.delivery(message)));
    return found.every(({ state }) => state !== 'waiting');
  });
  const items = claimed.map((one) => ({ ...one, mailbox: id, end: 'done' as const }));
  const settled = await settleDeliveries(services, of.ada, {
    ...none,
    body: { holder: 'elsewhere', items },
  });
  expect(settled).toEqual({ settled: claimed.length, lost: 0 });
  for (const message of messages) await comesTo(of, message, 'done');
  const byTask = (await of.runs()).length;
  expect(byTask + claimed.length).toBe(12);
  expect(new Set(claimed.map(({ message }) => message)).size).toBe(claimed.length);
  // Where programs take them, the starter leaves them alone.
  await updateMailbox(services, of.ada, {
    params: { id },
    query: {},
    body: { startsTasks: false },
  });
  await of.send('helper');
  await of.look();
  expect((await of.runs()).length).toBe(byTask);
});

test('ends messages of deleted agents, of people without the right, and circles, with the reason', async () => {
  const of = await openTasks(services, ['one', 'two']);
  const orphan = await of.send('one');
  const params = { id: of.agents.get('one') ?? '' };
  await deleteAgent(services, of.ada, { ...none, params });
  expect(await comesTo(of, orphan, 'dead')).toMatchObject({
    reason: expect.stringContaining('@one was deleted'),
  });
  const sent = await of.send('two');
  await services.pool.query('update member set role = \'viewer\' where "userId" = $1', [
    of.ada.userId,
  ]);
  expect(await comesTo(of, sent, 'dead')).toMatchObject({
    reason: expect.stringContaining('may not start tasks'),
  });
  await services.pool.query('update member set role = \'editor\' where "userId" = $1', [
    of.ada.userId,
  ]);
  // Again with the right: what was dead becomes a task.
  await redriveDead(services, of.ada, { ...none, body: { message: sent } });
  await work(async ({ runId, prompt }) => {
    if (!prompt.includes('circle')) return answers('Done.');
    // The agent writes to itself, over and over.
    const sender = { kind: 'run' as const, runId, stepId: 'task', name: 'two', agent: 'two' };
    const call = {
      ...{
        do: 'send' as const,
        to: { agent: 'two' },
        type: 'message',
        priority: 'normal' as const,
      },
      body: 'circle',
    };
    await callMessages(services, { workspaceId: of.workspaceId, sender, key: runId }, call);
    return answers('Passed on.');
  });
  await comesTo(of, sent, 'done');
  await of.send('two', { body: 'circle' });
  const dead = await eventually('the circle ends', async () => {
    await of.look();
    const { rows } = await services.pool.query<{ reason: string }>(
      `select e.reason from delivery_end e join mail m on m.id = e.mail_id
       where e.workspace_id = $1 and e."end" = 'dead' and m.hops > 0`,
      [of.workspaceId],
    );
    return rows[0];
  });
  expect(dead.reason).toContain(`passed this on ${maxHops + 1} times`);
  const passed = (await of.runs()).filter(({ input }) => JSON.stringify(input).includes('circle'));
  expect(passed).toHaveLength(maxHops + 1);
  // Rights are those of whoever began it, however often it was passed on.
  expect(await starterOf(services.pool, passed.at(-1)?.id ?? '')).toMatchObject({
    role: 'editor',
  });
  const from = {
    ...{ workspaceId: of.workspaceId, senderKey: `person:${of.ada.userId}` },
    sender: { kind: 'person' as const, id: of.ada.userId, name: 'Ada' },
  };
  const { conversation } = (
    await services.pool.query<{ conversation: string }>(
      'select conversation from mail where id = $1',
      [sent],
    )
  ).rows[0] ?? { conversation: '' };
  await services.pool.query(
    `insert into mail (id, workspace_id, sender, sender_key, address, type, body, priority, conversation)
     select gen_random_uuid(), $1, '{}', 'x', '{}', 'x', 'null', 3, $2 from generate_series(1, $3)`,
    [of.workspaceId, conversation, maxConversation],
  );
  const message = { to: { agent: 'two' }, type: 'm', body: 1, priority: 'normal' as const };
  const [storm] = await send(services.pool, { ...from, after: { conversation, hops: 1 } }, [
    { ...message, wantsReply: false },
  ]);
  expect(await comesTo(of, storm?.id ?? '', 'dead')).toMatchObject({
    reason: expect.stringContaining('followed from one'),
  });
});

test('a reply whose sender died before it settled is sent once', async () => {
  const of = await openTasks(services);
  const message = await of.send('helper', { wantsReply: true });
  await of.look();
  await work(() => answers('Here.'));
  await ended(services, (await of.delivery(message)).runId ?? '');
  const dying = new Proxy(services.pool, {
    get: (target, name) =>
      name === 'connect'
        ? () => Promise.reject(new Error('died'))
        : name === 'query'
          ? target.query.bind(target)
          : Reflect.get(target, name),
  });
  await startTasks({ ...services, pool: dying });
  expect((await of.delivery(message)).state).toBe('held');
  await Promise.all([of.look(), startTasks(others)]);
  expect((await of.delivery(message)).state).toBe('done');
  expect(await of.inbox()).toHaveLength(1);
  await expect(
    replyToMessage(services, of.ada, { params: { id: message }, query: {}, body: { body: 'Me' } }),
  ).resolves.toMatchObject({ to: 'mailbox' });
});

test.each([
  'before it looks for what was taken',
  'before the run is begun',
  'after the run was begun',
])('kill -9 %s: each message is one task', { tags: 'long' }, async (moment) => {
  const of = await openTasks(services);
  const messages = [await of.send('helper'), await of.send('helper')];
  const entry = join(import.meta.dirname, 'testing/dying-starter.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry, moment], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  children.add(child);
  await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  // What it had taken is held, and nobody else may take it.
  const held = await Promise.all(messages.map((message) => of.delivery(message)));
  expect(held.map(({ state }) => state)).toEqual(['held', 'held']);
  await Promise.all([of.look(), startTasks(others), of.look()]);
  await work(() => answers('Done.'));
  for (const message of messages) await comesTo(of, message, 'done');
  const runs = await of.runs();
  expect(runs.map(({ id }) => id).sort()).toEqual(held.map(({ runId }) => runId).sort());
});

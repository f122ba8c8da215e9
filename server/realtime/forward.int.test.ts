import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerMessages, workspaceKinds } from '@/lib/realtime/messages';
import { evolveAll } from '@/lib/runs/engine/evolve';
import type { RunEvent } from '@/lib/runs/schema';
import { aPlan, aStep } from '@/lib/runs/testing/plans';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { connected, openSocket, send } from './testing/client';
import { addPerson, addWorkspace, type Person, setRole } from './testing/fixture';
import { type RealtimeProcess, startRealtime } from './testing/server';

let services: Services;
let workspaceId: string;
let server: RealtimeProcess;
let viewer: Person;
let environment: Awaited<ReturnType<typeof testEnvironment>>;

beforeAll(async () => {
  environment = await testEnvironment();
  services = await createServices(withSecrets(loadConfig(environment)), 'test');
  server = await startRealtime(environment);
  workspaceId = await addWorkspace(services);
  viewer = await addPerson(services, workspaceId, 'viewer');
});
afterAll(async () => {
  await server?.kill();
  await services?.close();
});

/** A run of two steps that nobody works on: the test is its worker. */
async function startRun(): Promise<string> {
  const { id } = await services.engine.start({
    workspaceId,
    name: 'Test',
    mode: 'live',
    trigger: 'manual',
    plan: aPlan([aStep('a'), aStep('b', ['a'])]),
    definitionHash: 'x',
    input: {},
  });
  return id;
}

const worker = randomUUID();
const claim = (runId: string) =>
  services.engine.dispatch(runId, { type: 'claim', worker, limit: 1 });
const settle = (runId: string, stepId: string) =>
  services.engine.dispatch(runId, {
    type: 'settle',
    worker,
    stepId,
    attempt: 1,
    outcome: { ok: true, output: stepId },
    limit: 1,
  });

test('a follower of a run gets its state, then every event, and streamed text as it is written', async () => {
  const runId = await startRun();
  const socket = await connected(openSocket(server.url, viewer.cookie));
  const heard: RunEvent[] = [];
  const texts: ServerMessages['run.stream'][] = [];
  socket.on('run.events', (message: ServerMessages['run.events']) => {
    heard.push(...(message.events ?? []));
  });
  socket.on('run.stream', (message: ServerMessages['run.stream']) => texts.push(message));
  const requested = Promise.withResolvers<void>();
  const stop = await services.bus.subscribe(`run:${runId}`, (message) => {
    if (message.kind === 'stream-request') requested.resolve();
  });
  const joined = await send(socket, 'run.join', { runId });
  if (!joined.ok) throw new Error(joined.error.message);
  await requested.promise;
  stop();
  services.bus.publish(`run:${runId}`, {
    kind: 'stream',
    stepId: 'a',
    attempt: 1,
    offset: 0,
    text: 'Hi',
  });
  await claim(runId);
  await settle(runId, 'a');
  const end = await settle(runId, 'b');
  await expect.poll(() => heard.at(-1)?.type).toBe('RunSucceeded');
  const news = heard.filter((event) => event.seq > joined.state.seq);
  expect(evolveAll(joined.state, news)).toEqual(end?.state);
  expect(texts).toEqual([{ runId, stepId: 'a', attempt: 1, offset: 0, text: 'Hi' }]);
  const after = joined.state.seq + 2;
  const fetched = await send(socket, 'run.events', { runId, after });
  expect(fetched).toEqual({ ok: true, more: false, events: news.slice(2) });
  socket.close();
});

test('runs of another workspace are not there, and who is removed hears no more', async () => {
  const runId = await startRun();
  const elsewhere = await addPerson(services, await addWorkspace(services), 'owner');
  const stranger = await connected(openSocket(server.url, elsewhere.cookie));
  for (const id of [runId, randomUUID()]) {
    expect(await send(stranger, 'run.join', { runId: id })).toMatchObject({
      error: { code: 'not_found' },
    });
  }
  stranger.close();
  const person = await addPerson(services, workspaceId, 'viewer');
  const socket = await connected(openSocket(server.url, person.cookie));
  expect(await send(socket, 'run.join', { runId })).toMatchObject({ ok: true });
  expect(await follow(socket)).toMatchObject({ ok: true, workspaceId });
  await setRole(services, workspaceId, person.userId, undefined);
  await expect
    .poll(async () => (await send(socket, 'run.events', { runId, after: 0 })).ok, {
      timeout: 5_000,
    })
    .toBe(false);
  let heard = 0;
  socket.onAny(() => {
    heard += 1;
  });
  await claim(runId);
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'run', id: runId });
  expect(await send(socket, 'run.join', { runId })).toMatchObject({ error: { code: 'not_found' } });
  expect(heard).toBe(0);
  socket.close();
});

const follow = (socket: Awaited<ReturnType<typeof connected>>, ageMs = 0) =>
  send(socket, 'workspace.join', { workspaceId, ageMs });

test('hints of a workspace reach those who follow it', async () => {
  const socket = await connected(openSocket(server.url, viewer.cookie));
  const hints: unknown[] = [];
  socket.on('workspace.changed', (hint) => hints.push(hint));
  expect(await follow(socket)).toMatchObject({ ok: true, workspaceId });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'agent', id: 'x' });
  await expect.poll(() => hints).toContainEqual({ workspaceId, kind: 'agent', id: 'x' });
  socket.close();
});

test('who comes later, or comes back, is told what changed meanwhile', async () => {
  const elsewhere = await startRealtime(environment);
  const far = 24 * 60 * 60_000;
  const first = await connected(openSocket(elsewhere.url, viewer.cookie));
  // This process has heard nothing of the time before.
  expect(await follow(first, far)).toMatchObject({ changed: workspaceKinds });
  const heard = new Promise((resolve) => first.once('workspace.changed', resolve));
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'mail', id: 'x' });
  await heard;
  const second = await connected(openSocket(elsewhere.url, viewer.cookie));
  const joined = await follow(second, far);
  expect(joined.ok && joined.changed).toContain('mail');
  // Nobody is there for a moment: the process hears on.
  first.close();
  second.close();
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'table', id: 'x' });
  const third = await connected(openSocket(elsewhere.url, viewer.cookie));
  await expect
    .poll(async () => {
      const again = await follow(third);
      return again.ok && again.changed;
    })
    .toContain('table');
  third.close();
  await elsewhere.kill();
});

test('after the bus was away, followers read the workspace and their runs again', async () => {
  const runId = await startRun();
  const socket = await connected(openSocket(server.url, viewer.cookie));
  const hints: ServerMessages['workspace.changed'][] = [];
  const runs: ServerMessages['run.events'][] = [];
  socket.on('workspace.changed', (hint) => hints.push(hint));
  socket.on('run.events', (message) => runs.push(message));
  await follow(socket);
  const joined = await send(socket, 'run.join', { runId });
  if (!joined.ok) throw new Error(joined.error.message);
  const { rowCount } = await services.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'ensemble-bus' and datname = current_database()`,
  );
  expect(rowCount).toBeGreaterThan(0);
  await expect.poll(() => new Set(hints.map(({ kind }) => kind)).size).toBe(workspaceKinds.length);
  await expect
    .poll(() => runs.find(({ events }) => events === undefined)?.seq)
    .toBeGreaterThan(joined.state.seq);
  socket.close();
});

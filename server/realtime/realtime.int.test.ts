import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Role } from '@/lib/people/schema';
import { type Draft, readDraft } from '@/lib/workflows/draft/draft';
import { addNode, setField, textOf } from '@/lib/workflows/edits/edits';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { deleteWorkflow } from '@/server/workflows/trash/delete-workflow';
import { restoreWorkflow } from '@/server/workflows/trash/restore-workflow';
import { ask, connected, openEditor, openSocket, send } from './testing/client';
import { addPerson, addWorkflow, addWorkspace, type Person, setRole } from './testing/fixture';
import { type RealtimeProcess, startRealtime } from './testing/server';

let services: Services;
let workspaceId: string;
let server: RealtimeProcess;
let sibling: RealtimeProcess;
const people = {} as Record<Role | 'stranger', Person>;

beforeAll(async () => {
  const environment = await testEnvironment();
  services = await createServices(withSecrets(loadConfig(environment)), 'test');
  [server, sibling] = await Promise.all([startRealtime(environment), startRealtime(environment)]);
  workspaceId = await addWorkspace(services);
  for (const role of ['owner', 'editor', 'commenter', 'viewer'] as const) {
    people[role] = await addPerson(services, workspaceId, role);
  }
  const elsewhere = await addWorkspace(services);
  people.stranger = await addPerson(services, elsewhere, 'owner');
});
afterAll(async () => {
  await Promise.all([server?.kill(), sibling?.kill()]);
  await services?.close();
});

const draftOf = (doc: Y.Doc): Draft => ({ doc, catalogue, origin: 'test' });
const at = { x: 0, y: 0 };
const addAgent = (doc: Y.Doc, id: string) =>
  addNode(draftOf(doc), { id, type: 'agent', name: `Agent ${id}`, position: at });

/** Waits for what others sent; fails with the last difference. */
async function eventually(check: () => void | Promise<void>): Promise<void> {
  for (let left = 200; ; left -= 1) {
    try {
      return await check();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(25);
    }
  }
}

test('two editors on two processes see each other type, and the rows hold what was acknowledged', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const a = await openEditor(server.url, people.owner.cookie, workflowId);
  const b = await openEditor(sibling.url, people.editor.cookie, workflowId);
  addAgent(a.doc, 'one');
  await eventually(() => expect(readDraft(b.doc, catalogue).nodes).toHaveLength(1));
  for (let i = 0; i < 40; i += 1) {
    textOf(draftOf(a.doc), 'one', ['prompt'])?.insert(0, 'a');
    textOf(draftOf(b.doc), 'one', ['prompt'])?.insert(0, 'b');
    await sleep(25);
  }
  setField(draftOf(b.doc), 'one', ['prompt'], 'done');
  const answers = await Promise.all([...a.answers, ...b.answers]);
  expect(answers.filter((answer) => !answer.ok)).toEqual([]);
  await eventually(() => {
    expect(readDraft(a.doc, catalogue)).toEqual(readDraft(b.doc, catalogue));
  });
  expect(await services.drafts.read(workflowId)).toEqual(readDraft(a.doc, catalogue));
  expect(readDraft(a.doc, catalogue).nodes[0]?.key).toBe('agent_one');
  a.socket.close();
  b.socket.close();
});

test('an edit from outside reaches open editors', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const a = await openEditor(server.url, people.owner.cookie, workflowId);
  await services.drafts.edit(workflowId, { userId: people.owner.userId }, (draft) => {
    addAgent(draft.doc, 'api');
  });
  await eventually(() => expect(readDraft(a.doc, catalogue).nodes).toHaveLength(1));
  a.socket.close();
});

test('viewers and commenters read, and the server refuses what they send', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  for (const role of ['viewer', 'commenter'] as const) {
    const viewer = await openEditor(server.url, people[role].cookie, workflowId);
    expect(viewer.joined).toMatchObject({ role, canEdit: false });
    addAgent(viewer.doc, `by_${role}`);
    expect(await viewer.answers[0]).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    viewer.socket.close();
  }
  expect((await services.drafts.read(workflowId)).nodes).toEqual([]);
});

test('a demoted editor is told and refused within two seconds, a removed one is cut off', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const person = await addPerson(services, workspaceId, 'editor');
  const editor = await openEditor(server.url, person.cookie, workflowId);
  const other = await openEditor(server.url, people.owner.cookie, workflowId);
  addAgent(editor.doc, 'before');
  expect(await editor.answers[0]).toMatchObject({ ok: true });
  const told = new Promise((resolve) => editor.socket.once('draft.reset', resolve));
  await setRole(services, workspaceId, person.userId, 'viewer');
  await sleep(2_000);
  addAgent(editor.doc, 'after');
  expect(await editor.answers[1]).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect(await told).toEqual({ workflowId, reason: 'role' });
  await setRole(services, workspaceId, person.userId, undefined);
  await sleep(2_000);
  let heard = 0;
  editor.socket.on('draft.updates', () => {
    heard += 1;
  });
  addAgent(other.doc, 'secret');
  expect(await other.answers[0]).toMatchObject({ ok: true });
  expect(await send(editor.socket, 'draft.join', { workflowId })).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(heard).toBe(0);
  expect((await services.drafts.read(workflowId)).nodes.map((node) => node.id)).toEqual([
    'before',
    'secret',
  ]);
  editor.socket.close();
  other.socket.close();
});

test('who has a workflow open that is moved to the trash is told at once, whatever the process', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const a = await openEditor(server.url, people.owner.cookie, workflowId);
  const b = await openEditor(sibling.url, people.editor.cookie, workflowId);
  addAgent(a.doc, 'kept');
  await eventually(() => expect(readDraft(b.doc, catalogue).nodes).toHaveLength(1));
  const told = [a, b].map(
    ({ socket }) => new Promise((resolve) => socket.once('draft.reset', resolve)),
  );
  const actor = { ...people.owner, name: '', email: '', workspaceId, role: 'owner' as const };
  const by = { params: { id: workflowId }, query: {}, body: undefined };
  await deleteWorkflow(services, actor, by);
  expect(await Promise.all(told)).toMatchObject([{ workflowId }, { workflowId }]);
  const join = () => send(b.socket, 'draft.join', { workflowId });
  expect(await join()).toMatchObject({ error: { code: 'not_found' } });
  await restoreWorkflow(services, actor, by);
  expect(await join()).toMatchObject({ ok: true });
  expect((await services.drafts.read(workflowId)).nodes).toHaveLength(1);
  a.socket.close();
  b.socket.close();
});

test('signing out cuts the sockets of that session', async () => {
  const person = await addPerson(services, workspaceId, 'editor');
  const socket = await connected(openSocket(server.url, person.cookie));
  const cut = new Promise((resolve) => socket.once('disconnect', resolve));
  await services.pool.query('delete from session where "userId" = $1', [person.userId]);
  expect(await cut).toBe('io server disconnect');
});

test('another workspace, another origin, no cookie, a wrong cookie: nothing', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const stranger = await connected(openSocket(server.url, people.stranger.cookie));
  expect(await send(stranger, 'draft.join', { workflowId })).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(await send(stranger, 'workspace.join', { workspaceId })).toMatchObject({
    error: { code: 'not_found' },
  });
  stranger.close();
  const foreign = openSocket(server.url, people.owner.cookie, 'https://evil.example');
  await expect(connected(foreign)).rejects.toThrow();
  for (const cookie of [undefined, 'ensemble.session_token=made.up']) {
    await expect(connected(openSocket(server.url, cookie))).rejects.toMatchObject({
      data: { code: 'unauthenticated' },
    });
  }
});

test('what is before joining, unknown, malformed or oversized is refused, and the process lives', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const socket = await connected(openSocket(server.url, people.editor.cookie));
  const update = Buffer.from([0, 0]).toString('base64');
  expect(await ask(socket, 'draft.update', { workflowId, update })).toMatchObject({
    error: { code: 'resync' },
  });
  expect(await ask(socket, 'run.events', { runId: workflowId, after: 0 })).toMatchObject({
    error: { code: 'resync' },
  });
  expect(await ask(socket, 'draft.delete', { workflowId })).toMatchObject({
    error: { code: 'not_found' },
  });
  await send(socket, 'draft.join', { workflowId });
  const bad: [string, unknown][] = [
    ['draft.join', undefined],
    ['draft.join', null],
    ['draft.join', { workflowId: 'x' }],
    ['draft.join', { workflowId, extra: 1 }],
    ['draft.join', { workflowId, clientId: -1 }],
    ['draft.join', { workflowId, stateVector: 'text' }],
    ['draft.join', { workflowId, stateVector: Buffer.from([255, 255, 255, 255, 255]) }],
    ['draft.update', { workflowId }],
    ['draft.update', { workflowId, update: 5 }],
    ['draft.update', { workflowId, update: '***' }],
    ['draft.update', { workflowId, update: '' }],
    ['draft.update', { workflowId, update: Buffer.from([1]) }],
    ['draft.update', [workflowId]],
    ['draft.awareness', { workflowId, update }],
    ['run.events', { runId: workflowId, after: -1 }],
    ['workspace.join', { workspaceId: 7 }],
  ];
  for (const [event, message] of bad) {
    expect([event, message, await ask(socket, event, message)]).toMatchObject([
      event,
      message,
      { ok: false, error: { code: 'invalid_input' } },
    ]);
  }
  const large = Buffer.alloc(300_000).toString('base64');
  expect(await ask(socket, 'draft.update', { workflowId, update: large })).toMatchObject({
    ok: false,
  });
  const cut = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.emit('draft.update', { workflowId, update: 'A'.repeat(2_000_000) });
  await cut;
  const after = await openEditor(server.url, people.editor.cookie, workflowId);
  expect(readDraft(after.doc, catalogue).nodes).toEqual([]);
  after.socket.close();
});

test('presence reaches the others of both processes, and nobody can be another', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const a = await openEditor(server.url, people.owner.cookie, workflowId);
  const b = await openEditor(sibling.url, people.editor.cookie, workflowId);
  const heard: string[] = [];
  b.socket.on('draft.awareness', (message: { update: string }) => {
    heard.push(Buffer.from(message.update, 'base64').toString('latin1'));
  });
  const say = (clientId: number, state: object) => {
    const json = Buffer.from(JSON.stringify(state));
    const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
    const head = [1, ...varint(clientId), ...varint(1), ...varint(json.length)];
    const update = Buffer.concat([Buffer.from(head), json]).toString('base64');
    return send(a.socket, 'draft.awareness', { workflowId, update });
  };
  const user = { id: people.owner.userId, name: 'Ada', color: '#000000' };
  const refused = { ok: false, error: { code: 'invalid_input' } };
  expect(await say(b.joined.clientId, { user })).toMatchObject(refused);
  expect(
    await say(a.joined.clientId, { user: { ...user, id: people.editor.userId } }),
  ).toMatchObject(refused);
  expect(await say(a.joined.clientId, { user, extra: 1 })).toMatchObject(refused);
  expect(heard).toEqual([]);
  expect(await say(a.joined.clientId, { user, cursor: { x: 4, y: 2 } })).toEqual({ ok: true });
  await eventually(() => expect(heard.join()).toContain('"cursor":{"x":4,"y":2}'));
  a.socket.close();
  await eventually(() => expect(heard.at(-1)).toContain('null'));
  b.socket.close();
});

test('two sockets never write under one client id: who takes it along ends the other', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const { cookie } = people.editor;
  const first = await openEditor(server.url, cookie, workflowId);
  const { clientId } = first.joined;
  const gone = new Promise((resolve) => first.socket.once('disconnect', resolve));
  const second = await connected(openSocket(server.url, cookie));
  expect(await send(second, 'draft.join', { workflowId, clientId })).toMatchObject({ clientId });
  await gone;
  // Another person cannot take it.
  const other = await connected(openSocket(server.url, people.owner.cookie));
  const joined = await send(other, 'draft.join', { workflowId, clientId });
  expect(joined.ok && joined.clientId).not.toBe(clientId);
  expect(second.connected).toBe(true);
  for (const socket of [second, other]) socket.close();
});

test('that holds for sockets of two processes, too', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const { cookie } = people.editor;
  const first = await openEditor(server.url, cookie, workflowId);
  const { clientId } = first.joined;
  let last = first.socket;
  for (const { url } of [sibling, server, sibling]) {
    const gone = new Promise((resolve) => last.once('disconnect', resolve));
    const socket = await connected(openSocket(url, cookie));
    expect(await send(socket, 'draft.join', { workflowId, clientId })).toMatchObject({ clientId });
    await gone;
    expect(socket.connected).toBe(true);
    last = socket;
  }
  last.close();
});

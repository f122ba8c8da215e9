// @module-tag long
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { socketPath } from '@/lib/realtime/messages';
import { readDraft } from '@/lib/workflows/draft/draft';
import { addNode, setField } from '@/lib/workflows/edits/edits';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { connected, type Editor, openEditor, openSocket, send } from './testing/client';
import { addPerson, addWorkflow, addWorkspace, type Person, setRole } from './testing/fixture';
import { type RealtimeProcess, startRealtime } from './testing/server';

let services: Services;
let workspaceId: string;
let server: RealtimeProcess;

beforeAll(async () => {
  const environment = await testEnvironment();
  services = await createServices(withSecrets(loadConfig(environment)), 'test');
  server = await startRealtime(environment);
  workspaceId = await addWorkspace(services);
});
afterAll(async () => {
  await server?.kill();
  await services?.close();
});

const draftOf = (doc: Y.Doc) => ({ doc, catalogue, origin: 'test' });
const add = (doc: Y.Doc, id: string) =>
  addNode(draftOf(doc), { id, type: 'agent', name: id, position: { x: 0, y: 0 } });
const person = () => addPerson(services, workspaceId, 'editor');
const residentBytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1]) *
  1_024;
const open = async (workflowId: string, who?: Person): Promise<Editor> =>
  openEditor(server.url, (who ?? (await person())).cookie, workflowId);
const disconnected = ({ socket }: Editor) =>
  new Promise((resolve) => socket.once('disconnect', resolve));
const bare = (cookie?: string) =>
  new WebSocket(`${server.url.replace('http', 'ws')}${socketPath}?EIO=4&transport=websocket`, {
    headers: cookie ? { cookie } : {},
  });

/** An honest edit still goes through, and reaches the other. */
async function expectUnharmed(a: Editor, b: Editor, id: string): Promise<void> {
  const from = a.answers.length;
  add(a.doc, id);
  const answers = await Promise.all(a.answers.slice(from));
  expect(answers.map((answer) => answer.ok)).toEqual([true]);
  await expect
    .poll(() => readDraft(b.doc, catalogue).nodes.map((node) => node.id), { timeout: 10_000 })
    .toContain(id);
}

test('who stops reading is cut, memory stays flat, and nobody else notices', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const [a, b, lazy] = [await open(workflowId), await open(workflowId), await open(workflowId)];
  const writers = [await open(workflowId), await open(workflowId), await open(workflowId)];
  const engine = lazy.socket.io.engine as unknown as { transport: { ws: WebSocket } };
  const gone = disconnected(lazy);
  engine.transport.ws.pause();
  for (const [i, { doc }] of writers.entries()) add(doc, `w${i}`);
  await Promise.all(writers.flatMap((writer) => writer.answers));
  const before = residentBytes();
  // Far more than the kernel keeps for one connection.
  for (let round = 0; round < 40; round += 1) {
    for (const [i, { doc }] of writers.entries()) {
      setField(draftOf(doc), `w${i}`, ['model'], {
        provider: 'x',
        model: `${round}`.repeat(60_000),
      });
    }
    await sleep(150);
  }
  await Promise.all(writers.flatMap((writer) => writer.answers));
  expect(residentBytes() - before).toBeLessThan(200_000_000);
  engine.transport.ws.resume();
  await gone;
  await expectUnharmed(a, b, 'after');
  for (const { socket } of [a, b, lazy, ...writers]) socket.close();
}, 60_000);

test('a flood of messages, of packets, of connections: cut, and nobody else notices', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const [a, b] = [await open(workflowId), await open(workflowId)];
  const flooder = await open(workflowId);
  const cut = disconnected(flooder);
  const update = Buffer.from([0, 0]).toString('base64');
  for (let i = 0; i < 5_000; i += 1) flooder.socket.emit('draft.update', { workflowId, update });
  await cut;
  await expectUnharmed(a, b, 'messages');
  // Namespaces that are not there, which no handler ever sees.
  const raw = bare((await person()).cookie);
  await once(raw, 'open');
  raw.send('40');
  for (let i = 0; i < 20_000; i += 1) raw.send('40/nowhere,');
  await once(raw, 'close');
  await expectUnharmed(a, b, 'packets');
  const many = Array.from({ length: 200 }, () => bare());
  await Promise.all(
    many.map(async (socket) => {
      await once(socket, 'open');
      socket.send('40');
      await once(socket, 'close');
    }),
  );
  await expectUnharmed(a, b, 'connections');
  a.socket.close();
  b.socket.close();
}, 60_000);

test('who connects and never says who it is, or never joins, is nobody: cut, or left alone', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const [a, b] = [await open(workflowId), await open(workflowId)];
  const silent = bare();
  const heard: string[] = [];
  silent.on('message', (data) => heard.push(String(data)));
  const closed = once(silent, 'close');
  const idle = await connected(openSocket(server.url, (await person()).cookie));
  let events = 0;
  idle.onAny(() => {
    events += 1;
  });
  await expectUnharmed(a, b, 'meanwhile');
  expect(await send(idle, 'draft.update', { workflowId, update: 'AAA=' })).toMatchObject({
    error: { code: 'resync' },
  });
  await closed;
  // Its handshake alone.
  expect(heard).toEqual([expect.stringMatching(/^0\{/)]);
  expect(events).toBe(0);
  for (const socket of [a.socket, b.socket, idle]) socket.close();
}, 30_000);

test('what somebody sends while the role goes away is judged by the role at that moment', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const who = await person();
  const editor = await open(workflowId, who);
  const told = new Promise((resolve) => editor.socket.once('draft.reset', resolve));
  add(editor.doc, 'mine');
  let typing = true;
  const typed = (async () => {
    for (let i = 0; typing; i += 1) {
      setField(draftOf(editor.doc), 'mine', ['prompt'], `${i}`);
      await sleep(25);
    }
  })();
  await sleep(300);
  await setRole(services, workspaceId, who.userId, 'viewer');
  const at = await services.pool.query<{ now: Date }>('select now()');
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'member', id: who.userId });
  await told;
  const from = editor.answers.length;
  await sleep(300);
  typing = false;
  await typed;
  const after = await Promise.all(editor.answers.slice(from));
  expect(after.length).toBeGreaterThan(3);
  expect(new Set(after.map((answer) => (answer.ok ? 'ok' : answer.error.code)))).toEqual(
    new Set(['forbidden']),
  );
  const late = await services.pool.query<{ ms: number | null }>(
    `select extract(epoch from max(at) - $2::timestamptz)::float8 * 1000 as ms
     from draft_update where workflow_id = $1`,
    [workflowId, at.rows[0]?.now],
  );
  process.stdout.write(`demotion: last edit taken ${late.rows[0]?.ms} ms after it\n`);
  expect(late.rows[0]?.ms ?? 0).toBeLessThan(2_000);
  editor.socket.close();
});

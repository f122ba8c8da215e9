import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { realtimeLimits } from '@/lib/realtime/messages';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { connected, openSocket, send } from './testing/client';
import { addPerson, addWorkflow, addWorkspace } from './testing/fixture';
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

const viewer = () => addPerson(services, workspaceId, 'viewer');
const issued = async (workflowId: string) => {
  const text = 'select count(*)::int as n from draft_client where workflow_id = $1';
  return (await services.pool.query<{ n: number }>(text, [workflowId])).rows[0]?.n;
};
/** A vector that knows somebody who never wrote: all is to be encoded for it alone. */
const foreignVector = () => {
  const doc = new Y.Doc();
  doc.getMap('x').set('a', 1);
  return Y.encodeStateVector(doc);
};

test('joins are few for a socket, and for all sockets of a person together', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const person = await viewer();
  const sockets = await Promise.all(
    Array.from({ length: 8 }, () => connected(openSocket(server.url, person.cookie))),
  );
  const began = performance.now();
  const joinMany = (socket: (typeof sockets)[number] | undefined, count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        socket
          ? send(socket, 'draft.join', { workflowId, stateVector: foreignVector() })
          : Promise.reject(new Error('no socket')),
      ),
    );
  const first = (await joinMany(sockets[0], 40)).filter((answer) => answer.ok).length;
  const rest = (await Promise.all(sockets.slice(1).map((socket) => joinMany(socket, 40)))).flat();
  const seconds = (performance.now() - began) / 1_000;
  const all = first + rest.filter((answer) => answer.ok).length;
  process.stdout.write(
    `320 joins by 8 sockets of one person in ${seconds.toFixed(1)} s: ${all} answered\n`,
  );
  const { joinsAtOnce, joinsPerSecond, personJoinsAtOnce, personJoinsPerSecond } = realtimeLimits;
  expect(first).toBeGreaterThanOrEqual(joinsAtOnce);
  expect(first).toBeLessThanOrEqual(joinsAtOnce + Math.ceil(seconds * joinsPerSecond));
  expect(all).toBeLessThanOrEqual(personJoinsAtOnce + Math.ceil(seconds * personJoinsPerSecond));
  const refused = rest.find((answer) => !answer.ok);
  expect(refused && !refused.ok && refused.error.code).toBe('too_many_requests');
  // Others are not touched by it.
  const other = await connected(openSocket(server.url, (await viewer()).cookie));
  expect((await send(other, 'draft.join', { workflowId })).ok).toBe(true);
  for (const socket of [...sockets, other]) socket.close();
});

test('who may only look gets an id of its own that is stored nowhere, and keeps it', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const [one, two] = [await viewer(), await viewer()];
  const before = await issued(workflowId);
  const join = async (cookie: string, clientId?: number) => {
    const socket = await connected(openSocket(server.url, cookie));
    const joined = await send(socket, 'draft.join', { workflowId, clientId });
    socket.close();
    if (!joined.ok) throw new Error(joined.error.message);
    return joined;
  };
  const first = await join(one.cookie);
  expect((await join(one.cookie, first.clientId)).clientId).toBe(first.clientId);
  expect((await join(two.cookie, first.clientId)).clientId).not.toBe(first.clientId);
  expect(await issued(workflowId)).toBe(before);
  const editor = await addPerson(services, workspaceId, 'editor');
  const own = await join(editor.cookie, first.clientId);
  expect(own.clientId).toBeLessThan(2 ** 32);
  expect(await issued(workflowId)).toBe((before ?? 0) + 1);
});

test('a person has so many sockets and no more, also when all come at once', async () => {
  const person = await viewer();
  const outcomes = await Promise.all(
    Array.from({ length: realtimeLimits.socketsPerPerson + 15 }, async () => {
      const socket = openSocket(server.url, person.cookie);
      await connected(socket).catch(() => undefined);
      return socket;
    }),
  );
  await expect
    .poll(() => outcomes.filter((socket) => socket.connected).length, { timeout: 20_000 })
    .toBe(realtimeLimits.socketsPerPerson);
  for (const socket of outcomes) socket.close();
  await expect
    .poll(async () => {
      const again = openSocket(server.url, person.cookie);
      const came = await connected(again).then(
        () => true,
        () => false,
      );
      again.close();
      return came;
    })
    .toBe(true);
});

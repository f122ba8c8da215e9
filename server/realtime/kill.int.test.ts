// @module-tag long
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { readDraft } from '@/lib/workflows/draft/draft';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { connected, openSocket, send } from './testing/client';
import { addPerson, addWorkflow, addWorkspace, type Person } from './testing/fixture';
import { type RealtimeProcess, startRealtime } from './testing/server';
import { editAtRandom, randomOf, updatesOf } from './testing/updates';

let services: Services;
let environment: Record<string, string>;
let workspaceId: string;
let server: RealtimeProcess;

beforeAll(async () => {
  environment = await testEnvironment();
  services = await createServices(withSecrets(loadConfig(environment)), 'test');
  workspaceId = await addWorkspace(services);
  server = await startRealtime(environment);
});
afterAll(async () => {
  await server?.kill();
  await services?.close();
});

/** What the server said it had committed, noted at the moment of its answer. */
type Ledger = { client: number; clock: number }[];

/** Edits until the server is gone. Gives the document as this editor saw it. */
async function editUntilKilled(
  workflowId: string,
  person: Person,
  random: () => number,
  acknowledged: (entry: Ledger[number]) => void,
): Promise<Y.Doc> {
  const socket = await connected(openSocket(server.url, person.cookie));
  const doc = new Y.Doc();
  const joined = await send(socket, 'draft.join', { workflowId }).catch((error: unknown) => {
    // Killed while this one joined: the others had their answers already.
    if (socket.connected) throw error;
  });
  if (joined === undefined) return doc;
  if (!joined.ok) throw new Error(joined.error.message);
  Y.applyUpdate(doc, new Uint8Array(joined.update), 'remote');
  doc.clientID = joined.clientId;
  for (let i = 0; socket.connected; i += 1) {
    const id = `n${joined.clientId}_${i}`;
    for (const update of updatesOf(doc, () => editAtRandom(doc, random, id))) {
      const clock = Y.getState(doc.store, joined.clientId);
      const message = { workflowId, update: Buffer.from(update).toString('base64') };
      send(socket, 'draft.update', message).then(
        (answer) => {
          if (answer.ok) acknowledged({ client: joined.clientId, clock });
        },
        () => undefined,
      );
    }
    await sleep(22);
  }
  return doc;
}

test('a process that is killed right after an answer keeps what it answered for', {
  timeout: 900_000,
}, async () => {
  const seed = 4_711;
  const random = randomOf(seed);
  const workflowId = await addWorkflow(services, workspaceId);
  const people = await Promise.all([1, 2, 3].map(() => addPerson(services, workspaceId, 'editor')));
  const ledger: Ledger = [];
  const kills = Number(process.env.ENSEMBLE_KILLS ?? 2);
  for (let round = 0; round < kills; round += 1) {
    if (round > 0) server = await startRealtime(environment, server.port);
    const killAt = ledger.length + 1 + Math.floor(random() * 60);
    await Promise.all(
      people.map((person) =>
        editUntilKilled(workflowId, person, random, (entry) => {
          ledger.push(entry);
          if (ledger.length === killAt) void server.kill();
        }),
      ),
    );
    const rows = new Y.Doc();
    for (const row of (await services.drafts.load(workflowId))?.rows ?? []) {
      Y.applyUpdate(rows, row.data);
    }
    const lost = ledger.filter(({ client, clock }) => Y.getState(rows.store, client) < clock);
    expect(lost).toEqual([]);
    expect(rows.store.pendingStructs).toBeNull();
  }
  server = await startRealtime(environment, server.port);
  const [person] = people;
  const socket = await connected(openSocket(server.url, person?.cookie));
  const joined = await send(socket, 'draft.join', { workflowId });
  if (!joined.ok) throw new Error(joined.error.message);
  const fresh = new Y.Doc();
  Y.applyUpdate(fresh, new Uint8Array(joined.update));
  expect(ledger.filter(({ client, clock }) => Y.getState(fresh.store, client) < clock)).toEqual([]);
  expect(readDraft(fresh, catalogue)).toEqual(await services.drafts.read(workflowId));
  process.stderr.write(`kills: seed ${seed}, ${kills} kills, ${ledger.length} answers, 0 lost\n`);
  expect(ledger.length).toBeGreaterThan(kills);
  socket.close();
});

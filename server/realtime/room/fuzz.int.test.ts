// @module-tag long
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { difference } from '../testing/editor';
import { addPerson, addWorkflow, addWorkspace } from '../testing/fixture';
import { createLedger } from '../testing/ledger';
import { mutations } from '../testing/mutants';
import { editAtRandom, randomOf, updatesOf } from '../testing/updates';
import { Room } from './room';

let services: Services;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterAll(() => services?.close());

async function openRoom(workflowId: string, copy: Y.Doc): Promise<Room> {
  const room = await Room.open({
    workflowId,
    store: services.drafts,
    relay: (updates) => {
      for (const { data } of updates) Y.applyUpdate(copy, data, 'remote');
    },
    announce: () => undefined,
    relayLocks: () => undefined,
    notice: () => undefined,
    gone: () => undefined,
    warn: () => undefined,
  });
  if (!room) throw new Error('there is no such draft');
  return room;
}

async function rowsOf(workflowId: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  for (const row of (await services.drafts.load(workflowId))?.rows ?? []) {
    Y.applyUpdate(doc, row.data);
  }
  return doc;
}

const rounds = Number(process.env.ENSEMBLE_MUTANT_ROUNDS ?? 60);

test(`${rounds * 200} mutants of all kinds through a room: it goes on, and no honest edit is changed`, {
  timeout: 240_000,
}, async () => {
  const seed = 20_263;
  const random = randomOf(seed);
  const workspaceId = await addWorkspace(services);
  const workflowId = await addWorkflow(services, workspaceId);
  const good = await addPerson(services, workspaceId, 'editor');
  const bad = await addPerson(services, workspaceId, 'editor');
  const honest = new Y.Doc();
  const room = await openRoom(workflowId, honest);
  Y.applyUpdate(honest, room.missingFor(undefined).update, 'remote');
  honest.clientID = await services.drafts.issueClientId(workflowId, good.userId);
  const ledger = createLedger();
  const counts = { mutants: 0, refused: 0, taken: 0, honest: 0 };
  const corpus: Uint8Array[] = [];
  const kinds = Object.values(mutations);
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < rounds; round += 1) {
    const member = new Y.Doc();
    Y.applyUpdate(member, room.missingFor(undefined).update, 'remote');
    member.clientID = await services.drafts.issueClientId(workflowId, bad.userId);
    const mine = [1, 2, 3, 4].flatMap((i) =>
      updatesOf(member, () => editAtRandom(member, random, `x${round}_${i}`)),
    );
    corpus.push(...mine);
    const from = { honest: corpus.slice(-40), doc: member, foreign: [honest.clientID], random };
    if (from.honest.length === 0) from.honest = [Y.encodeStateAsUpdate(member)];
    const answers = Array.from({ length: 200 }, (_, i) => {
      const update = kinds[i % kinds.length]?.(from) ?? new Uint8Array();
      return room.submit(update, bad.userId);
    });
    // In the middle of it somebody works.
    for (const update of updatesOf(honest, () => editAtRandom(honest, random, `h${round}`))) {
      corpus.push(update);
      expect(await room.submit(update, good.userId)).toMatchObject({ ok: true });
      ledger.add(update);
      counts.honest += 1;
    }
    for (const answer of await Promise.all(answers)) counts[answer.ok ? 'taken' : 'refused'] += 1;
    counts.mutants += answers.length;
    if (round % 20 === 19) {
      const rows = await rowsOf(workflowId);
      expect(difference(honest, rows)).toBeUndefined();
      expect(ledger.asOfNow()(rows)).toEqual([]);
      expect(rows.store.pendingStructs ?? rows.store.pendingDs).toBeNull();
    }
  }
  globalThis.gc?.();
  const grown = Math.round((process.memoryUsage().heapUsed - before) / 1_048_576);
  process.stderr.write(
    `fuzz through the room: seed ${seed}, ${JSON.stringify(counts)}, heap +${grown} MB\n`,
  );
  expect(counts.mutants).toBe(rounds * 200);
  expect(counts.refused).toBeGreaterThan(rounds * 100);
  expect(grown).toBeLessThan(400);
});

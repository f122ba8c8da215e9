import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { readDraft } from '@/lib/workflows/draft/draft';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { addPerson, addWorkflow, addWorkspace } from '../testing/fixture';
import { deepUpdate, editAtRandom, mutate, randomOf, updatesOf } from '../testing/updates';
import { Room } from './room';

let services: Services;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await addWorkspace(services);
});
afterAll(() => services?.close());

/** A room whose broadcasts reach these documents, as sockets would. */
async function openRoom(workflowId: string, docs: Y.Doc[], warnings: string[] = []): Promise<Room> {
  const room = await Room.open({
    workflowId,
    store: services.drafts,
    relay: (updates) => {
      for (const doc of docs) for (const { data } of updates) Y.applyUpdate(doc, data, 'remote');
    },
    announce: () => undefined,
    relayLocks: () => undefined,
    notice: () => undefined,
    gone: () => undefined,
    warn: (_, message) => warnings.push(message),
  });
  if (!room) throw new Error('there is no such draft');
  return room;
}

async function editor(room: Room, workflowId: string, userId: string): Promise<Y.Doc> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, room.missingFor(undefined).update, 'remote');
  doc.clientID = await services.drafts.issueClientId(workflowId, userId);
  return doc;
}

const stored = async (workflowId: string) => {
  const doc = new Y.Doc();
  for (const row of (await services.drafts.load(workflowId))?.rows ?? []) {
    Y.applyUpdate(doc, row.data);
  }
  return doc;
};

test('mutants from a member never end the room, never part it from its rows, never stop the others', async () => {
  const seed = 20_260_101;
  const random = randomOf(seed);
  const workflowId = await addWorkflow(services, workspaceId);
  const honestPerson = await addPerson(services, workspaceId, 'editor');
  const hostilePerson = await addPerson(services, workspaceId, 'editor');
  const docs: Y.Doc[] = [];
  const room = await openRoom(workflowId, docs);
  const honest = await editor(room, workflowId, honestPerson.userId);
  docs.push(honest);
  const hostile = await editor(room, workflowId, hostilePerson.userId);
  const corpus: Uint8Array[] = [];
  const counts = { mutants: 0, refused: 0, taken: 0, honest: 0 };
  const submitHonest = async (i: number) => {
    for (const update of updatesOf(honest, () => editAtRandom(honest, random, `h${i}`))) {
      corpus.push(update);
      counts.honest += 1;
      expect(await room.submit(update, honestPerson.userId)).toMatchObject({ ok: true });
    }
  };
  for (let i = 0; i < 100; i += 1) await submitHonest(i);
  for (let round = 0; round < 100; round += 1) {
    Y.applyUpdate(hostile, room.missingFor(Y.encodeStateVector(hostile)).update, 'remote');
    hostile.clientID = await services.drafts.issueClientId(workflowId, hostilePerson.userId);
    corpus.push(...updatesOf(hostile, () => editAtRandom(hostile, random, `x${round}`)));
    const recent = corpus.slice(-60);
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => {
        counts.mutants += 1;
        const base = recent[Math.floor(random() * recent.length)] ?? new Uint8Array();
        return room.submit(mutate(base, corpus, random), hostilePerson.userId);
      }),
    );
    for (const answer of answers) counts[answer.ok ? 'taken' : 'refused'] += 1;
    await submitHonest(1_000 + round);
    if (round % 10 !== 0) continue;
    const memory = new Y.Doc();
    Y.applyUpdate(memory, room.missingFor(undefined).update);
    const rows = await stored(workflowId);
    expect(readDraft(memory, catalogue)).toEqual(readDraft(rows, catalogue));
    expect(readDraft(honest, catalogue)).toEqual(readDraft(rows, catalogue));
  }
  process.stderr.write(`fuzz: seed ${seed}, ${JSON.stringify(counts)}\n`);
  expect(counts.mutants).toBe(20_000);
  expect(counts.refused).toBeGreaterThan(10_000);
  // Nobody can undo what another wrote under that one's name: every honest struct is in the rows.
  const rows = await stored(workflowId);
  expect(Y.getState(rows.store, honest.clientID)).toBe(Y.getState(honest.store, honest.clientID));
});

test('nobody can write under the id of another', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const a = await addPerson(services, workspaceId, 'editor');
  const b = await addPerson(services, workspaceId, 'editor');
  const room = await openRoom(workflowId, []);
  const victim = await editor(room, workflowId, a.userId);
  const [update] = updatesOf(victim, () => editAtRandom(victim, () => 0, 'mine'));
  if (!update) throw new Error('there is no update');
  expect(await room.submit(update, b.userId)).toMatchObject({ error: { code: 'forbidden' } });
  expect(await room.submit(update, a.userId)).toMatchObject({ ok: true });
});

test('what nests too deeply is refused, also piece by piece while pieces are on their way', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const person = await addPerson(services, workspaceId, 'editor');
  const room = await openRoom(workflowId, []);
  expect(await room.submit(deepUpdate(8_000), person.userId)).toMatchObject({ ok: false });
  const doc = await editor(room, workflowId, person.userId);
  let at: Y.Map<unknown> = doc.getMap('nodes');
  const pieces = updatesOf(doc, () => {
    for (let i = 0; i < 30; i += 1) {
      const inner = new Y.Map<unknown>();
      at.set('x', inner);
      at = inner;
    }
  });
  const answers = await Promise.all(pieces.map((piece) => room.submit(piece, person.userId)));
  expect(answers.map((answer) => answer.ok)).toEqual([
    ...Array(16).fill(true),
    ...Array(14).fill(false),
  ]);
});

test('a row that cannot be applied is set aside, and the draft goes on without it', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const person = await addPerson(services, workspaceId, 'editor');
  const room = await openRoom(workflowId, []);
  const doc = await editor(room, workflowId, person.userId);
  const [first] = updatesOf(doc, () => editAtRandom(doc, () => 0, 'first'));
  if (!first) throw new Error('there is no update');
  await room.submit(first, person.userId);
  // As if another version of the product had let it through.
  const broken = Uint8Array.from([...first.slice(0, first.length - 3), 9, 9, 9]);
  const edit = { data: broken, userId: null, source: 'test' };
  const seq = await services.drafts.append({ workflowId, ...edit });
  await room.receive(seq, { ...edit, at: Date.now() });
  expect((await services.drafts.read(workflowId)).nodes.map((node) => node.id)).toEqual(['first']);
  const aside = await services.pool.query(
    'select seq from draft_update where workflow_id = $1 and quarantined',
    [workflowId],
  );
  expect(aside.rows).toEqual([{ seq: String(seq) }]);
  const [second] = updatesOf(doc, () => editAtRandom(doc, () => 0, 'second'));
  expect(await room.submit(second ?? first, person.userId)).toMatchObject({ ok: true });
  expect((await services.drafts.read(workflowId)).nodes).toHaveLength(2);
});

test('after two hundred updates the rows become one state, and nothing is lost', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const person = await addPerson(services, workspaceId, 'editor');
  const room = await openRoom(workflowId, []);
  const doc = await editor(room, workflowId, person.userId);
  const random = randomOf(3);
  const sent: Promise<unknown>[] = [];
  for (let i = 0; sent.length < 450; i += 1) {
    const updates = updatesOf(doc, () => editAtRandom(doc, random, `n${i}`));
    sent.push(...updates.map((update) => room.submit(update, person.userId)));
    if (i % 20 === 0) await Promise.all(sent);
  }
  await Promise.all(sent);
  await room.compact(1);
  const rows = await services.drafts.load(workflowId);
  expect(rows?.rows.map((row) => row.state)).toEqual([true]);
  expect(rows?.seq).toBe(sent.length);
  expect(await services.drafts.read(workflowId)).toEqual(readDraft(doc, catalogue));
});

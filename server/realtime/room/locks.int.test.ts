import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { changedPathsOf } from '@/lib/workflows/changes/changed-paths';
import { draftParts, readNode } from '@/lib/workflows/draft/draft';
import { removeElements, setField, setMeta } from '@/lib/workflows/edits/edits';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createLock } from '@/server/workflows/locks/change-locks';
import {
  addPerson,
  addWorkflow,
  addWorkspace,
  emptyDefinition,
  type Person,
} from '../testing/fixture';
import { editAtRandom, mutate, randomOf, updatesOf } from '../testing/updates';
import { Room } from './room';

let services: Services;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await addWorkspace(services);
});
afterAll(() => services?.close());

const nodeIds = Array.from({ length: 12 }, (_, i) => `n${i}`);
const lockedIds = ['n1', 'n4', 'n7'];

async function scene() {
  const workflowId = await addWorkflow(services, workspaceId, {
    ...emptyDefinition,
    nodes: nodeIds.map((id) => ({
      ...{ id, key: id, type: 'agent', name: `Step ${id}`, position: { x: 0, y: 0 } },
      config: { prompt: `Do what {{ steps.n0.output }} says` },
    })),
  });
  const owner = await addPerson(services, workspaceId, 'editor', 'Olga');
  const other = await addPerson(services, workspaceId, 'editor', 'Ben');
  const replica = new Y.Doc();
  draftParts(replica);
  const room = await Room.open({
    workflowId,
    store: services.drafts,
    relay: (updates) => {
      for (const { data } of updates) Y.applyUpdate(replica, data, 'remote');
    },
    announce: () => undefined,
    relayLocks: () => undefined,
    notice: () => undefined,
    gone: () => undefined,
    warn: (details, message) => {
      throw new Error(message, { cause: details });
    },
  });
  if (!room) throw new Error('there is no such draft');
  Y.applyUpdate(replica, room.missingFor(undefined).update, 'remote');
  return { workflowId, owner, other, replica, room };
}

const actorOf = ({ userId, name }: Person): Actor => ({
  ...{ userId, name, email: '', workspaceId, role: 'editor' },
});
const lock = (workflowId: string, person: Person, ids: string[]) =>
  createLock(services, actorOf(person), {
    params: { id: workflowId },
    query: {},
    body: { nodeIds: ids, reason: 'final review', expiresAt: null },
  });

async function copyFor(room: Room, workflowId: string, { userId }: Person): Promise<Y.Doc> {
  const doc = new Y.Doc();
  draftParts(doc);
  Y.applyUpdate(doc, room.missingFor(undefined).update, 'remote');
  doc.clientID = await services.drafts.issueClientId(workflowId, userId);
  return doc;
}

/** Locked nodes as the replica shows them. */
const shown = (doc: Y.Doc) =>
  lockedIds.map((id) => readNode(id, draftParts(doc).nodes.get(id), catalogue));

const edits = Number(process.env.ENSEMBLE_LOCK_EDITS ?? 1_000);

test('nothing that another does changes a locked step, and everything elsewhere passes', async () => {
  const { workflowId, owner, other, replica, room } = await scene();
  await lock(workflowId, owner, lockedIds);
  await room.readLocks();
  const before = shown(replica);
  const random = randomOf(4_242);
  const counts = { edits: 0, passed: 0, refused: 0, mutants: 0 };
  let doc = await copyFor(room, workflowId, other);
  const corpus: Uint8Array[] = [];
  while (counts.edits < edits) {
    const changed = new Set<string>();
    const listener = (transaction: Y.Transaction) => {
      for (const element of Object.keys(changedPathsOf(transaction))) changed.add(element);
    };
    doc.on('afterTransaction', listener);
    const made = updatesOf(doc, () => editAtRandom(doc, random, `x${counts.edits}`));
    doc.off('afterTransaction', listener);
    if (made.length === 0) continue;
    counts.edits += 1;
    const update = Y.mergeUpdates(made);
    corpus.push(update);
    const answer = await room.submit(update, other.userId);
    const forbidden = lockedIds.some((id) => changed.has(`nodes/${id}`));
    if (answer.ok) counts.passed += 1;
    else counts.refused += 1;
    expect([counts.edits, [...changed], answer], JSON.stringify(answer)).toMatchObject([
      counts.edits,
      [...changed],
      forbidden ? { ok: false, error: { code: 'locked' } } : { ok: true },
    ]);
    let taken = false;
    if (counts.edits % 2 === 0) {
      counts.mutants += 1;
      const mutant = mutate(update, corpus.slice(-40), random);
      taken = (await room.submit(mutant, other.userId)).ok;
    }
    expect(shown(replica)).toEqual(before);
    // After a refusal, and after a mutant that took the numbers of what would follow: the draft as it is.
    if (!answer.ok || taken || counts.edits % 50 === 0)
      doc = await copyFor(room, workflowId, other);
  }
  expect(counts.refused).toBeGreaterThan(edits * 0.06);
  expect(counts.passed).toBeGreaterThan(edits * 0.4);
  process.stdout.write(`locks: ${JSON.stringify(counts)}\n`);
  const mine = await copyFor(room, workflowId, owner);
  for (const update of updatesOf(mine, () =>
    setField({ doc: mine, catalogue, origin: 'test' }, 'n1', ['prompt'], 'mine'),
  )) {
    expect(await room.submit(update, owner.userId)).toMatchObject({ ok: true });
  }
  expect(shown(replica)).not.toEqual(before);
  room.close();
}, 120_000);

test('edits that build on each other while they are on their way are judged alike', async () => {
  const { workflowId, owner, other, room } = await scene();
  await lock(workflowId, owner, ['n1']);
  await room.readLocks();
  const doc = await copyFor(room, workflowId, other);
  const type = (id: string) =>
    updatesOf(doc, () => {
      const config = (draftParts(doc).nodes.get(id) as Y.Map<unknown>).get('config');
      const text = (config as Y.Map<unknown>).get('prompt') as Y.Text;
      for (let i = 0; i < 20; i += 1) text.insert(3 + i, 'x');
    });
  const free = await Promise.all(type('n2').map((update) => room.submit(update, other.userId)));
  expect(free.every((answer) => answer.ok)).toBe(true);
  const held = await Promise.all(type('n1').map((update) => room.submit(update, other.userId)));
  expect(held.some((answer) => answer.ok)).toBe(false);
  // A deletion alone names no place: it is found by what it deletes.
  const fresh = await copyFor(room, workflowId, other);
  const [deletion] = updatesOf(fresh, () =>
    removeElements({ doc: fresh, catalogue, origin: 'test' }, { nodes: ['n1'] }),
  );
  expect(await room.submit(deletion ?? new Uint8Array(), other.userId)).toMatchObject({
    error: { code: 'locked', message: '"Step n1" is locked by Olga: final review' },
  });
  room.close();
});

test('a lock on the workflow holds all of it, for edits from outside too, until it ends by time', async () => {
  const { workflowId, owner, other, room } = await scene();
  const { id } = await lock(workflowId, owner, []);
  await room.readLocks();
  const rename = (doc: Y.Doc) => setMeta({ doc, catalogue, origin: 'test' }, { name: 'Other' });
  const doc = await copyFor(room, workflowId, other);
  const [update] = updatesOf(doc, () => rename(doc));
  const submit = () => room.submit(update ?? new Uint8Array(), other.userId);
  expect(await submit()).toMatchObject({ error: { code: 'locked' } });
  const byApi = () =>
    services.drafts.edit(workflowId, { userId: other.userId }, (draft) => rename(draft.doc));
  await expect(byApi()).rejects.toMatchObject({ code: 'locked', status: 423 });
  await services.drafts.edit(workflowId, { userId: owner.userId }, (draft) =>
    setMeta(draft, { name: 'Hers' }),
  );
  const past = "update draft_lock set expires_at = now() - interval '1 second' where id = $1";
  await services.pool.query(past, [id]);
  await room.readLocks();
  expect(room.locks).toEqual([]);
  await room.catchUp();
  expect(await submit()).toMatchObject({ ok: true });
  expect((await byApi()).definition.name).toBe('Other');
  room.close();
});

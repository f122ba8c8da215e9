import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { realtimeLimits } from '@/lib/realtime/messages';
import { type Draft, draftParts } from '@/lib/workflows/draft/draft';
import { addNode, textOf } from '@/lib/workflows/edits/edits';
import { workflowLimits } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import type { NewUpdate } from '@/server/workflows/draft/draft-append';
import type { DraftStore } from '@/server/workflows/draft/draft-store';
import { addPerson, addWorkflow, addWorkspace, emptyDefinition } from '../testing/fixture';
import { updatesOf } from '../testing/updates';
import { Room } from './room';

let services: Services;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await addWorkspace(services);
});
afterAll(() => services?.close());

/** An update that builds on one which nobody ever gets. */
const gap = (() => {
  const doc = new Y.Doc();
  const [, second] = updatesOf(doc, () => {
    doc.getMap('meta').set('a', 1);
    doc.getMap('meta').set('b', 1);
  });
  return second ?? new Uint8Array();
})();

type Changed = Partial<Pick<DraftStore, 'append' | 'ownedClientIds'>>;

/** A room as one process has it, with parts of its store changed. Nothing tells it of other processes. */
async function openRoom(workflowId: string, changed: Changed = {}): Promise<Room> {
  const room = await Room.open({
    workflowId,
    store: { ...services.drafts, ...changed },
    relay: () => undefined,
    announce: () => undefined,
    relayLocks: () => undefined,
    notice: () => undefined,
    gone: () => undefined,
    warn: () => undefined,
  });
  if (!room) throw new Error('there is no such draft');
  return room;
}

async function copyOf(room: Room, workflowId: string, userId: string): Promise<Draft> {
  const doc = new Y.Doc();
  draftParts(doc);
  Y.applyUpdate(doc, room.missingFor(undefined).update, 'remote');
  doc.clientID = await services.drafts.issueClientId(workflowId, userId);
  return { doc, catalogue, origin: 'test' };
}

const node = (id: string) => ({
  ...{ id, type: 'transform', name: id, position: { x: 0, y: 0 } },
  config: { expression: '1' },
});
const steps = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => ({ ...node(`${prefix}${i}`), key: `${prefix}${i}` }));
const oneUpdate = (draft: Draft, change: () => void) =>
  Y.mergeUpdates(updatesOf(draft.doc, () => draft.doc.transact(change)));
const stored = (workflowId: string) => services.drafts.read(workflowId);

test('honest edits that are committed beside one that cannot be applied are kept', async () => {
  const rounds = 12;
  for (let round = 0; round < rounds; round += 1) {
    const workflowId = await addWorkflow(services, workspaceId, emptyDefinition);
    const person = await addPerson(services, workspaceId, 'editor');
    let bad: Uint8Array | undefined;
    const append = (update: NewUpdate) => {
      // As if a fault had let it pass: what is stored and applied is broken at its end, or builds on what is not there.
      if (update.data === bad) {
        if (round % 2 === 0) update.data.set([9, 9, 9], update.data.length - 3);
        else update.data.set(gap);
      }
      return services.drafts.append(update);
    };
    const room = await openRoom(workflowId, { append });
    const copies = await Promise.all(
      Array.from({ length: 6 }, () => copyOf(room, workflowId, person.userId)),
    );
    const updates = copies.map((copy, i) => oneUpdate(copy, () => addNode(copy, node(`n${i}`))));
    bad = updates[round % updates.length];
    const answers = await Promise.all(updates.map((update) => room.submit(update, person.userId)));
    expect(answers.map(({ ok }) => ok)).toEqual(updates.map((update) => update !== bad));
    const kept = (await stored(workflowId)).nodes.map(({ id }) => id).sort();
    expect(kept).toEqual(updates.flatMap((each, i) => (each === bad ? [] : [`n${i}`])));
    const aside = 'select seq from draft_update where workflow_id = $1 and quarantined';
    expect((await services.pool.query(aside, [workflowId])).rowCount).toBe(1);
    const next = await copyOf(room, workflowId, person.userId);
    expect(
      await room.submit(
        oneUpdate(next, () => addNode(next, node('next'))),
        person.userId,
      ),
    ).toMatchObject({ ok: true });
    room.close();
  }
  process.stdout.write(`${rounds} rounds of 5 honest edits beside a bad one: 0 lost\n`);
});

test('limits count what is on its way and what other processes store at the same moment', async () => {
  const most = workflowLimits.nodes;
  const definition = { ...emptyDefinition, nodes: steps(most - 6, 's') };
  const workflowId = await addWorkflow(services, workspaceId, definition);
  const person = await addPerson(services, workspaceId, 'editor');
  const rooms = await Promise.all([openRoom(workflowId), openRoom(workflowId)]);
  const tries = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const room = rooms[i % 2] as Room;
      const copy = await copyOf(room, workflowId, person.userId);
      return { room, update: oneUpdate(copy, () => addNode(copy, node(`new${i}`))) };
    }),
  );
  const answers = await Promise.all(
    tries.map(({ room, update }) => room.submit(update, person.userId)),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(6);
  for (const answer of answers) {
    if (!answer.ok) expect(answer.error.code).toBe('too_large');
  }
  expect((await stored(workflowId)).nodes).toHaveLength(most);
  await expect(
    services.drafts.edit(workflowId, { userId: person.userId }, ({ doc }) => {
      doc.getMap('nodes').set('over', new Y.Map([['type', 'transform']]));
    }),
  ).rejects.toMatchObject({ code: 'too_large' });
  for (const room of rooms) room.close();
});

test('two processes that each paste half too many do not both succeed', async () => {
  const half = Math.floor(workflowLimits.nodes * 0.6);
  const workflowId = await addWorkflow(services, workspaceId, emptyDefinition);
  const person = await addPerson(services, workspaceId, 'editor');
  const rooms = await Promise.all([openRoom(workflowId), openRoom(workflowId)]);
  const pasted = await Promise.all(
    rooms.map(async (room, i) => {
      const copy = await copyOf(room, workflowId, person.userId);
      return oneUpdate(copy, () => {
        for (const each of steps(half, `p${i}x`)) addNode(copy, each);
      });
    }),
  );
  const answers = await Promise.all(
    rooms.map((room, i) => room.submit(pasted[i] as Uint8Array, person.userId)),
  );
  expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect((await stored(workflowId)).nodes).toHaveLength(half);
  for (const room of rooms) room.close();
});

test('a text grows to its limit and no further, however many edits are on their way', async () => {
  const definition = {
    ...emptyDefinition,
    nodes: [{ ...node('t'), key: 't', type: 'output', config: { format: 'text', template: '' } }],
  };
  const workflowId = await addWorkflow(services, workspaceId, definition);
  const person = await addPerson(services, workspaceId, 'editor');
  const room = await openRoom(workflowId);
  const copy = await copyOf(room, workflowId, person.userId);
  const piece = 'x'.repeat(60_000);
  const updates = Array.from({ length: 14 }, () =>
    oneUpdate(copy, () => textOf(copy, 't', ['template'])?.insert(0, piece)),
  );
  const answers = await Promise.all(updates.map((update) => room.submit(update, person.userId)));
  const taken = answers.filter(({ ok }) => ok).length;
  expect(taken).toBe(8);
  room.close();
});

test('an update that names ids without end is refused before anybody is asked, and an empty one is no row', async () => {
  const workflowId = await addWorkflow(services, workspaceId, emptyDefinition);
  const person = await addPerson(services, workspaceId, 'editor');
  let asked = 0;
  const ownedClientIds: DraftStore['ownedClientIds'] = (...given) => {
    asked += 1;
    return services.drafts.ownedClientIds(...given);
  };
  const room = await openRoom(workflowId, { ownedClientIds });
  const many = (count: number) =>
    Y.mergeUpdates(
      Array.from({ length: count }, (_, i) => {
        const doc = new Y.Doc();
        doc.clientID = i + 1;
        doc.getMap('meta').set(`k${i}`, 1);
        return Y.encodeStateAsUpdate(doc);
      }),
    );
  const tooMany = await room.submit(many(realtimeLimits.clientIds + 1), person.userId);
  expect(tooMany).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  expect(asked).toBe(0);
  const strangers = await room.submit(many(realtimeLimits.clientIds), person.userId);
  expect(strangers).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect(asked).toBe(1);
  const empty = Y.encodeStateAsUpdate(new Y.Doc());
  expect(await room.submit(empty, person.userId)).toEqual({ ok: true, seq: 0 });
  expect((await services.drafts.numbers([workflowId])).get(workflowId)).toBe(0);
  room.close();
});

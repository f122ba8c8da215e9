import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { blameOf } from '@/lib/history/blame';
import { burstsOf } from '@/lib/history/bursts';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor, Role } from '@/lib/people/schema';
import { draftParts, readDraft } from '@/lib/workflows/draft/draft';
import { addNode, moveNodes, setField, textOf } from '@/lib/workflows/edits/edits';
import { createServices } from '@/server/compose';
import { Room } from '@/server/realtime/room/room';
import {
  addPerson,
  addWorkflow,
  addWorkspace,
  type Person,
} from '@/server/realtime/testing/fixture';
import { editAtRandom, randomOf, updatesOf } from '@/server/realtime/testing/updates';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { publishDefinition } from '../publish-workflow';
import { beginRestore } from './begin-restore';
import { getAhead } from './get-ahead';
import { getBlame } from './get-blame';
import { getVersion } from './get-version';
import { listActivity } from './list-activity';
import { listHistory } from './list-history';
import { deleteRevision, getRevision, nameRevision, renameRevision } from './revisions';
import { burstsSince } from './store';

let services: Services;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await addWorkspace(services);
});
afterAll(() => services?.close());

const actorOf = ({ userId, name }: Person, role: Role = 'editor'): Actor => ({
  userId,
  name,
  email: `${userId}@example.com`,
  workspaceId,
  role,
});

/** A process's room. What it announces reaches the others as the bus would bring it. */
async function openRoom(workflowId: string, others: Set<Room>): Promise<Room> {
  const room: Room | undefined = await Room.open({
    workflowId,
    store: services.drafts,
    relay: () => undefined,
    announce: (seq, edit) => {
      for (const other of others) if (other !== room) void other.receive(seq, edit);
    },
    gone: () => undefined,
    notice: () => undefined,
    relayLocks: () => undefined,
    warn: (details, message) => {
      throw new Error(message, { cause: details });
    },
  });
  if (!room) throw new Error('there is no such draft');
  others.add(room);
  return room;
}

type Editor = { doc: Y.Doc; person: Person };

async function editorOf(room: Room, workflowId: string, person: Person): Promise<Editor> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, room.missingFor(undefined).update, 'remote');
  doc.clientID = await services.drafts.issueClientId(workflowId, person.userId);
  return { doc, person };
}

/** What a route hands to a use case. */
const asked = <Params, Body = undefined>(params: Params, body?: Body) => ({
  params,
  query: {},
  body: body as Body,
});
const page = (limit = 100, cursor?: string) => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});

test('every edit is written down once under its author, whatever process folds it or is killed', {
  timeout: 120_000,
}, async () => {
  const seed = 20_261_121;
  const random = randomOf(seed);
  const workflowId = await addWorkflow(services, workspaceId);
  const people = await Promise.all(
    ['Ada', 'Ben', 'Cem'].map((n) => addPerson(services, workspaceId, 'editor', n)),
  );
  const rooms = new Set<Room>();
  /** Who made the update with each number, as its acknowledgement said. */
  const authors = new Map<number, string>();
  const counts = { person: 0, api: 0, killed: 0, folds: 0 };
  for (let round = 0; round < 24; round += 1) {
    while (rooms.size < 2) await openRoom(workflowId, rooms);
    const open = [...rooms];
    await Promise.all(
      people.map(async (person, i) => {
        const room = open[i % open.length] as Room;
        const { doc } = await editorOf(room, workflowId, person);
        for (let n = 0; n < 12; n += 1) {
          const id = `r${round}p${i}n${n}`;
          for (const update of updatesOf(doc, () => editAtRandom(doc, random, id))) {
            const answer = await room.submit(update, person.userId);
            if (!answer.ok) continue;
            authors.set(answer.seq, person.userId);
            counts.person += 1;
          }
        }
      }),
    );
    const { userId } = people[round % 3] as Person;
    await services.drafts.edit(workflowId, { userId }, (draft) =>
      addNode(draft, {
        id: `api${round}`,
        type: 'agent',
        name: 'By API',
        position: { x: 0, y: round },
      }),
    );
    counts.api += 1;
    const action = random();
    const victim = open[Math.floor(random() * open.length)] as Room;
    if (action < 0.4) {
      await victim.catchUp();
      await victim.compact(1);
      counts.folds += 1;
    } else if (action < 0.6) {
      // Both at once: one of them folds, the other finds it done.
      await Promise.all(open.map((room) => room.compact(1)));
      counts.folds += 1;
    } else if (action < 0.9) {
      rooms.delete(victim);
      victim.close();
      counts.killed += 1;
    }
  }
  // A room that is open may still repair, or fold.
  for (const room of rooms) room.close();
  const { changes, doc, seq: last } = await services.drafts.replay(workflowId);
  const folded = await burstsSince(services.pool, workflowId, undefined);
  const stored = await services.pool.query<{ n: string }>(
    'select count(*) as n from draft_update where workflow_id = $1 and seq <= $2',
    [workflowId, last],
  );
  expect(changes.length).toBe(Number(stored.rows[0]?.n));
  // Each update's number lies in exactly one burst of its author.
  for (const [seq, userId] of authors) {
    const own = [...folded, ...burstsOf(changes)].filter(
      (burst) => burst.userId === userId && burst.fromSeq <= seq && seq <= burst.toSeq,
    );
    expect(own.length, `update ${seq}`).toBeGreaterThan(0);
  }
  // Every node that is there has a known maker, and names its maker right where the id tells.
  const everything = [...folded, ...burstsOf(changes)];
  let checked = 0;
  for (const node of readDraft(doc, catalogue).nodes) {
    const { created } = blameOf(everything, `nodes/${node.id}`);
    const byPerson = /^r\d+p(\d)n/.exec(node.id);
    const expected = byPerson ? people[Number(byPerson[1])] : people[Number(node.id.slice(3)) % 3];
    expect(created?.userId, node.id).toBe(expected?.userId);
    expect(created?.source).toBe(byPerson ? 'person' : 'api');
    checked += 1;
  }
  expect(checked).toBeGreaterThan(10);
  expect(folded.length).toBeLessThan(authors.size / 2);
  process.stderr.write(
    `history: seed ${seed}, ${authors.size} updates, ${JSON.stringify(counts)}, ${folded.length} rows, ` +
      `${changes.length} not folded, ${checked} nodes checked\n`,
  );
});

test('a fold that fails leaves the updates, and is made once by whoever comes next', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const ada = await addPerson(services, workspaceId, 'editor', 'Ada');
  const room = await openRoom(workflowId, new Set());
  const { doc } = await editorOf(room, workflowId, ada);
  const draft = { doc, catalogue, origin: 'me' };
  const [made] = updatesOf(doc, () =>
    addNode(draft, { id: 'a', type: 'agent', name: 'Ask', position: { x: 0, y: 0 } }),
  );
  await room.submit(made as Uint8Array, ada.userId);
  // As if the process ended between the state and the changes.
  const state = Y.encodeStateAsUpdate(doc);
  await services.pool.query('alter table draft_change rename to draft_change_away');
  await expect(
    services.drafts.compact(workflowId, { state, seq: 1, changedPaths: new Map() }),
  ).rejects.toThrow();
  await services.pool.query('alter table draft_change_away rename to draft_change');
  expect((await services.drafts.replay(workflowId)).changes).toMatchObject([
    { seq: 1, userId: ada.userId, changedPaths: { 'nodes/a': ['+'] } },
  ]);
  const next = await openRoom(workflowId, new Set());
  await Promise.all([next.compact(1), room.compact(1)]);
  const folded = await burstsSince(services.pool, workflowId, undefined);
  expect(folded).toMatchObject([{ fromSeq: 1, toSeq: 1, userId: ada.userId }]);
  expect(Object.keys(folded[0]?.changedAt['nodes/a'] ?? {})).toEqual(['+']);
  await expect(
    services.pool.query('update draft_change set user_id = null where workflow_id = $1', [
      workflowId,
    ]),
  ).rejects.toThrow('only grows');
});

test('timeline, names, blame, what publishing brings and restoring', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const [ada, ben] = [
    await addPerson(services, workspaceId, 'editor', 'Ada'),
    await addPerson(services, workspaceId, 'editor', 'Ben'),
  ];
  const params = { id: workflowId };
  const room = await openRoom(workflowId, new Set());
  const submit = async (editor: Editor, work: () => void) => {
    Y.applyUpdate(editor.doc, room.missingFor(Y.encodeStateVector(editor.doc)).update, 'remote');
    for (const update of updatesOf(editor.doc, work)) {
      expect(await room.submit(update, editor.person.userId)).toMatchObject({ ok: true });
    }
  };
  const a = await editorOf(room, workflowId, ada);
  const b = await editorOf(room, workflowId, ben);
  const draftOf = ({ doc }: Editor) => ({ doc, catalogue, origin: 'me' });
  const place = { x: 0, y: 0 };
  await submit(a, () =>
    addNode(draftOf(a), { id: 'n', type: 'agent', name: 'Ask', position: place }),
  );
  await room.compact(1, true);
  const named = await nameRevision(
    services,
    actorOf(ada),
    asked(params, {
      name: 'First',
      stateVector: Buffer.from(Y.encodeStateVector(a.doc)).toString('base64'),
    }),
  );
  await submit(b, () => textOf(draftOf(b), 'n', ['prompt'])?.insert(0, 'Say hello'));
  await submit(b, () => setField(draftOf(b), 'n', ['model'], { provider: 'x', model: 'y' }));
  await submit(a, () => moveNodes(draftOf(a), [{ id: 'n', position: { x: 80, y: 0 } }]));

  const timeline = await listHistory(services, actorOf(ada, 'viewer'), {
    params,
    query: page(),
    body: undefined,
  });
  expect(timeline.items.map((item) => item.kind)).toContain('created');
  const byBen = timeline.items.find(
    (item) => item.kind === 'changes' && item.author?.id === ben.userId,
  );
  expect(byBen).toMatchObject({
    author: { name: 'Ben' },
    elements: [{ id: 'n', name: 'Ask', fields: ['config.prompt', 'config.model'] }],
  });
  expect(timeline.items).toContainEqual(
    expect.objectContaining({ kind: 'revision', id: named.id, name: 'First' }),
  );
  const paged = [];
  let cursor: string | undefined;
  do {
    const next = await listHistory(services, actorOf(ada), {
      params,
      query: page(1, cursor),
      body: undefined,
    });
    paged.push(...next.items);
    cursor = next.nextCursor;
  } while (cursor !== undefined);
  expect(paged.map((item) => item.at)).toEqual(
    paged
      .map((item) => item.at)
      .sort()
      .reverse(),
  );
  expect(paged.filter((item) => item.kind !== 'changes')).toEqual(
    timeline.items.filter((item) => item.kind !== 'changes'),
  );

  const blame = await getBlame(services, actorOf(ada), asked({ ...params, nodeId: 'n' }));
  expect(blame.created.by?.name).toBe('Ada');
  expect(Object.entries(blame.fields).map(([field, { by }]) => [field, by?.name])).toEqual(
    expect.arrayContaining([
      ['config.prompt', 'Ben'],
      ['config.model', 'Ben'],
      ['position', 'Ada'],
    ]),
  );

  const definition = await services.drafts.read(workflowId);
  await publishDefinition(services, actorOf(ben), workflowId, definition, 'Go');
  const version = await getVersion(services, actorOf(ada), asked({ ...params, number: 1 }));
  expect(version.definition.nodes).toHaveLength(1);
  await submit(a, () => moveNodes(draftOf(a), [{ id: 'n', position: { x: 160, y: 0 } }]));
  // What went into a version, or into a state that was named, stays dated before it.
  const dated = await listHistory(services, actorOf(ada), {
    params,
    query: page(),
    body: undefined,
  });
  expect(
    dated.items.flatMap((item) =>
      item.kind === 'version' || (item.kind === 'changes' && item.author?.id === ada.userId)
        ? item.kind
        : [],
    ),
  ).toEqual(['changes', 'version', 'changes', 'changes']);
  const ahead = await getAhead(services, actorOf(ada), asked(params));
  expect(ahead.live?.number).toBe(1);
  expect(ahead.touchedBy).toEqual({ 'nodes/n': [ada.userId] });
  expect(ahead.people.map((person) => person.name)).toEqual(['Ada']);

  const restored = await beginRestore(
    services,
    actorOf(ada),
    asked(params, { from: { revisionId: named.id } }),
  );
  expect(restored.definition.nodes[0]?.config).toMatchObject({ prompt: '' });
  const renamed = asked({ ...params, revisionId: named.id }, { name: 'Second' });
  expect(await renameRevision(services, actorOf(ben), renamed)).toMatchObject({ name: 'Second' });
  const target = asked({ ...params, revisionId: named.id });
  expect((await getRevision(services, actorOf(ben), target)).name).toBe('Second');
  await deleteRevision(services, actorOf(ben), target);
  await expect(getRevision(services, actorOf(ben), target)).rejects.toThrow(
    'revision does not exist',
  );
  const lines = await listActivity(services, actorOf(ada, 'admin'), {
    params,
    query: page(),
    body: undefined,
  });
  expect(lines.items.map((line) => [line.action, line.by?.name])).toEqual([
    ['workflow.revision_deleted', 'Ben'],
    ['workflow.revision_named', 'Ben'],
    ['workflow.restored', 'Ada'],
    ['workflow.published', 'Ben'],
    ['workflow.revision_named', 'Ada'],
  ]);
  for (const statement of [
    'update audit set detail = $$1$$',
    'delete from audit',
    'truncate audit',
  ]) {
    await expect(services.pool.query(statement)).rejects.toThrow('only grows');
  }
});

test('a state is kept when everybody left, not twice for the same', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const ada = await addPerson(services, workspaceId, 'editor', 'Ada');
  const kept = async () =>
    (
      await services.pool.query<{ nodes: number; authors: string[] }>(
        `select jsonb_array_length(definition -> 'nodes') as nodes, authors from draft_revision
         where workflow_id = $1 order by created_at`,
        [workflowId],
      )
    ).rows;
  const add = (id: string) =>
    services.drafts.edit(workflowId, { userId: ada.userId }, (draft) =>
      addNode(draft, { id, type: 'agent', name: 'N', position: { x: 0, y: 0 } }),
    );
  await add('a');
  const rooms = new Set<Room>();
  const first = await openRoom(workflowId, rooms);
  await first.compact(1, true);
  expect(await kept()).toEqual([{ nodes: 1, authors: [ada.userId] }]);
  await services.pool.query(
    `update draft_revision set created_at = created_at - interval '2 minutes' where workflow_id = $1`,
    [workflowId],
  );
  await add('b');
  await services.drafts.edit(workflowId, { userId: ada.userId }, ({ doc }) =>
    draftParts(doc).nodes.delete('b'),
  );
  await first.catchUp();
  await first.compact(1, true);
  expect(await kept()).toHaveLength(1);
  await add('c');
  await first.catchUp();
  await first.compact(1, true);
  expect(await kept()).toMatchObject([{ nodes: 1 }, { nodes: 2, authors: [ada.userId] }]);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { addNode } from '@/lib/workflows/edits/edits';
import { createServices } from '@/server/compose';
import { Room } from '@/server/realtime/room/room';
import { addPerson, addWorkflow, addWorkspace } from '@/server/realtime/testing/fixture';
import { updatesOf } from '@/server/realtime/testing/updates';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { listHistory } from './list-history';
import { nameRevision } from './revisions';

let services: Services;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await addWorkspace(services);
});
afterAll(() => services?.close());

test('edits that nobody typed tell in the timeline where they came from', async () => {
  const workflowId = await addWorkflow(services, workspaceId);
  const ada = await addPerson(services, workspaceId, 'editor', 'Ada');
  const ben = await addPerson(services, workspaceId, 'editor', 'Ben');
  const params = { id: workflowId };
  const actor = { ...ada, email: 'ada@example.com', workspaceId, role: 'editor' as const };
  const nothing = () => undefined;
  const talk = { relay: nothing, announce: nothing, gone: nothing, warn: nothing };
  const rest = { notice: nothing, relayLocks: nothing };
  const room = await Room.open({ workflowId, store: services.drafts, ...talk, ...rest });
  if (!room) throw new Error('there is no such draft');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, room.missingFor(undefined).update, 'remote');
  doc.clientID = await services.drafts.issueClientId(workflowId, ada.userId);
  const draft = { doc, catalogue, origin: 'me' };
  const position = { x: 0, y: 0 };
  const named = await nameRevision(services, actor, { params, query: {}, body: { name: 'Empty' } });
  const suggestionId = randomUUID();
  await services.pool.query(
    `insert into suggestion (id, workspace_id, workflow_id, title, author_id, update)
     values ($1, $2, $3, 'Shorter', $4, '')`,
    [suggestionId, workspaceId, workflowId, ben.userId],
  );
  const origins = [
    undefined,
    `suggestion:${suggestionId}`,
    'restore:v3',
    `restore:${named.id}`,
    `suggestion:${randomUUID()}`,
  ] as const;
  for (const [i, origin] of origins.entries()) {
    const made = updatesOf(doc, () =>
      addNode(draft, { id: `n${i}`, type: 'agent', name: 'Ask', position }),
    );
    for (const update of made) {
      expect(await room.submit(update, ada.userId, origin)).toMatchObject({ ok: true });
    }
    // What is folded says the same as what is not.
    if (i === 2) await room.compact(1);
  }
  const { items } = await listHistory(services, actor, {
    params,
    query: { limit: 100 },
    body: undefined,
  });
  const changes = items.filter((item) => item.kind === 'changes');
  const told = changes.map(({ origin, from }) => ({ origin, from }));
  expect(told.reverse()).toEqual([
    { origin: 'person', from: undefined },
    {
      origin: 'suggestion',
      from: {
        kind: 'suggestion',
        id: suggestionId,
        title: 'Shorter',
        author: { id: ben.userId, name: 'Ben' },
      },
    },
    { origin: 'restore', from: { kind: 'version', number: 3 } },
    { origin: 'restore', from: { kind: 'revision', id: named.id, name: 'Empty' } },
    { origin: 'suggestion', from: undefined },
  ]);
});

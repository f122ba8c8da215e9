import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { productAuthor, type ServerMessages } from '@/lib/realtime/messages';
import { type Draft, draftParts, entryOf, readDraft, writeEdge } from '@/lib/workflows/draft/draft';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { type Editor, openEditor } from '../testing/client';
import { addPerson, addWorkflow, addWorkspace, emptyDefinition } from '../testing/fixture';
import { type RealtimeProcess, startRealtime } from '../testing/server';

let services: Services;
let server: RealtimeProcess;
let sibling: RealtimeProcess;

beforeAll(async () => {
  const environment = await testEnvironment();
  services = await createServices(withSecrets(loadConfig(environment)), 'test');
  [server, sibling] = await Promise.all([startRealtime(environment), startRealtime(environment)]);
});
afterAll(async () => {
  await Promise.all([server?.kill(), sibling?.kill()]);
  await services?.close();
});

const join = (doc: Y.Doc, id: string, source: string, target: string) => {
  const { edges } = draftParts(doc);
  const draft: Draft = { doc, catalogue, origin: 'test' };
  draft.doc.transact(() => {
    writeEdge(entryOf(edges, id), { id, source, sourcePort: 'out', target, targetPort: 'in' });
  }, draft.origin);
};

test('a circle that two processes let in is opened by one visible edit of the product, for everybody alike', async () => {
  const workspaceId = await addWorkspace(services);
  const workflowId = await addWorkflow(services, workspaceId, {
    ...emptyDefinition,
    nodes: ['A', 'B'].map((name) => ({
      ...{ id: name.toLowerCase(), key: name.toLowerCase(), type: 'transform', name },
      ...{ position: { x: 0, y: 0 }, config: {} },
    })),
  });
  const person = await addPerson(services, workspaceId, 'editor');
  const editors: Editor[] = [];
  const notices: ServerMessages['draft.notice'][] = [];
  const authors: string[] = [];
  for (const { url } of [server, sibling]) {
    const editor = await openEditor(url, person.cookie, workflowId);
    editor.socket.on('draft.notice', (notice) => notices.push(notice));
    editor.socket.on('draft.updates', ({ by = [] }: ServerMessages['draft.updates']) => {
      authors.push(...by);
    });
    editors.push(editor);
  }
  const [a, b] = editors;
  if (!a || !b) throw new Error('there are no editors');
  join(a.doc, 'e1', 'a', 'b');
  join(b.doc, 'e2', 'b', 'a');
  const answers = await Promise.all([...a.answers, ...b.answers]);
  expect(answers.every((answer) => answer.ok)).toBe(true);
  const edges = (doc: Y.Doc) => readDraft(doc, catalogue).edges.map(({ id }) => id);
  await expect.poll(() => [edges(a.doc), edges(b.doc)]).toEqual([['e1'], ['e1']]);
  const text = 'Two edits together created a cycle: the wire "B → A" was removed.';
  await expect.poll(() => notices.length).toBeGreaterThanOrEqual(2);
  for (const notice of notices) expect(notice).toEqual({ workflowId, text, nodeIds: ['b', 'a'] });
  expect(authors).toContain(productAuthor);
  expect(edges(await docOf(workflowId))).toEqual(['e1']);
  const rows = await services.pool.query(
    "select user_id from draft_update where workflow_id = $1 and origin = 'repair'",
    [workflowId],
  );
  expect(rows.rows.length).toBeGreaterThan(0);
  expect(rows.rows.every((row) => row.user_id === null)).toBe(true);
  for (const { socket } of editors) socket.close();
});

const docOf = (workflowId: string) => services.drafts.copy(workflowId);

import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Draft, draftParts, readDraft, writeDraft } from '../draft/draft';
import { catalogue, definition, draft, edge, node, updatesOf } from '../testing/draft-fixture';
import {
  addNode,
  connect,
  removeElements,
  renameNode,
  setField,
  setMeta,
  setPolicy,
} from './edits';
import { insertElements } from './insert-elements';

const ids = ['a', 'b', 'c', 'd', 'e'];

test('renaming a step rewrites what names it, and only that', () => {
  const target = draft();
  const prompt =
    'Use {{ steps.fetch.output.rows }} but not steps.fetch or {{ steps.fetched.output }}';
  writeDraft(
    target,
    definition({
      nodes: [
        { ...node('1', { prompt: 'x' }), key: 'fetch', name: 'Fetch' },
        { ...node('2', { prompt }), key: 'fetched', name: 'Fetched' },
        node(
          's',
          { cases: [{ id: 'c', when: 'steps["fetch"].output.n > size(steps.fetch.output)' }] },
          'switch',
        ),
      ],
    }),
  );
  renameNode(target, '1', 'Load data');
  const [first, second, third] = readDraft(target.doc, catalogue).nodes;
  expect(first).toMatchObject({ name: 'Load data', key: 'load_data' });
  expect(second?.config.prompt).toBe(
    'Use {{ steps.load_data.output.rows }} but not steps.fetch or {{ steps.fetched.output }}',
  );
  expect(third?.config.cases).toMatchObject([
    { when: 'steps["load_data"].output.n > size(steps.load_data.output)' },
  ]);
});

test('a key that somebody chose stays when the name changes; a taken key gets a number', () => {
  const target = draft();
  const position = { x: 0, y: 0 };
  expect(addNode(target, { id: '1', type: 'agent', name: 'Clean data', position })).toBe(
    'clean_data',
  );
  expect(addNode(target, { id: '2', type: 'agent', name: 'Clean data', position })).toBe(
    'clean_data_2',
  );
  expect(addNode(target, { id: '3', type: 'agent', name: '1. Größe', position, key: 'mine' })).toBe(
    'mine',
  );
  renameNode(target, '3', 'Other');
  renameNode(target, '2', 'Dirty');
  expect(readDraft(target.doc, catalogue).nodes.map((each) => each.key)).toEqual([
    'clean_data',
    'dirty',
    'mine',
  ]);
});

test('copies get new ids and keys, and point at each other', () => {
  const target = draft();
  writeDraft(
    target,
    definition({
      nodes: [
        node('a', { prompt: 'x' }),
        node('b', { prompt: '{{ steps.a.output }} {{ steps.z.output }}' }),
      ],
      edges: [edge('e', 'a', 'b')],
    }),
  );
  let made = 0;
  const copied = insertElements(target, readDraft(target.doc, catalogue), {
    newId: () => `new${++made}`,
    offset: { x: 10, y: 10 },
  });
  const read = readDraft(target.doc, catalogue);
  expect(copied?.nodes).toEqual(['new1', 'new2']);
  expect(read.nodes[3]).toMatchObject({
    key: 'b_2',
    position: { x: 11, y: 12 },
    config: { prompt: '{{ steps.a_2.output }} {{ steps.z.output }}' },
  });
  expect(read.nodes[1]?.config.prompt).toContain('steps.a.output');
  expect(read.edges[1]).toMatchObject({ source: 'new1', target: 'new2' });
});

test('connections that make no sense are refused', () => {
  const target = draft();
  writeDraft(target, definition({ nodes: ids.map((id) => node(id, { prompt: '' })) }));
  expect(connect(target, edge('1', 'a', 'b'))).toBe(true);
  expect(connect(target, edge('2', 'b', 'c'))).toBe(true);
  expect(connect(target, edge('3', 'a', 'b'))).toBe(false);
  expect(connect(target, edge('4', 'c', 'a'))).toBe(false);
  expect(connect(target, edge('5', 'a', 'a'))).toBe(false);
  expect(connect(target, edge('6', 'a', 'gone'))).toBe(false);
  removeElements(target, { nodes: ['b'] });
  expect(draftParts(target.doc).edges.size).toBe(0);
});

test('each edit is one transaction, and a read-only draft takes none', () => {
  const target = draft();
  const position = { x: 0, y: 0 };
  expect(
    updatesOf(target, () => addNode(target, { id: 'a', type: 'agent', name: 'A', position })),
  ).toBe(1);
  expect(updatesOf(target, () => removeElements(target, { nodes: ['a'] }))).toBe(1);
  const closed: Draft = { ...target, readOnly: () => true };
  const before = Y.encodeStateAsUpdate(target.doc);
  addNode(closed, { id: 'b', type: 'agent', name: 'B', position });
  setMeta(closed, { name: 'Other' });
  setPolicy(closed, 'a', { timeoutMs: 1_000 });
  expect(Y.encodeStateAsUpdate(target.doc)).toEqual(before);
});

test('undo takes back what this person did, and nothing of the others', () => {
  const mine = draft();
  const undo = new Y.UndoManager(Object.values(draftParts(mine.doc)), {
    trackedOrigins: new Set(['me']),
    captureTimeout: 0,
  });
  addNode(mine, { id: 'a', type: 'agent', name: 'A', position: { x: 0, y: 0 } });
  const theirs = draft();
  Y.applyUpdate(theirs.doc, Y.encodeStateAsUpdate(mine.doc), 'remote');
  setField({ ...theirs, origin: 'them' }, 'a', ['prompt'], 'theirs');
  addNode(
    { ...theirs, origin: 'them' },
    { id: 'b', type: 'agent', name: 'B', position: { x: 0, y: 0 } },
  );
  setField(mine, 'a', ['system'], 'mine');
  Y.applyUpdate(mine.doc, Y.encodeStateAsUpdate(theirs.doc), 'remote');
  undo.undo();
  expect(readDraft(mine.doc, catalogue).nodes.map((each) => each.config)).toMatchObject([
    { prompt: 'theirs' },
    {},
  ]);
  expect(readDraft(mine.doc, catalogue).nodes[0]?.config.system).toBeUndefined();
  undo.undo();
  expect(readDraft(mine.doc, catalogue).nodes.map((each) => each.id)).toEqual(['b']);
  undo.redo();
  expect(readDraft(mine.doc, catalogue).nodes.map((each) => each.id)).toEqual(['a', 'b']);
});

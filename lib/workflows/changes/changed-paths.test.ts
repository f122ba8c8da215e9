import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { draftParts, writeDraft } from '../draft/draft';
import {
  addNode,
  addRow,
  moveNodes,
  removeElements,
  renameNode,
  setField,
  setMeta,
} from '../edits/edits';
import { definition, draft, edge, node } from '../testing/draft-fixture';
import { type ChangedPaths, changedPathsOf } from './changed-paths';

/** What each transaction of some work touched, in this document and, by its updates, in a fresh one. */
function touchedIn(doc: Y.Doc, work: () => void): ChangedPaths[] {
  const replica = new Y.Doc();
  draftParts(replica);
  Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc));
  const [here, there, updates]: [ChangedPaths[], ChangedPaths[], Uint8Array[]] = [[], [], []];
  const onHere = (transaction: Y.Transaction) => here.push(changedPathsOf(transaction));
  const onUpdate = (update: Uint8Array) => updates.push(update);
  doc.on('afterTransaction', onHere);
  doc.on('update', onUpdate);
  work();
  doc.off('afterTransaction', onHere);
  doc.off('update', onUpdate);
  replica.on('afterTransaction', (transaction) => there.push(changedPathsOf(transaction)));
  for (const update of updates) Y.applyUpdate(replica, update);
  const some = (list: ChangedPaths[]) => list.filter((each) => Object.keys(each).length > 0);
  expect(some(there)).toEqual(some(here));
  return some(here);
}

const filled = () => {
  const made = draft();
  writeDraft(
    made,
    definition({
      nodes: [
        node('a', { prompt: 'Hello there' }),
        node('s', { cases: [{ id: 'r1', label: 'One', when: 'true' }] }, 'switch'),
      ],
      edges: [edge('e', 'a', 's')],
      notes: [{ id: 'n', text: 'Hi', position: { x: 0, y: 0 }, width: 240, height: 160 }],
    }),
  );
  return made;
};

test('names elements and fields as the diff does', () => {
  const made = filled();
  const place = { x: 9, y: 9 };
  const steps: [() => unknown, ChangedPaths][] = [
    [
      () => addNode(made, { id: 'b', type: 'agent', name: 'B', position: place }),
      { 'nodes/b': ['+'] },
    ],
    [() => moveNodes(made, [{ id: 'a', position: place }]), { 'nodes/a': ['position'] }],
    [() => setField(made, 'a', ['prompt'], 'Hello you there'), { 'nodes/a': ['config.prompt'] }],
    [() => setField(made, 'a', ['limit'], 3), { 'nodes/a': ['config.limit'] }],
    [() => addRow(made, 's', 'cases', { id: 'r2' }), { 'nodes/s': ['config.cases'] }],
    [
      () => setField(made, 's', ['cases', 'r1', 'when'], 'false'),
      { 'nodes/s': ['config.cases.r1.when'] },
    ],
    [() => setMeta(made, { name: 'New' }), { meta: ['name'] }],
    [() => setMeta(made, { description: 'Long' }), { meta: ['description'] }],
    [() => renameNode(made, 'b', 'Better'), { 'nodes/b': ['name', 'key'] }],
    [() => removeElements(made, { nodes: ['b'] }), { 'nodes/b': ['-Better'] }],
    [() => removeElements(made, { nodes: ['a'] }), { 'edges/e': ['-'], 'nodes/a': ['-a'] }],
  ];
  for (const [step, expected] of steps) expect(touchedIn(made.doc, step)).toEqual([expected]);
});

test('a note is one of text, position and size', () => {
  const made = filled();
  const entry = draftParts(made.doc).notes.get('n') as Y.Map<unknown>;
  expect(touchedIn(made.doc, () => (entry.get('text') as Y.Text).insert(0, 'Oh. '))).toEqual([
    { 'notes/n': ['text'] },
  ]);
  expect(
    touchedIn(made.doc, () =>
      made.doc.transact(() => {
        entry.set('x', 5);
        entry.set('width', 300);
      }),
    ),
  ).toEqual([{ 'notes/n': ['position', 'size'] }]);
});

test('who lost against a concurrent value touched nothing', () => {
  const made = filled();
  const [first, second] = [new Y.Doc(), new Y.Doc()];
  for (const doc of [first, second]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(made.doc));
  first.clientID = 1;
  second.clientID = 2;
  const edits = [first, second].map((doc) => {
    const vector = Y.encodeStateVector(doc);
    renameNode(draft(doc), 'a', `By ${doc.clientID}`);
    return Y.encodeStateAsUpdate(doc, vector);
  });
  const inOrder = (updates: Uint8Array[]) => {
    const doc = new Y.Doc();
    draftParts(doc);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(made.doc));
    const seen: ChangedPaths[] = [];
    doc.on('afterTransaction', (transaction) => seen.push(changedPathsOf(transaction)));
    for (const update of updates) Y.applyUpdate(doc, update);
    return seen;
  };
  const renamed = { 'nodes/a': ['name', 'key'] };
  expect(inOrder(edits)).toEqual([renamed, renamed]);
  expect(inOrder([...edits].reverse())).toEqual([renamed, {}]);
});

test('undoing a removal brings the element back', () => {
  const made = filled();
  const undo = new Y.UndoManager(Object.values(draftParts(made.doc)), {
    trackedOrigins: new Set(['me']),
  });
  removeElements(made, { nodes: ['s'] });
  expect(touchedIn(made.doc, () => undo.undo())).toEqual([{ 'nodes/s': ['+'], 'edges/e': ['+'] }]);
});

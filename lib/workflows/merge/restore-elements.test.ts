import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Draft, readDraft, writeDraft } from '../draft/draft';
import { removeElements } from '../edits/edits';
import { definitionSchema } from '../schema';
import { restoreElements } from './restore-elements';

const node = (id: string) => ({ id, key: id, type: 'x', name: id, position: { x: 0, y: 0 } });
const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, target });

function draftOf(): Draft {
  const draft = { doc: new Y.Doc(), catalogue: {}, origin: {} };
  const nodes = [node('a'), { ...node('b'), config: { text: 'as it was' } }, node('c')];
  const edges = [edge('a', 'b'), edge('b', 'c')];
  writeDraft(draft, definitionSchema.parse({ name: 'W', nodes, edges }));
  return draft;
}

test('a removed step comes back as it was, with its connections', () => {
  const draft = draftOf();
  const before = readDraft(draft.doc, {});
  removeElements(draft, { nodes: ['b'] });
  const removed = { nodes: [before.nodes[1] as never], edges: before.edges };
  expect(restoreElements(draft, removed)).toEqual(['b']);
  const after = readDraft(draft.doc, {});
  expect(after.nodes.find(({ id }) => id === 'b')).toEqual(before.nodes[1]);
  expect(after.edges).toHaveLength(2);
  expect(restoreElements(draft, removed)).toEqual([]);
});

test('a connection whose other end is gone stays away', () => {
  const draft = draftOf();
  const before = readDraft(draft.doc, {});
  removeElements(draft, { nodes: ['b', 'c'] });
  restoreElements(draft, { nodes: [before.nodes[1] as never], edges: before.edges });
  expect(readDraft(draft.doc, {}).edges.map(({ id }) => id)).toEqual(['a-b']);
});

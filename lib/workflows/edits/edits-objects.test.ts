import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { draftParts, readDraft, writeDraft } from '../draft/draft';
import { workflowLimits } from '../schema';
import { catalogue, definition, draft, edge, node, updatesOf } from '../testing/draft-fixture';
import { removeElements } from './edits';
import {
  addGroup,
  addNote,
  moveElements,
  pinOutput,
  removeGroups,
  resizeNote,
  setColor,
  setFixed,
} from './edits-objects';
import { insertElements } from './insert-elements';

const three = () => {
  const target = draft();
  writeDraft(target, definition({ nodes: ['a', 'b', 'c'].map((id) => node(id, { prompt: id })) }));
  return target;
};
const read = (target: ReturnType<typeof draft>) => readDraft(target.doc, catalogue);

test('a group takes its nodes out of others, and goes with its last node', () => {
  const target = three();
  addGroup(target, { id: 'g', name: 'Fetch' }, ['a', 'b']);
  expect(read(target).nodes.map((each) => each.group)).toEqual(['g', 'g', undefined]);
  expect(updatesOf(target, () => addGroup(target, { id: 'h', name: '' }, ['a', 'b']))).toBe(1);
  expect(read(target).groups?.map((group) => group.id)).toEqual(['h']);
  moveElements(target, { groups: new Map([['a', undefined]]) });
  expect(read(target).groups).toHaveLength(1);
  removeElements(target, { nodes: ['b'] });
  expect(read(target).groups).toBeUndefined();
  expect(draftParts(target.doc).groups.size).toBe(0);
});

test('ungrouping leaves the nodes', () => {
  const target = three();
  addGroup(target, { id: 'g', name: '' }, ['a', 'c']);
  removeGroups(target, ['g']);
  expect(read(target).nodes.map((each) => each.group)).toEqual([undefined, undefined, undefined]);
  expect(read(target).groups).toBeUndefined();
  expect(addGroup(target, { id: 'g', name: '' }, ['gone'])).toBe(false);
});

test('moving nodes, notes and groups at once is one step to undo', () => {
  const target = three();
  const undo = new Y.UndoManager(Object.values(draftParts(target.doc)), {
    trackedOrigins: new Set(['me']),
    captureTimeout: 0,
  });
  addNote(target, { id: 'n', text: '', position: { x: 0, y: 0 }, width: 240, height: 160 });
  addGroup(target, { id: 'g', name: '' }, ['a']);
  moveElements(target, {
    nodes: [{ id: 'b', position: { x: 10.4, y: 20 } }],
    notes: [{ id: 'n', position: { x: 5, y: 6 } }],
    groups: new Map([['b', 'g']]),
  });
  expect(read(target).nodes[1]).toMatchObject({ position: { x: 10, y: 20 }, group: 'g' });
  expect(read(target).notes?.[0]?.position).toEqual({ x: 5, y: 6 });
  undo.undo();
  expect(read(target).nodes[1]?.group).toBeUndefined();
  expect(read(target).notes?.[0]?.position).toEqual({ x: 0, y: 0 });
});

test('sizes, colours and pins keep to their limits', () => {
  const target = three();
  addNote(target, { id: 'n', text: 'x', position: { x: 0, y: 0 }, width: 240, height: 160 });
  resizeNote(target, 'n', { width: 1, height: 99_999 });
  expect(read(target).notes?.[0]).toMatchObject({ width: 80, height: 2_000 });
  setColor(target, { nodes: ['a'], notes: ['n'] }, 'blue');
  setFixed(target, ['a'], true);
  expect(read(target).nodes[0]).toMatchObject({ color: 'blue', fixed: true });
  setColor(target, { nodes: ['a'] }, undefined);
  expect(read(target).nodes[0]?.color).toBeUndefined();
  expect(pinOutput(target, 'a', { rows: [1] })).toBeUndefined();
  expect(read(target).nodes[0]?.pinnedOutput).toEqual({ rows: [1] });
  expect(pinOutput(target, 'a', 'x'.repeat(workflowLimits.pinnedOutput))).toContain('32,768');
  expect(pinOutput(target, 'a', undefined)).toBeUndefined();
  expect(read(target).nodes[0]?.pinnedOutput).toBeUndefined();
});

test('copies of groups and notes are new, and their nodes follow', () => {
  const target = three();
  addGroup(target, { id: 'g', name: 'Fetch', color: 'red' }, ['a', 'b']);
  addNote(target, { id: 'n', text: 'read', position: { x: 0, y: 0 }, width: 240, height: 160 });
  let made = 0;
  insertElements(target, read(target), { newId: () => `x${++made}`, offset: { x: 8, y: 8 } });
  const { nodes, groups, notes } = read(target);
  expect(groups?.[1]).toMatchObject({ name: 'Fetch', color: 'red' });
  expect(nodes.slice(3).map((each) => each.group)).toEqual([
    groups?.[1]?.id,
    groups?.[1]?.id,
    undefined,
  ]);
  expect(notes?.[1]).toMatchObject({ text: 'read', position: { x: 8, y: 8 } });
});

test('a thousand steps are inserted in updates that the server takes', () => {
  const target = draft();
  const undo = new Y.UndoManager(Object.values(draftParts(target.doc)), {
    trackedOrigins: new Set(['me']),
    captureTimeout: 60_000,
  });
  const sizes: number[] = [];
  target.doc.on('update', (update: Uint8Array) => sizes.push(update.byteLength));
  const nodes = Array.from({ length: 1_000 }, (_, i) =>
    node(`n${i}`, { prompt: `${'größer '.repeat(60)}{{ steps.n${(i + 1) % 1_000}.output }}` }),
  );
  const edges = nodes.slice(1).map(({ id }, i) => edge(`e${i}`, `n${i}`, id));
  let made = 0;
  const options = { newId: () => `copy-${++made}`, offset: { x: 0, y: 0 } };
  expect(insertElements(target, { nodes, edges }, options)?.nodes).toHaveLength(1_000);
  expect(sizes.length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBeLessThan(200_000);
  expect(read(target).edges).toHaveLength(999);
  expect(insertElements(target, { nodes: nodes.slice(0, 1), edges: [] }, options)).toBeUndefined();
  undo.undo();
  expect(read(target).nodes).toHaveLength(0);
});

import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { type Draft, draftParts, readDraft, writeDraft } from '../draft/draft';
import { addNode, connect, removeElements, renameNode } from '../edits/edits';
import { addGroup, moveElements, removeGroups } from '../edits/edits-objects';
import { findProblems } from '../problems/problems';
import type { Definition } from '../schema';
import { findRepairs, repairDraft, tellRepairs } from './repair';

const at = { x: 0, y: 0 };
const step = (id: string, name = `Step ${id}`) => ({
  ...{ id, key: `step_${id}`, type: 'transform', name, position: at, config: {} },
});
const base: Definition = {
  schema: 1,
  name: 'Mend',
  description: '',
  nodes: ['a', 'b', 'c', 'd', 'e'].map((id) => step(id)),
  edges: [],
};
const groupIn = (draft: Draft) => [...draftParts(draft.doc).groups.keys()][0];
const edge = (id: string, source: string, target: string) => ({
  ...{ id, source, sourcePort: 'out', target, targetPort: 'in' },
});

function replicas(definition: Definition): [Draft, Draft] {
  const first = new Y.Doc();
  writeDraft({ doc: first, catalogue, origin: 'test' }, definition);
  const second = new Y.Doc();
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
  const draftOf = (doc: Y.Doc): Draft => ({ doc, catalogue, origin: 'test' });
  return [draftOf(first), draftOf(second)];
}

function meet(a: Y.Doc, b: Y.Doc): void {
  const [from, to] = [Y.encodeStateVector(a), Y.encodeStateVector(b)];
  const [mine, theirs] = [Y.encodeStateAsUpdate(a, to), Y.encodeStateAsUpdate(b, from)];
  Y.applyUpdate(a, theirs);
  Y.applyUpdate(b, mine);
}

const broken = (doc: Y.Doc) =>
  findProblems(readDraft(doc, catalogue), catalogue).filter(({ code }) =>
    ['cycle', 'two_starts', 'duplicate_key', 'duplicate_id'].includes(code),
  );

test('a circle that two edits closed loses its latest connection, and says so', () => {
  const [a, b] = replicas(base);
  expect(connect(a, edge('e1', 'a', 'b'))).toBe(true);
  expect(connect(b, edge('e2', 'b', 'a'))).toBe(true);
  meet(a.doc, b.doc);
  const repairs = repairDraft(a);
  expect(repairs).toMatchObject([{ kind: 'circle', edge: { id: 'e2' } }]);
  expect(tellRepairs(a.doc, repairs)).toEqual({
    text: 'Two edits together created a cycle: the wire "Step b → Step a" was removed.',
    nodeIds: ['b', 'a'],
  });
  expect(readDraft(a.doc, catalogue).edges.map(({ id }) => id)).toEqual(['e1']);
});

test('what connects a removed step goes, also twice the same, and groups that are gone are forgotten', () => {
  const [a, b] = replicas(base);
  connect(a, edge('same1', 'a', 'b'));
  connect(b, edge('same2', 'a', 'b'));
  connect(a, edge('late', 'c', 'd'));
  removeElements(b, { nodes: ['d'] });
  meet(a.doc, b.doc);
  expect(repairDraft(a).map(({ kind }) => kind)).toEqual(['double', 'dangling']);
  expect([...draftParts(a.doc).edges.keys()]).toEqual(['same1']);
});

test('the later start is turned off, the later of two equal keys gets a number', () => {
  const [a, b] = replicas(base);
  addNode(a, { id: 's1', type: 'start', name: 'Start', position: at });
  addNode(b, { id: 's2', type: 'start', name: 'Start', position: at });
  meet(a.doc, b.doc);
  const repairs = repairDraft(a);
  expect(repairs).toMatchObject([
    { kind: 'start', nodeId: 's2' },
    { kind: 'key', nodeId: 's2', from: 'start', to: 'start_2' },
  ]);
  expect(tellRepairs(a.doc, repairs)?.text).toBe(
    'A workflow has only one start: "Start" was disabled. 1 more repair was made.',
  );
  expect(broken(a.doc)).toEqual([]);
});

test('whatever two people do at once: repaired, nothing is broken, all replicas agree, and repairing again does nothing', () => {
  let state = 7;
  const random = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * n);
  };
  const edit = (draft: Draft, name: string) => {
    const ids = [...draftParts(draft.doc).nodes.keys()];
    const some = ids[random(ids.length)] ?? 'a';
    const other = ids[random(ids.length)] ?? 'b';
    const edits = [
      () => connect(draft, edge(name, some, other)),
      () => connect(draft, edge(name, some, other)),
      () => connect(draft, edge(name, other, some)),
      () => addNode(draft, { id: name, type: 'transform', name: 'Step', position: at }),
      () => addNode(draft, { id: name, type: 'start', name: 'Start', position: at }),
      () => ids.length > 3 && removeElements(draft, { nodes: [some] }),
      () => renameNode(draft, some, ['Ada', 'Ben', 'Step'][random(3)] ?? 'Ada'),
      () => addGroup(draft, { id: name, name }, [some, other]),
      () => moveElements(draft, { groups: new Map([[some, groupIn(draft)]]) }),
      () => removeGroups(draft, [...draftParts(draft.doc).groups.keys()].slice(0, 1)),
    ];
    edits[random(edits.length)]?.();
  };
  const rounds = 2_000;
  const kinds: Record<string, number> = {};
  for (let round = 0; round < rounds; round += 1) {
    const [a, b] = replicas(base);
    for (let i = random(4); i >= 0; i -= 1) edit(a, `p${round}_${i}`);
    meet(a.doc, b.doc);
    for (let i = 1 + random(6); i > 0; i -= 1) edit(a, `a${round}_${i}`);
    for (let i = 1 + random(6); i > 0; i -= 1) edit(b, `b${round}_${i}`);
    meet(a.doc, b.doc);
    const repairs = repairDraft(a);
    for (const { kind } of repairs) kinds[kind] = (kinds[kind] ?? 0) + 1;
    // Two processes may repair the same at once.
    expect(repairDraft(b)).toEqual(repairs);
    expect(findRepairs(a.doc, catalogue)).toEqual([]);
    expect(broken(a.doc)).toEqual([]);
    meet(a.doc, b.doc);
    expect(readDraft(a.doc, catalogue)).toEqual(readDraft(b.doc, catalogue));
    expect(findRepairs(b.doc, catalogue)).toEqual([]);
    const before = Y.encodeStateVector(a.doc);
    expect(repairDraft(a)).toEqual([]);
    expect(Y.encodeStateVector(a.doc)).toEqual(before);
  }
  expect(Object.keys(kinds).sort()).toEqual([
    'circle',
    'dangling',
    'double',
    'group',
    'key',
    'start',
  ]);
});

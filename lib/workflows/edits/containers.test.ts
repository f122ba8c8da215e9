import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { exportWorkflow } from '../definition/export';
import { importWorkflow } from '../definition/import';
import { type Draft, readDraft, writeDraft } from '../draft/draft';
import { layoutWorkflow } from '../layout';
import { repairDraft } from '../repair/repair';
import { type Definition, definitionSchema } from '../schema';
import { connect, connectionProblem, removeElements } from './edits';
import { moveElements } from './edits-objects';
import { insertElements } from './insert-elements';

const node = (id: string, type: string, group?: string) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 } },
  config: type === 'map' ? { items: 'input' } : { expression: 'item', fields: [] },
  ...(group ? { group } : {}),
});
const definition: Definition = definitionSchema.parse({
  name: 'Containers',
  nodes: [
    node('outer', 'map'),
    node('inner', 'map', 'outer'),
    node('a', 'transform', 'inner'),
    node('b', 'transform', 'inner'),
    node('after', 'transform'),
  ],
  edges: [
    { id: 'e1', source: 'outer', target: 'after' },
    { id: 'e2', source: 'a', target: 'b' },
  ],
});
const edge = (source: string, target: string) => ({
  ...{ id: `${source}-${target}`, source, sourcePort: 'out', target, targetPort: 'in' },
});

function draft(): Draft {
  const made: Draft = { doc: new Y.Doc(), catalogue, origin: 'test' };
  writeDraft(made, definition);
  return made;
}
const groups = (made: Draft) =>
  Object.fromEntries(readDraft(made.doc, catalogue).nodes.map(({ id, group }) => [id, group]));

test('what stands inside keeps its place when it is read, repaired, exported and imported', () => {
  const made = draft();
  expect(repairDraft(made)).toEqual([]);
  expect(readDraft(made.doc, catalogue).nodes).toEqual(definition.nodes);
  const file = importWorkflow(exportWorkflow(definition, 'json'), catalogue);
  expect(file).toMatchObject({ ok: true, definition: { nodes: definition.nodes } });
});

test('it goes with its container, and comes out of one that somebody else removed', () => {
  const made = draft();
  removeElements(made, { nodes: ['outer'] });
  expect(Object.keys(groups(made))).toEqual(['after']);
  const [one, two] = [draft(), draft()];
  Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc));
  Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
  removeElements(one, { nodes: ['inner'] });
  moveElements(two, { groups: new Map([['after', 'inner']]) });
  Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
  expect(repairDraft(one)).toEqual([{ kind: 'group', nodeId: 'after' }]);
});

test('no connection leads in or out', () => {
  const made = draft();
  expect(connect(made, edge('a', 'after'))).toBe(false);
  expect(connectionProblem(made, edge('a', 'after'))).toContain('out of “inner”');
  expect(connectionProblem(made, edge('after', 'a'))).toBe('A wire cannot lead into “inner”.');
  expect(connectionProblem(made, edge('inner', 'a'))).toContain('into “inner”');
  moveElements(made, { groups: new Map([['after', 'inner']]) });
  expect(connect(made, edge('b', 'after'))).toBe(true);
});

test('copies stand inside the copy of their container, or where they are told to', () => {
  const made = draft();
  let count = 0;
  const options = { newId: () => `n${++count}`, offset: { x: 8, y: 8 } };
  const whole = definition.nodes.slice(0, 4);
  const copied = insertElements(made, { nodes: whole, edges: [] }, options)?.nodes ?? [];
  expect(copied.map((id) => groups(made)[id])).toEqual([
    undefined,
    copied[0],
    copied[1],
    copied[1],
  ]);
  const inside = ({ group }: { group?: string | undefined }) => group;
  const [alone = ''] =
    insertElements(made, { nodes: whole.slice(2, 3), edges: [] }, { ...options, inside })?.nodes ??
    [];
  expect(groups(made)[alone]).toBe('inner');
});

test('a layout puts what stands inside below the card, and the next step clear of its frame', () => {
  const places = layoutWorkflow(definition, catalogue);
  const at = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  expect(at('inner').y).toBeGreaterThan(at('outer').y + 64);
  expect(at('a').y).toBeGreaterThan(at('inner').y + 64);
  expect(at('a').x).toBeGreaterThan(at('outer').x);
  expect(at('b').x).toBeGreaterThan(at('a').x + 224);
  expect(at('after').x).toBeGreaterThan(at('b').x + 224);
});

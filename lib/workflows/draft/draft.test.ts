import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addNode,
  addRow,
  connect,
  moveNodes,
  removeElements,
  removeRow,
  renameNode,
  setField,
  textOf,
} from '../edits/edits';
import { insertElements } from '../edits/insert-elements';
import { type Definition, definitionSchema } from '../schema';
import { catalogue, definition, draft, edge, node, updatesOf } from '../testing/draft-fixture';
import { type Draft, draftParts, readDraft, writeDraft } from './draft';

const ids = ['a', 'b', 'c', 'd', 'e'];
const text = fc.string({ unit: fc.constantFrom('x', 'y', ' ', '😀', '\n'), maxLength: 12 });
const agentNode = fc
  .record(
    { prompt: text, limit: fc.integer(), format: text },
    { requiredKeys: ['prompt', 'format'] },
  )
  .map((config) => ({ type: 'agent', config }));
const switchNode = fc
  .uniqueArray(fc.record({ id: fc.constantFrom(...ids), label: text, when: text }), {
    selector: (row) => row.id,
  })
  .map((cases) => ({ type: 'switch', config: { cases } }));
const unknownNode = fc
  .dictionary(fc.constantFrom('one', 'two'), fc.jsonValue({ maxDepth: 3 }).filter(isFaithful))
  .map((config) => ({ type: 'unknown', config }));
/** JSON has no -0; names that would reach a prototype are refused before anything is written (`lib/api/json/check-json.ts`). */
function isFaithful(value: unknown): boolean {
  return (
    !JSON.stringify([value], (_, v) => (Object.is(v, -0) ? '-0!' : v)).includes('-0!') &&
    !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value))
  );
}
const definitions: fc.Arbitrary<Definition> = fc
  .record({
    name: fc.constantFrom('One', 'Two'),
    description: text,
    nodes: fc.uniqueArray(
      fc.tuple(
        fc.constantFrom(...ids),
        fc.oneof(agentNode, switchNode, unknownNode),
        fc.integer(),
        fc.boolean(),
      ),
      { selector: ([id]) => id },
    ),
    links: fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids))),
  })
  .map(({ name, description, nodes, links }) => {
    const there = new Set(nodes.map(([id]) => id));
    const pairs = new Set(
      links.filter(([s, t]) => there.has(s) && there.has(t)).map(([s, t]) => `${s} ${t}`),
    );
    return definition({
      name,
      description,
      nodes: nodes.map(([id, { type, config }, x, disabled]) => ({
        ...node(id, config as Definition['nodes'][number]['config'], type),
        position: { x, y: -x || 0 },
        ...(disabled ? { disabled } : {}),
      })),
      edges: [...pairs].map((pair) => {
        const [source = '', target = ''] = pair.split(' ');
        return edge(`${source}_${target}`, source, target);
      }),
    });
  });

test('what is written is read back, over whatever stood there before, in the same order', () => {
  fc.assert(
    fc.property(fc.array(definitions, { minLength: 1, maxLength: 4 }), (versions) => {
      const target = draft();
      for (const version of versions) {
        expect(definitionSchema.parse(version)).toEqual(version);
        writeDraft(target, version);
        expect(readDraft(target.doc, catalogue)).toEqual(version);
      }
      const again = updatesOf(target, () => writeDraft(target, versions.at(-1) ?? definition()));
      expect(again).toBe(0);
    }),
    { numRuns: 200 },
  );
});

type Step = { who: number; what: number; id: string; other: string; text: string; at: number };
const steps = fc.array(
  fc.record({
    who: fc.nat(1),
    what: fc.nat(9),
    id: fc.constantFrom(...ids),
    other: fc.constantFrom(...ids),
    text,
    at: fc.nat(20),
  }),
  { minLength: 1, maxLength: 60 },
);

function perform(target: Draft, step: Step, fresh: string): void {
  const { id, other } = step;
  const position = { x: step.at, y: step.at };
  const actions = [
    () => addNode(target, { id, type: step.at % 2 ? 'agent' : 'switch', name: 'N', position }),
    () => moveNodes(target, [{ id, position }]),
    () => removeElements(target, { nodes: [id] }),
    () => connect(target, edge(fresh, id, other)),
    () => setField(target, id, ['prompt'], step.text),
    () => textOf(target, id, ['prompt'])?.insert(0, 'typed'),
    () => addRow(target, id, 'cases', { id: fresh, when: step.text }),
    () => removeRow(target, id, 'cases', fresh),
    () => renameNode(target, id, `Name ${step.at}`),
    () =>
      insertElements(target, readDraft(target.doc, catalogue), {
        newId: () => `${fresh}_${draftParts(target.doc).nodes.size}`,
        offset: position,
      }),
  ];
  actions[step.what]?.();
}

test('two people who edit at random, in step or apart, end with one definition of the right shape', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat(4)), (all, syncs) => {
      const people = [draft(), draft()] as const;
      const sync = () => {
        const [a, b] = people;
        Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc, Y.encodeStateVector(a.doc)));
        Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc, Y.encodeStateVector(b.doc)));
      };
      all.forEach((step, i) => {
        const person = people[step.who];
        // Copies of copies grow without end otherwise.
        const full = person && draftParts(person.doc).nodes.size > 30;
        if (person && !(step.what === 9 && full)) perform(person, step, `n${i}`);
        if (syncs[i] === 0) sync();
      });
      sync();
      const read = readDraft(people[0].doc, catalogue);
      expect(readDraft(people[1].doc, catalogue)).toEqual(read);
      expect(definitionSchema.parse(read)).toEqual(read);
    }),
    { numRuns: 500 },
  );
});

test('replacing a draft keeps the shared texts that stay, and edits those that change', () => {
  const target = draft();
  writeDraft(
    target,
    definition({ nodes: [node('a', { prompt: 'one two three' }), node('b', { prompt: 'same' })] }),
  );
  const a = textOf(target, 'a', ['prompt']);
  const b = textOf(target, 'b', ['prompt']);
  const caret = Y.createRelativePositionFromTypeIndex(a as Y.Text, 8);
  writeDraft(
    target,
    definition({
      nodes: [node('b', { prompt: 'same' }), node('a', { prompt: 'one 2 two three' })],
    }),
  );
  expect(textOf(target, 'a', ['prompt'])).toBe(a);
  expect(textOf(target, 'b', ['prompt'])).toBe(b);
  expect(Y.createAbsolutePositionFromRelativePosition(caret, target.doc)?.index).toBe(10);
});

test('two who begin to type into the same new field at once share one text', () => {
  const one = draft();
  addNode(one, { id: 'a', type: 'agent', name: 'Agent', position: { x: 0, y: 0 } });
  const two = draft();
  Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc));
  textOf(one, 'a', ['system'])?.insert(0, 'first');
  textOf(two, 'a', ['system'])?.insert(0, 'second');
  Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
  const system = String(readDraft(one.doc, catalogue).nodes[0]?.config.system);
  expect([system.includes('first'), system.includes('second')]).toEqual([true, true]);
});

test('an empty optional text reads as absent, a required or defaulted one as what it is', () => {
  const target = draft();
  writeDraft(target, definition({ nodes: [node('a', {})] }));
  expect(readDraft(target.doc, catalogue).nodes[0]?.config).toEqual({
    prompt: '',
    format: 'plain',
  });
  setField(target, 'a', ['format'], '');
  expect(readDraft(target.doc, catalogue).nodes[0]?.config.format).toBe('');
});

test('garbage in the document never breaks reading: what is no node or edge is left out', () => {
  const { doc } = draft();
  const { nodes, edges, meta } = draftParts(doc);
  meta.set('name', 7);
  nodes.set('number', 3);
  nodes.set('empty', new Y.Map());
  nodes.set('bad id!', new Y.Map([['type', 'agent']]));
  nodes.set(
    'odd',
    new Y.Map<unknown>([
      ['type', 'agent'],
      ['x', Number.NaN],
      ['key', 'NOT A KEY'],
      ['config', 5],
    ]),
  );
  edges.set(
    'dangling',
    new Y.Map([
      ['source', 'odd'],
      ['target', 'nowhere'],
    ]),
  );
  edges.set('text', new Y.Text('x'));
  doc.transact(() => {
    let deep = new Y.Map<unknown>();
    nodes.set('deep', deep);
    deep.set('type', 'agent');
    for (let i = 0; i < 20_000; i += 1) {
      const inner = new Y.Map<unknown>();
      deep.set('config', inner);
      deep = inner;
    }
  });
  const read = readDraft(doc, catalogue);
  expect(definitionSchema.parse(read)).toEqual(read);
  expect(read.nodes.map((each) => each.id)).toEqual(['deep', 'odd']);
  expect(read.edges).toEqual([]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../definition/canonical';
import type { Definition } from '../schema';
import { definition, edge, node } from '../testing/draft-fixture';
import { diffDefinitions, isSame } from './diff';
import { textPieces } from './diff-text';

const rows = (...ids: string[]) => ids.map((id) => ({ id, label: id, when: 'true' }));

test('tells what came, went and changed, by element and field', () => {
  const before = definition({
    nodes: [
      node('a', { prompt: 'Say hello' }),
      node('b', {}),
      node('s', { cases: rows('1', '2') }),
    ],
    edges: [edge('e', 'a', 'b')],
  });
  const after = definition({
    name: 'Renamed',
    nodes: [
      { ...node('a', { prompt: 'Say hi', limit: 2 }), position: { x: 5, y: 2 }, color: 'red' },
      node('s', { cases: [{ id: '2', label: 'two', when: 'true' }, ...rows('3')] }),
      node('c', {}),
    ],
    edges: [edge('f', 'a', 'c')],
    groups: [{ id: 'g', name: 'All' }],
  });
  expect(diffDefinitions(before, after)).toEqual({
    meta: [{ path: 'name', before: 'Test', after: 'Renamed' }],
    elements: [
      {
        part: 'nodes',
        id: 'a',
        change: 'changed',
        name: 'a',
        fields: [
          { path: 'position', before: { x: 1, y: 2 }, after: { x: 5, y: 2 } },
          { path: 'config.prompt', before: 'Say hello', after: 'Say hi' },
          { path: 'color', after: 'red' },
          { path: 'config.limit', after: 2 },
        ],
      },
      {
        part: 'nodes',
        id: 's',
        change: 'changed',
        name: 's',
        fields: [
          { path: 'config.cases.2.label', before: '2', after: 'two' },
          { path: 'config.cases.3', after: rows('3')[0] },
          { path: 'config.cases.1', before: rows('1')[0] },
        ],
      },
      { part: 'nodes', id: 'c', change: 'added', name: 'c', fields: [] },
      { part: 'nodes', id: 'b', change: 'removed', name: 'b', fields: [] },
      { part: 'edges', id: 'f', change: 'added', name: 'a → c', fields: [] },
      { part: 'edges', id: 'e', change: 'removed', name: 'a → b', fields: [] },
      { part: 'groups', id: 'g', change: 'added', name: 'All', fields: [] },
    ],
  });
});

test('rows that changed places are a change', () => {
  const at = (...ids: string[]) => definition({ nodes: [node('s', { cases: rows(...ids) })] });
  expect(diffDefinitions(at('1', '2'), at('2', '1')).elements[0]?.fields).toEqual([
    { path: 'config.cases', before: ['1', '2'], after: ['2', '1'] },
  ]);
});

const value = fc.oneof(
  fc.constantFrom('', 'x', 'a longer text', 0, 1, true, false, null),
  fc.uniqueArray(fc.constantFrom('1', '2', '3'), { maxLength: 3 }).map((ids) => rows(...ids)),
  fc.constantFrom<(string | object)[]>([], ['plain'], [{ id: 'x' }, { id: 'x' }], [{ no: 1 }]),
  fc.record({ deep: fc.constantFrom(1, 2) }, { requiredKeys: [] }),
);
const someNode = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      key: fc.constant(`key_${id}`),
      type: fc.constantFrom('agent', 'switch'),
      name: fc.constantFrom('One', 'Two'),
      position: fc.record({ x: fc.constantFrom(0, 1), y: fc.constantFrom(0, 1) }),
      config: fc.dictionary(fc.constantFrom('prompt', 'cases', 'limit'), value, {
        noNullPrototype: true,
      }),
      policy: fc.constantFrom({}, { timeoutMs: 1_000 }),
      disabled: fc.boolean(),
      fixed: fc.boolean(),
      color: fc.constantFrom('red', 'blue'),
      group: fc.constantFrom('g', 'h'),
      pinnedOutput: fc.constantFrom(null, 1, { a: 1 }),
    },
    { requiredKeys: ['id', 'key', 'type', 'name', 'position', 'config'] },
  );
const some = <T>(of: (id: string) => fc.Arbitrary<T>) =>
  fc
    .shuffledSubarray(['a', 'b', 'c'])
    .chain((ids) => (ids.length === 0 ? fc.constant([] as T[]) : fc.tuple(...ids.map(of))));
const someDefinition = fc.record(
  {
    schema: fc.constant(1),
    name: fc.constantFrom('One', 'Two'),
    description: fc.constantFrom('', 'Text'),
    timeoutMs: fc.constantFrom(1_000, 2_000),
    nodes: some(someNode),
    edges: some((id) => fc.constantFrom(edge(id, 'a', 'b'), edge(id, 'b', 'c'))),
    groups: some((id) => fc.constantFrom({ id, name: '' }, { id, name: 'G', color: 'red' })),
    notes: some((id) =>
      fc.constantFrom(
        { id, text: 'Hi', position: { x: 0, y: 0 }, width: 240, height: 160 },
        { id, text: 'Hi', position: { x: 0, y: 0 }, width: 240, height: 180 },
      ),
    ),
  },
  { requiredKeys: ['schema', 'name', 'description', 'nodes', 'edges'] },
) as fc.Arbitrary<Definition>;

test('is empty exactly when both mean the same', () => {
  let same = 0;
  const check = (before: Definition, after: Definition) => {
    const equal = canonicalText(before) === canonicalText(after);
    if (equal) same += 1;
    expect(isSame(diffDefinitions(before, after))).toBe(equal);
  };
  fc.assert(fc.property(someDefinition, someDefinition, check), { numRuns: 400 });
  // Of states so far apart hardly two are the same: take one that differs in one node at most.
  const oneAway = someDefinition.chain((before) =>
    fc.tuple(fc.constant(before), someNode('a'), fc.boolean()).map(([from, next, keep]) => ({
      before: from,
      after: {
        ...from,
        nodes: keep
          ? from.nodes.toReversed()
          : from.nodes.map((old) => (old.id === 'a' ? next : old)),
      } as Definition,
    })),
  );
  fc.assert(
    fc.property(oneAway, ({ before, after }) => check(before, after)),
    { numRuns: 400 },
  );
  expect(same).toBeGreaterThan(100);
});

test('two texts laid over each other hold both', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      (before, after) => {
        const pieces = textPieces(before, after);
        const without = (kind: string) =>
          pieces.flatMap((piece) => (piece.kind === kind ? [] : [piece.text])).join('');
        expect(without('added')).toBe(before);
        expect(without('removed')).toBe(after);
      },
    ),
  );
  expect(textPieces('Say hello to Ana', 'Say good bye to Ana')).toEqual([
    { kind: 'same', text: 'Say ' },
    { kind: 'removed', text: 'hello' },
    { kind: 'added', text: 'good bye' },
    { kind: 'same', text: ' to Ana' },
  ]);
});

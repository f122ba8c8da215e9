import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { parseReferences } from '@/lib/expressions/references';
import { catalogue } from '@/lib/nodes/catalogue';
import { type Draft, draftParts, readDraft, writeDraft } from '../draft/draft';
import { addNode, renameNode, setField } from '../edits/edits';
import { definitionSchema } from '../schema';
import { findRepairs, repairDraft } from './repair';

const position = { x: 0, y: 0 };
const ids = ['n', 'm'];
const nodes = [
  ...ids.map((id) => ({ id, key: id, type: 'transform', name: id, position, config: {} })),
  {
    ...{ id: 'p', key: 'p', type: 'agent', name: 'p', position },
    config: { prompt: 'Use {{ steps.n.output }} and {{ steps["m"].output.a + steps.n.output.b }}' },
  },
  {
    ...{ id: 's', key: 's', type: 'switch', name: 's', position },
    config: { cases: [{ id: 'c', when: 'steps.n.output == steps.m.output', label: 'x' }] },
  },
  {
    ...{ id: 'h', key: 'h', type: 'http', name: 'h', position },
    config: {
      url: 'https://x/{{ steps.m.output }}',
      headers: { a: '{{ steps.n.output.x }}', b: '{{ steps.m.output.x }}' },
    },
  },
];

function replicas(count: number): Draft[] {
  const base = new Y.Doc();
  base.clientID = 1;
  writeDraft(
    { doc: base, catalogue, origin: 'test' },
    definitionSchema.parse({ name: 'W', nodes, edges: [] }),
  );
  return Array.from({ length: count }, (_, index) => {
    const doc = new Y.Doc();
    draftParts(doc);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
    doc.clientID = 10 + index;
    return { doc, catalogue, origin: `r${index}` };
  });
}

function meet(all: readonly Draft[]) {
  for (const from of all) {
    for (const to of all) {
      if (from === to) continue;
      const missing = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
      Y.applyUpdate(to.doc, missing, 'remote');
    }
  }
}

const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : [];

/** References that name no step. */
function lost({ doc }: Draft): string[] {
  const { nodes: now } = readDraft(doc, catalogue);
  const keys = new Set(now.map(({ key }) => key));
  const named = now.flatMap(({ config }) => texts(config).flatMap((text) => parseReferences(text)));
  return named.map(({ key }) => key).filter((key) => !keys.has(key));
}

const promptOf = ({ doc }: Draft) =>
  readDraft(doc, catalogue).nodes.find(({ id }) => id === 'p')?.config.prompt;

test('two who rename one step at once leave its references with the name that won', () => {
  const [a, b] = replicas(2) as [Draft, Draft];
  renameNode(a, 'n', 'Alpha');
  renameNode(b, 'n', 'Alphabet');
  meet([a, b]);
  expect(repairDraft(a).map(({ kind }) => kind)).toContain('references');
  expect(promptOf(a)).toBe(
    'Use {{ steps.alphabet.output }} and {{ steps["m"].output.a + steps.alphabet.output.b }}',
  );
  expect(lost(a)).toEqual([]);
});

test('a reference by the old name that was written meanwhile follows', () => {
  const [a, b] = replicas(2) as [Draft, Draft];
  renameNode(a, 'n', 'Alpha');
  setField(b, 'p', ['prompt'], `${promptOf(b)} {{ steps.n.output }} {{ steps.nowhere.output }}`);
  meet([a, b]);
  repairDraft(a);
  expect(promptOf(a)).toMatch(/ {{ steps.alpha.output }} {{ steps.nowhere.output }}$/);
});

test('a name that another step took belongs to that one', () => {
  const [a] = replicas(1) as [Draft];
  renameNode(a, 'n', 'Alpha');
  addNode(a, { id: 'new', type: 'transform', name: 'n', position });
  setField(a, 'p', ['prompt'], '{{ steps.n.output }}');
  draftParts(a.doc).nodes.delete('new');
  expect(repairDraft(a)).toEqual([]);
  expect(promptOf(a)).toBe('{{ steps.n.output }}');
});

test('whoever renames what at once: no reference is left without its step, and all replicas agree', () => {
  let state = 5;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const names = ['Ada', 'Adam', 'Dam', 'Ben', 'Be', 'n', 'Ben 2', 'Eda'];
  let repaired = 0;
  for (let round = 0; round < 250; round += 1) {
    const all = replicas(2 + random(2));
    const [a, b] = all as [Draft, Draft];
    for (let meeting = 0; meeting < 3; meeting += 1) {
      for (const draft of all) {
        for (let i = random(3); i > 0; i -= 1) {
          const name = names[random(names.length)] ?? '';
          renameNode(draft, ids[random(ids.length)] ?? '', name);
        }
      }
      meet(all);
      // Two processes may repair the same at once, of which the later one sees what both did.
      for (let turn = 0; turn < 3; turn += 1) {
        const repairs = repairDraft(a);
        repaired += repairs.filter(({ kind }) => kind === 'references').length;
        expect(repairDraft(b)).toEqual(repairs);
        meet(all);
      }
      for (const draft of all) {
        expect(lost(draft)).toEqual([]);
        expect(findRepairs(draft.doc, catalogue)).toEqual([]);
        expect(readDraft(draft.doc, catalogue)).toEqual(readDraft(a.doc, catalogue));
      }
    }
  }
  expect(repaired).toBeGreaterThan(100);
});

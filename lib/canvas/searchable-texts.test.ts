import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { type Draft, draftParts, readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import { definitionSchema } from '@/lib/workflows/schema';
import type { Graph } from './graph';
import { excerpt, findMatches } from './matches';
import { replaceMatches, search, searchableTexts } from './searchable-texts';

const loose = { matchCase: false, wholeWord: false };

function draftOf() {
  const draft: Draft = { doc: new Y.Doc(), catalogue, origin: 'me' };
  const definition = definitionSchema.parse({
    name: 'Sales report',
    description: 'About sales',
    nodes: [
      { id: 'a', key: 'start', type: 'start', name: 'Start', position: { x: 0, y: 0 } },
      {
        id: 'b',
        key: 'sales_call',
        type: 'http',
        name: 'Sales call',
        position: { x: 0, y: 0 },
        config: {
          method: 'GET',
          url: 'https://sales.test/{{ input.sales }}',
          headers: [{ id: 'h', name: 'X-Sales', value: 'sales' }],
        },
      },
      {
        id: 'c',
        key: 'end',
        type: 'output',
        name: 'End',
        position: { x: 0, y: 0 },
        config: { template: 'Sales: {{ steps.sales_call.output.body }}' },
      },
    ],
    edges: [
      { id: 'e', source: 'a', target: 'b' },
      { id: 'f', source: 'b', target: 'c' },
    ],
    notes: [{ id: 'n', text: 'Ask sales first', position: { x: 0, y: 0 } }],
  });
  writeDraft(draft, definition);
  return draft;
}

const byId = <Element extends { id: string }>(elements: readonly Element[]) =>
  new Map(elements.map((element) => [element.id, element]));

function graphOf({ doc }: Draft): Graph {
  const { nodes, edges, groups = [], notes = [], ...meta } = readDraft(doc, catalogue);
  const elements = { nodes: byId(nodes), edges: byId(edges) };
  return { ...meta, ...elements, groups: byId(groups), notes: byId(notes) };
}

it('finds by letters, by case and by whole words', () => {
  const text = 'Sales and presales, SALES';
  expect(findMatches(text, 'sales', loose)).toHaveLength(3);
  expect(findMatches(text, 'sales', { ...loose, matchCase: true })).toEqual([{ from: 13, to: 18 }]);
  expect(findMatches(text, 'sales', { ...loose, wholeWord: true })).toHaveLength(2);
  expect(findMatches(text, '', loose)).toEqual([]);
  expect(findMatches('a.b', '.', loose)).toHaveLength(1);
  expect(excerpt('one\ntwo three', { from: 4, to: 7 })).toEqual({
    before: 'one ',
    hit: 'two',
    after: ' three',
  });
});

it('looks into names, descriptions, settings, rows and notes', () => {
  const draft = draftOf();
  const texts = searchableTexts(draft, graphOf(draft));
  const found = search(texts, 'sales', loose);
  expect(found.map(({ source, matches }) => [source.id, matches.length])).toEqual([
    ['meta:name', 1],
    ['meta:description', 1],
    ['b:name', 1],
    ['b:url', 2],
    ['b:headers.h.name', 1],
    ['b:headers.h.value', 1],
    ['c:template', 2],
    ['note:n', 1],
  ]);
  expect(found[4]?.source.label).toBe('Headers 1 · Name');
});

it('replaces all as one step to undo, and touches nothing but the matches of a shared text', () => {
  const draft = draftOf();
  const undo = new Y.UndoManager(Object.values(draftParts(draft.doc)), {
    trackedOrigins: new Set(['me']),
  });
  const before = readDraft(draft.doc, catalogue);
  const texts = searchableTexts(draft, graphOf(draft));
  const only = texts.filter((source) => source.shared);
  const found = search(only, 'Sales', { ...loose, matchCase: true });
  const removed: number[] = [];
  const template = found.find(({ source }) => source.id === 'c:template')?.source.shared;
  template?.observe((event) => {
    for (const part of event.delta) if (part.delete) removed.push(part.delete);
  });
  expect(replaceMatches(draft, found, 'Turnover')).toBe(1);
  expect(template?.toString()).toBe('Turnover: {{ steps.sales_call.output.body }}');
  expect(removed).toEqual([5]);
  undo.undo();
  expect(readDraft(draft.doc, catalogue)).toEqual(before);
});

it('renames a step with what refers to it, and leaves alone what somebody changed meanwhile', () => {
  const draft = draftOf();
  const texts = searchableTexts(draft, graphOf(draft));
  const found = search(texts, 'Sales call', loose);
  replaceMatches(draft, found, 'Fetch');
  const after = readDraft(draft.doc, catalogue);
  expect(after.nodes[1]).toMatchObject({ name: 'Fetch', key: 'fetch' });
  expect(after.nodes[2]?.config.template).toBe('Sales: {{ steps.fetch.output.body }}');
  const stale = search(texts, 'About', loose);
  stale[0]?.source.shared?.insert(0, 'All ');
  expect(replaceMatches(draft, stale, 'On')).toBe(0);
});

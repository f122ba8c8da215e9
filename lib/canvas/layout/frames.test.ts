import { expect, it } from 'vitest';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { dropOf, frameAround, frameOf, framePadding, groupAt, movesAlong } from './frames';

const node = (id: string, x: number, y: number, group?: string): DraftNode => ({
  id,
  type: 'model',
  key: id,
  name: id,
  position: { x, y },
  config: {},
  ...(group === undefined ? {} : { group }),
});
const graphOf = (...nodes: DraftNode[]): Graph => ({
  name: '',
  description: '',
  nodes: new Map(nodes.map((each) => [each.id, each])),
  edges: new Map(),
  groups: new Map(['g', 'h'].map((id) => [id, { id, name: id }])),
  notes: new Map(),
});
const none = new Set<string>();
const a = node('a', 0, 0, 'g');
const b = node('b', 300, 100, 'g');
const free = node('c', 2_000, 0);

it('frames its cards with room for the name', () => {
  expect(frameOf(graphOf(a, b), 'g')).toEqual({
    x: -framePadding.side,
    y: -framePadding.top,
    width: 524 + 2 * framePadding.side,
    height: 164 + framePadding.top + framePadding.bottom,
  });
  expect(frameAround([])).toBeUndefined();
});

it('stands still while one card is dragged, and goes along with all', () => {
  const one = new Map([['a', { x: 900, y: 900 }]]);
  expect(frameOf(graphOf(a, b), 'g', one)).toEqual(frameOf(graphOf(a, b), 'g'));
  const both = new Map([...one, ['b', { x: 1_200, y: 1_000 }]]);
  expect(frameOf(graphOf(a, b), 'g', both)?.x).toBe(900 - framePadding.side);
  expect(movesAlong([a], one, false)).toBe(false);
  expect(movesAlong([a], one, true)).toBe(true);
});

it('a card that is dropped outside leaves, one that is dropped inside joins', () => {
  const graph = graphOf(a, b, free);
  const out = dropOf(graph, new Map([['a', { x: 0, y: 2_000 }]]), none);
  expect([...(out.groups ?? [])]).toEqual([['a', undefined]]);
  const into = dropOf(graph, new Map([['c', { x: 100, y: 40 }]]), none);
  expect([...(into.groups ?? [])]).toEqual([['c', 'g']]);
  const within = dropOf(graph, new Map([['a', { x: 40, y: 40 }]]), none);
  expect(within.groups?.size).toBe(0);
});

it('a whole group that is dropped keeps its cards', () => {
  const graph = graphOf(a, b, node('d', 3_000, 0, 'h'));
  const positions = new Map([
    ['a', { x: 3_000, y: 0 }],
    ['b', { x: 3_300, y: 100 }],
  ]);
  expect(dropOf(graph, positions, new Set(['group:g'])).groups?.size).toBe(0);
});

it('takes the smaller of two frames, and none that nobody has', () => {
  const graph = graphOf(a, b, node('d', 40, 90, 'h'));
  expect(groupAt(graph, { x: 60, y: 100 })).toBe('h');
  expect(groupAt(graph, { x: 10, y: 10 })).toBe('g');
  expect(groupAt(graphOf(node('x', 0, 0, 'gone')), { x: 10, y: 10 })).toBeUndefined();
});

it('notes only move', () => {
  const drop = dropOf(graphOf(a), new Map([['note:n', { x: 1, y: 2 }]]), none);
  expect(drop).toEqual({
    nodes: [],
    notes: [{ id: 'n', position: { x: 1, y: 2 } }],
    groups: new Map(),
  });
});

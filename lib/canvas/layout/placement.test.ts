import { expect, it } from 'vitest';
import { cardWidth } from '@/lib/canvas/geometry';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import {
  columnGap,
  freeNotePosition,
  freePosition,
  positionAfter,
  positionBetween,
} from './placement';

const node = (id: string, x: number, y: number): DraftNode => ({
  id,
  type: 'model',
  key: id,
  name: id,
  position: { x, y },
  config: {},
});
const graphOf = (...nodes: DraftNode[]): Graph => ({
  name: '',
  description: '',
  nodes: new Map(nodes.map((each) => [each.id, each])),
  edges: new Map(),
  groups: new Map(),
  notes: new Map(),
});

it('puts the next step to the right, and below what stands there', () => {
  const a = node('a', 0, 0);
  const right = cardWidth + columnGap;
  expect(positionAfter(graphOf(a), a)).toEqual({ x: right, y: 0 });
  const position = positionAfter(graphOf(a, node('b', right, 0)), a);
  expect(position.x).toBe(right);
  expect(position.y).toBeGreaterThan(64);
});

it('snaps to the grid', () => {
  expect(freePosition(graphOf(), { x: 13, y: -3 })).toEqual({ x: 16, y: -0 });
});

it('moves what follows only as far as the new step needs', () => {
  const a = node('a', 0, 0);
  const b = node('b', cardWidth + columnGap, 0);
  const c = node('c', 2 * (cardWidth + columnGap), 0);
  const { at, moves } = positionBetween(graphOf(a, b, c), a, b, ['c']);
  expect(at).toEqual(b.position);
  expect(moves.map((move) => [move.id, move.position.x])).toEqual([
    ['b', 2 * (cardWidth + columnGap)],
    ['c', 3 * (cardWidth + columnGap)],
  ]);
  const far = positionBetween(graphOf(a, node('d', 2_000, 0)), a, node('d', 2_000, 0), []);
  expect(far.moves).toEqual([]);
});

it('lets a note cover neither step nor note, and a step lie on a note', () => {
  const size = { width: 240, height: 160 };
  const note = { id: 'n', text: '', position: { x: 0, y: 100 }, ...size };
  const graph = { ...graphOf(node('a', 0, 0)), notes: new Map([['n', note]]) };
  expect(freeNotePosition(graph, { x: 0, y: 0 }, size).y).toBeGreaterThanOrEqual(260);
  expect(freePosition(graph, { x: 0, y: 120 })).toEqual({ x: 0, y: 120 });
});

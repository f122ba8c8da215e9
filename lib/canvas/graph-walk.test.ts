import { describe, expect, it } from 'vitest';
import type { DraftNode, Graph } from './graph';
import { closesLoop, upstreamOf, walk } from './graph-walk';

const node = (id: string, x: number, y: number): [string, DraftNode] => [
  id,
  { id, type: 'model', key: id, name: id, position: { x, y }, config: {} },
];
const edge = (source: string, target: string) => ({
  id: `${source}-${target}`,
  source,
  sourcePort: 'out',
  target,
  targetPort: 'in',
});
const edges = [edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd')];
const graph: Graph = {
  name: '',
  description: '',
  nodes: new Map([node('d', 400, 50), node('c', 200, 100), node('b', 200, 0), node('a', 0, 50)]),
  edges: new Map(edges.map((edge) => [edge.id, edge])),
  groups: new Map(),
  notes: new Map(),
};

describe('closesLoop', () => {
  it('refuses what would come back to its start', () => {
    expect(closesLoop(edges, 'd', 'a')).toBe(true);
    expect(closesLoop(edges, 'a', 'a')).toBe(true);
    expect(closesLoop(edges, 'a', 'd')).toBe(false);
    expect(closesLoop(edges, 'b', 'c')).toBe(false);
  });
});

describe('upstreamOf', () => {
  it('lists what came before, nearest first, each once', () => {
    expect(upstreamOf(edges, 'd')).toEqual(['b', 'c', 'a']);
    expect(upstreamOf(edges, 'a')).toEqual([]);
  });
});

describe('walk', () => {
  it('starts at the left and follows edges', () => {
    expect(walk(graph, undefined, 'right')).toBe('a');
    expect(walk(graph, 'a', 'right')).toBe('b');
    expect(walk(graph, 'b', 'down')).toBe('c');
    expect(walk(graph, 'c', 'right')).toBe('d');
    expect(walk(graph, 'd', 'left')).toBe('b');
    expect(walk(graph, 'd', 'right')).toBeUndefined();
  });
});

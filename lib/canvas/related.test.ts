import { expect, it } from 'vitest';
import type { DraftNode, Graph } from './graph';
import { relatedTo } from './related';

const node = (id: string, prompt = ''): DraftNode => ({
  id,
  type: 'model',
  key: `key_${id}`,
  name: id,
  position: { x: 0, y: 0 },
  config: { prompt },
});

it('finds what a step reads and feeds, by edges and by name', () => {
  const nodes = [
    node('a'),
    node('b', 'Use {{ steps.key_far.output.text }}'),
    node('c'),
    node('far'),
    node('late', '{{ steps.key_b.output }} and steps.key_a without braces'),
  ];
  const edge = (source: string, target: string) => ({
    id: `${source}${target}`,
    source,
    sourcePort: 'out',
    target,
    targetPort: 'in',
  });
  const graph: Graph = {
    name: '',
    description: '',
    nodes: new Map(nodes.map((each) => [each.id, each])),
    edges: new Map([edge('a', 'b'), edge('b', 'c'), edge('far', 'a')].map((e) => [e.id, e])),
    groups: new Map(),
    notes: new Map(),
  };
  const { reads, feeds, edges } = relatedTo(graph, 'b');
  expect([...reads].sort()).toEqual(['a', 'far']);
  expect([...feeds].sort()).toEqual(['c', 'late']);
  expect([...edges].sort()).toEqual(['ab', 'bc']);
  expect(relatedTo(graph, 'gone').reads.size).toBe(0);
});

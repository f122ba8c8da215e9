import { expect, it } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { layoutWorkflow } from './layout';
import type { WorkflowEdge, WorkflowNode } from './schema';

function workflow(count: number, edges: readonly (readonly [from: number, to: number])[]) {
  return {
    nodes: Array.from(
      { length: count },
      (_, index): WorkflowNode => ({
        id: `n${index}`,
        key: `n${index}`,
        type: 'transform',
        name: `N${index}`,
        position: { x: 0, y: 0 },
        config: {},
      }),
    ),
    edges: edges.map(
      ([from, to], index): WorkflowEdge => ({
        id: `e${index}`,
        source: `n${from}`,
        target: `n${to}`,
        sourcePort: 'out',
        targetPort: 'in',
      }),
    ),
  };
}

function tangle(count: number, edges: number) {
  let seed = 5;
  const below = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * most);
  };
  return Array.from({ length: edges }, () => {
    const from = below(count - 1);
    return [from, from + 1 + below(count - from - 1)] as const;
  });
}

it.each([
  ['a tangle', 1_000, tangle(1_000, 5_000)],
  ['a long chain', 1_000, Array.from({ length: 999 }, (_, i) => [i, i + 1] as const)],
  ['a star', 1_000, Array.from({ length: 999 }, (_, i) => [0, i + 1] as const)],
  ['steps without edges', 1_000, []],
  ['a short tangle', 40, tangle(40, 80)],
] as const)('places %s from left to right without overlaps', (_, count, edges) => {
  const given = workflow(count, edges);
  const places = layoutWorkflow(given, catalogue);
  const at = (index: number) => places.get(`n${index}`) ?? { x: Number.NaN, y: Number.NaN };
  for (const [from, to] of edges) expect(at(to).x).toBeGreaterThan(at(from).x);
  const taken = new Set([...places.values()].map(({ x, y }) => `${x} ${y}`));
  expect(taken.size).toBe(count);
  expect(layoutWorkflow(given, catalogue)).toEqual(places);
});

it('places what waits for itself, in a tangle too', () => {
  const edges = tangle(1_000, 3_000);
  const places = layoutWorkflow(
    workflow(
      1_000,
      edges.map(([from, to], index) => (index % 5 === 0 ? [to, from] : [from, to])),
    ),
    catalogue,
  );
  expect([...places.values()].every(({ x, y }) => Number.isFinite(x + y))).toBe(true);
});

it.each([[['approved', 'rejected']], [['rejected', 'approved']]])(
  'stands what a higher port leads to higher (%j)',
  (ports) => {
    const { nodes } = workflow(4, []);
    const typed = nodes.map((node, index) => (index === 0 ? { ...node, type: 'approval' } : node));
    const edge = (id: string, source: string, sourcePort: string, target: string) => ({
      ...{ id, source, sourcePort, target, targetPort: 'in' },
    });
    const target: Record<string, string> = { approved: 'n1', rejected: 'n2' };
    const edges = [
      ...ports.map((port) => edge(port, 'n0', port, target[port] ?? '')),
      edge('last', 'n1', 'out', 'n3'),
    ];
    const places = layoutWorkflow({ nodes: typed, edges }, catalogue);
    const at = (id: string) => places.get(id)?.y ?? Number.NaN;
    expect(at('n1')).toBeLessThan(at('n2'));
  },
);

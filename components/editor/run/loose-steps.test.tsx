import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { DraftNode } from '@/lib/canvas/graph';
import { nodeSchema } from '@/lib/workflows/schema';
import { LooseStepsNotice, looseSteps } from './loose-steps';

const step = (id: string, type: string, more: Partial<DraftNode> = {}): DraftNode => ({
  ...nodeSchema.parse({ id, key: id, type, name: id.toUpperCase(), position: { x: 0, y: 0 } }),
  ...more,
});
const graph = (nodes: DraftNode[], wires: [string, string][]) => ({
  nodes: new Map(nodes.map((node) => [node.id, node])),
  edges: new Map(
    wires.map(([source, target]) => {
      const id = `${source}-${target}`;
      return [id, { id, source, target, sourcePort: 'out', targetPort: 'in' }];
    }),
  ),
});

test('steps without a wire are named, others and those that are off are not', () => {
  const start = step('s', 'start');
  const steps = [step('a', 'transform'), step('b', 'transform')];
  expect(looseSteps(graph([start, ...steps], [['s', 'a']]))).toEqual(['B']);
  const off = step('c', 'transform', { disabled: true });
  expect(
    looseSteps(
      graph(
        [start, off, ...steps],
        [
          ['s', 'a'],
          ['a', 'b'],
        ],
      ),
    ),
  ).toEqual([]);
  expect(looseSteps(graph(steps, []))).toEqual([]);
});

test('three are named, the rest counted', () => {
  render(<LooseStepsNotice names={['A', 'B', 'C', 'D', 'E']} />);
  expect(screen.getByRole('note').textContent).toBe(
    '“A”, “B”, “C” and 2 more have no wires: they run on their own.',
  );
});

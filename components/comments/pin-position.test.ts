import { expect, test } from 'vitest';
import type { Graph } from '@/lib/canvas/graph';
import { keyOf, pinPosition } from './pin-position';

const node = (id: string, x: number) => ({
  id,
  key: id,
  type: 'transform',
  name: id,
  position: { x, y: 0 },
  config: {},
});
const edge = { id: 'e', source: 'a', sourcePort: 'out', target: 'b', targetPort: 'in' };
const graph = {
  nodes: new Map([node('a', 0), node('b', 400)].map((each) => [each.id, each])),
  edges: new Map([[edge.id, edge]]),
} as unknown as Graph;
const still = () => undefined;

test('a pin follows its step while it is dragged, and the wires of that step', () => {
  const anchor = { kind: 'node', nodeId: 'a', label: '' } as const;
  const at = pinPosition(anchor, graph, still);
  const moved = (id: string) => (id === 'a' ? { x: 100, y: 50 } : undefined);
  const dragged = pinPosition(anchor, graph, moved);
  expect([(dragged?.x ?? 0) - (at?.x ?? 0), (dragged?.y ?? 0) - (at?.y ?? 0)]).toEqual([100, 50]);
  const wire = { kind: 'edge', edgeId: 'e', label: '' } as const;
  expect(pinPosition(wire, graph, still)).toEqual({ x: 312, y: 32, stand: 'wire' });
  expect(pinPosition(wire, graph, moved)).toEqual({ x: 362, y: 57, stand: 'wire' });
});

test('what is gone has no place', () => {
  expect(pinPosition({ kind: 'node', nodeId: 'z', label: 'Z' }, graph, still)).toBeUndefined();
  expect(pinPosition({ kind: 'edge', edgeId: 'z', label: '' }, graph, still)).toBeUndefined();
  expect(pinPosition({ kind: 'workflow' }, graph, still)).toBeUndefined();
});

test('a text stands with its step', () => {
  const nothing = { start: {}, end: {}, quote: '' };
  const text = { kind: 'text', nodeId: 'a', label: '', field: 'f', ...nothing } as const;
  expect(keyOf(text)).toBe(keyOf({ kind: 'node', nodeId: 'a', label: '' }));
});

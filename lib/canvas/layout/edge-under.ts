import type { Point } from '@/lib/canvas/geometry';
import { cardWidth, portMiddle } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { drawingOf } from '@/lib/canvas/node-types';
import type { WorkflowEdge } from '@/lib/workflows/schema';
import { type Box, contains } from './box';

const samples = 16;
/** How React Flow bends its curves. */
const curvature = 0.25;

const bend = (distance: number) =>
  distance >= 0 ? distance / 2 : curvature * 25 * Math.sqrt(-distance);

function endsOf(graph: Graph, edge: WorkflowEdge): [Point, Point] | undefined {
  const source = graph.nodes.get(edge.source);
  const target = graph.nodes.get(edge.target);
  if (!source || !target) return undefined;
  const { ports } = drawingOf(source);
  const port = Math.max(
    0,
    ports.findIndex((each) => each.id === edge.sourcePort),
  );
  return [
    { x: source.position.x + cardWidth, y: source.position.y + portMiddle(ports, port) },
    { x: target.position.x, y: target.position.y + 32 },
  ];
}

function crosses([from, to]: [Point, Point], box: Box): boolean {
  const offset = bend(to.x - from.x);
  const left = Math.min(from.x, to.x - offset);
  const right = Math.max(to.x, from.x + offset);
  if (right < box.x || left > box.x + box.width) return false;
  if (Math.max(from.y, to.y) < box.y || Math.min(from.y, to.y) > box.y + box.height) return false;
  for (let i = 1; i < samples; i += 1) {
    const t = i / samples;
    const [p, q, r, s] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    const x = p * from.x + q * (from.x + offset) + r * (to.x - offset) + s * to.x;
    const y = p * from.y + q * from.y + r * to.y + s * to.y;
    if (contains(box, { x, y })) return true;
  }
  return false;
}

/** The first edge whose curve runs through a box; edges at `except` do not count. Linear in the edges, and cheap. */
export function edgeUnder(graph: Graph, box: Box, except?: string): string | undefined {
  for (const edge of graph.edges.values()) {
    if (edge.source === except || edge.target === except) continue;
    const ends = endsOf(graph, edge);
    if (ends && crosses(ends, box)) return edge.id;
  }
  return undefined;
}

import type { WorkflowEdge } from '@/lib/workflows/schema';
import type { DraftNode, Graph } from './graph-view';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Whether a wire from `source` to `target` would close a loop. Linear in the edges. */
export function closesLoop(
  edges: Iterable<WorkflowEdge>,
  source: string,
  target: string,
): boolean {
  if (source === target) return true;
  const next = new Map<string, string[]>();
  for (const edge of edges) next.set(edge.source, [...(next.get(edge.source) ?? []), edge.target]);
  const open = [target];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === source) return true;
    for (const to of next.get(id) ?? []) {
      if (!seen.has(to)) {
        seen.add(to);
        open.push(to);
      }
    }
  }
  return false;
}

/** Ids of everything before a node, nearest first. */
export function upstreamOf(edges: Iterable<WorkflowEdge>, nodeId: string): string[] {
  const before = new Map<string, string[]>();
  for (const edge of edges) {
    before.set(edge.target, [...(before.get(edge.target) ?? []), edge.source]);
  }
  const found: string[] = [];
  const seen = new Set([nodeId]);
  let ring = [nodeId];
  while (ring.length > 0) {
    const outer: string[] = [];
    for (const id of ring) {
      for (const from of before.get(id) ?? []) {
        if (seen.has(from)) continue;
        seen.add(from);
        found.push(from);
        outer.push(from);
      }
    }
    ring = outer;
  }
  return found;
}

function nearest(from: DraftNode, candidates: Iterable<DraftNode>, vertical: -1 | 1) {
  let best: DraftNode | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of candidates) {
    const dy = (node.y - from.y) * vertical;
    if (node.id === from.id || dy <= 0) continue;
    // A column is followed before a jump across: sideways counts three times.
    const distance = dy + Math.abs(node.x - from.x) * 3;
    if (distance < least) {
      least = distance;
      best = node;
    }
  }
  return best;
}

/**
 * The node that one step of the keyboard leads to: right and left follow the wires, up and down go to
 * the nearest node of that side. Without a start it is the topmost of the leftmost nodes.
 */
export function walk(graph: Graph, from: string | undefined, direction: Direction): string | undefined {
  const start = from === undefined ? undefined : graph.nodes.get(from);
  if (!start) {
    return [...graph.nodes.values()].sort((a, b) => a.x - b.x || a.y - b.y)[0]?.id;
  }
  if (direction === 'up' || direction === 'down') {
    return nearest(start, graph.nodes.values(), direction === 'up' ? -1 : 1)?.id;
  }
  const ahead = direction === 'right';
  return [...graph.edges.values()]
    .filter((edge) => (ahead ? edge.source : edge.target) === start.id)
    .map((edge) => graph.nodes.get(ahead ? edge.target : edge.source))
    .filter((node) => node !== undefined)
    .sort((a, b) => a.y - b.y)[0]?.id;
}

import type { WorkflowEdge } from '@/lib/workflows/schema';
import type { DraftNode, Graph } from './graph';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Whether a edge from `source` to `target` would close a loop. Linear in the edges. */
export function closesLoop(edges: Iterable<WorkflowEdge>, source: string, target: string): boolean {
  return source === target || downstreamOf(edges, target).includes(source);
}

/** Ids of everything that `from` leads to by `next`, nearest first. */
function reachableFrom(next: ReadonlyMap<string, string[]>, from: string): string[] {
  const found: string[] = [];
  const seen = new Set([from]);
  let ring = [from];
  while (ring.length > 0) {
    const outer: string[] = [];
    for (const id of ring) {
      for (const to of next.get(id) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        found.push(to);
        outer.push(to);
      }
    }
    ring = outer;
  }
  return found;
}

/** Ids of everything before a node, nearest first. */
export function upstreamOf(edges: Iterable<WorkflowEdge>, nodeId: string): string[] {
  const before = new Map<string, string[]>();
  for (const { source, target } of edges) {
    before.set(target, [...(before.get(target) ?? []), source]);
  }
  return reachableFrom(before, nodeId);
}

/** Ids of everything after a node, nearest first. */
export function downstreamOf(edges: Iterable<WorkflowEdge>, nodeId: string): string[] {
  const after = new Map<string, string[]>();
  for (const { source, target } of edges) after.set(source, [...(after.get(source) ?? []), target]);
  return reachableFrom(after, nodeId);
}

function nearest(from: DraftNode, candidates: Iterable<DraftNode>, vertical: -1 | 1) {
  let best: DraftNode | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of candidates) {
    const dy = (node.position.y - from.position.y) * vertical;
    if (node.id === from.id || dy <= 0) continue;
    // A column is followed before a jump across: sideways counts three times.
    const distance = dy + Math.abs(node.position.x - from.position.x) * 3;
    if (distance < least) {
      least = distance;
      best = node;
    }
  }
  return best;
}

/**
 * The node that one step of the keyboard leads to: right and left follow the edges, up and down go to
 * the nearest node of that side. Without a start it is the topmost of the leftmost nodes.
 */
export function walk(
  graph: Graph,
  from: string | undefined,
  direction: Direction,
): string | undefined {
  const start = from === undefined ? undefined : graph.nodes.get(from);
  if (!start) {
    return [...graph.nodes.values()].sort(
      (a, b) => a.position.x - b.position.x || a.position.y - b.position.y,
    )[0]?.id;
  }
  if (direction === 'up' || direction === 'down') {
    return nearest(start, graph.nodes.values(), direction === 'up' ? -1 : 1)?.id;
  }
  const ahead = direction === 'right';
  return [...graph.edges.values()]
    .filter((edge) => (ahead ? edge.source : edge.target) === start.id)
    .map((edge) => graph.nodes.get(ahead ? edge.target : edge.source))
    .filter((node) => node !== undefined)
    .sort((a, b) => a.position.y - b.position.y)[0]?.id;
}

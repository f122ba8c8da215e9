/** What the graph functions need of nodes and edges. Edges whose ends are missing are ignored. */
export type Graph = {
  nodes: readonly { id: string }[];
  edges: readonly { source: string; target: string }[];
};

type Neighbours = Map<string, string[]>;

/** Targets (or sources) of each node, in the order of the edges. */
export function neighbours(graph: Graph, direction: 'after' | 'before'): Neighbours {
  const found: Neighbours = new Map(graph.nodes.map((node) => [node.id, []]));
  for (const { source, target } of graph.edges) {
    if (!found.has(source) || !found.has(target)) continue;
    if (direction === 'after') found.get(source)?.push(target);
    else found.get(target)?.push(source);
  }
  return found;
}

/** All nodes that can be reached from some, without these themselves unless a cycle leads back. */
export function reach(from: readonly string[], next: Neighbours): Set<string> {
  const seen = new Set<string>();
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const target of next.get(id) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      waiting.push(target);
    }
  }
  return seen;
}

/** Nodes in an order in which each comes after all that lead to it; nodes on or behind a cycle are left out. */
export function topologicalOrder(graph: Graph): string[] {
  const after = neighbours(graph, 'after');
  const open = new Map(
    [...neighbours(graph, 'before')].map(([id, sources]) => [id, sources.length]),
  );
  const order = graph.nodes.map((node) => node.id).filter((id) => open.get(id) === 0);
  for (let index = 0; index < order.length; index++) {
    for (const target of after.get(order[index] ?? '') ?? []) {
      const left = (open.get(target) ?? 0) - 1;
      open.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  return order;
}

/** Ids along one cycle, each once, in its direction; undefined when there is none. */
export function findCycle(graph: Graph): string[] | undefined {
  const ordered = new Set(topologicalOrder(graph));
  const before = neighbours(graph, 'before');
  const rest = graph.nodes.find((node) => !ordered.has(node.id));
  if (!rest) return undefined;
  // Every node left over has a source that is left over, so walking back must come round.
  const path: string[] = [];
  let id: string | undefined = rest.id;
  while (id !== undefined && !path.includes(id)) {
    path.push(id);
    id = before.get(id)?.find((source) => !ordered.has(source));
  }
  const start = id === undefined ? 0 : path.indexOf(id);
  const cycle = path.slice(start).reverse();
  // Named from the node that stands first in the definition, so that the same cycle reads the same.
  const first = cycle.indexOf(graph.nodes.find((node) => cycle.includes(node.id))?.id ?? '');
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

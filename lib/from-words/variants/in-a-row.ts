import { neighbours, topologicalOrder } from '@/lib/workflows/graph';
import type { Definition } from '@/lib/workflows/schema';
import { asksModel } from './with-mode';

/** How many calls of a model come one after the other on the longest way; steps inside others count once. */
export function callsInARow(definition: Definition): number {
  return longest(definition, undefined);
}

function longest(definition: Definition, group: string | undefined): number {
  const nodes = definition.nodes.filter((node) => node.group === group);
  const inside = new Set(nodes.map(({ id }) => id));
  const edges = definition.edges.filter(
    ({ source, target }) => inside.has(source) && inside.has(target),
  );
  const before = neighbours({ nodes, edges }, 'before');
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const calls = new Map<string, number>();
  for (const id of topologicalOrder({ nodes, edges })) {
    const node = byId.get(id);
    if (node === undefined) continue;
    const own = (asksModel(node) ? 1 : 0) + longest(definition, id);
    const most = Math.max(0, ...(before.get(id) ?? []).map((each) => calls.get(each) ?? 0));
    calls.set(id, own + most);
  }
  return Math.max(0, ...calls.values());
}

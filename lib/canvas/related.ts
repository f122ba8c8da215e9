import { parseReferences } from '@/lib/expressions/references';
import { textFields } from '@/lib/workflows/config-fields';
import type { DraftNode, Graph } from './graph';
import { typeOf } from './node-types';

/** What a step reads and feeds: by edges, and by naming outputs in its settings. */
export type Related = { reads: Set<string>; feeds: Set<string>; edges: Set<string> };

const named = new WeakMap<DraftNode, ReadonlySet<string>>();

/** Keys of the steps that a step's settings name, computed once per state of the step. */
function keysIn(node: DraftNode): ReadonlySet<string> {
  let keys = named.get(node);
  if (!keys) {
    const type = typeOf(node.type);
    const fields = type ? textFields(type, node.config) : [];
    keys = new Set(
      fields.flatMap(({ text, kind }) =>
        text.includes('steps') ? parseReferences(text, kind).map(({ key }) => key) : [],
      ),
    );
    named.set(node, keys);
  }
  return keys;
}

export function relatedTo(graph: Graph, nodeId: string): Related {
  const related: Related = { reads: new Set(), feeds: new Set(), edges: new Set() };
  const node = graph.nodes.get(nodeId);
  if (!node) return related;
  for (const edge of graph.edges.values()) {
    if (edge.target === nodeId) related.reads.add(edge.source);
    else if (edge.source === nodeId) related.feeds.add(edge.target);
    else continue;
    related.edges.add(edge.id);
  }
  const mine = keysIn(node);
  for (const other of graph.nodes.values()) {
    if (other === node) continue;
    if (mine.has(other.key)) related.reads.add(other.id);
    if (keysIn(other).has(node.key)) related.feeds.add(other.id);
  }
  return related;
}

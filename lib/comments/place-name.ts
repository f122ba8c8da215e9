import type { Graph } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';
import { fieldsOf } from '@/lib/nodes/node-type/form-fields';
import type { Anchor } from './schema';

/** What a thread is about in a few words, with what became of it where that is gone. */
export function placeName(anchor: Anchor, graph: Graph): string {
  switch (anchor.kind) {
    case 'workflow':
      return 'Workflow';
    case 'point':
      return 'Canvas';
    case 'edge': {
      const edge = graph.edges.get(anchor.edgeId);
      const name = (id: string | undefined) => graph.nodes.get(id ?? '')?.name ?? 'Step';
      if (edge) return `${name(edge.source)} → ${name(edge.target)}`;
      return gone(anchor.label, 'connection');
    }
    case 'node':
      return graph.nodes.get(anchor.nodeId)?.name ?? gone(anchor.label, 'step');
    case 'text': {
      const node = graph.nodes.get(anchor.nodeId);
      if (!node) return gone(anchor.label, 'step');
      return `${node.name} · ${fieldTitle(node.type, anchor.field)}`;
    }
  }
}

const gone = (label: string, what: string) =>
  label === '' ? `The ${what} was deleted` : `${label} (${what} was deleted)`;

function fieldTitle(type: string, field: string): string {
  const [first = field] = field.split('.');
  const config = typeOf(type)?.config;
  const known = config ? fieldsOf(config).find(({ name }) => name === first) : undefined;
  return known?.title ?? first;
}

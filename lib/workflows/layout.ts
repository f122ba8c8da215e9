import { graphlib, layout as place } from '@dagrejs/dagre';
import { portsOf } from '@/lib/nodes/ports';
import { type Catalogue, typeNamed } from './node-catalogue';
import type { Definition } from './schema';

/** Sizes of a card on the canvas, in its pixels; positions are multiples of the grid. */
const card = { width: 224, head: 64, port: 24, grid: 8 } as const;

/**
 * Positions (top left corners) that show a workflow from left to right without overlaps. The same workflow always
 * gets the same ones; edges to missing nodes and the edge that closes a cycle do not matter. Files and templates are
 * placed by this: it answers at once and is small, where ELK (1.5 MB, and a promise) tidies what a person drew.
 */
export function layoutWorkflow(
  definition: Pick<Definition, 'nodes' | 'edges'>,
  catalogue: Catalogue,
): Map<string, { x: number; y: number }> {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 48 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of definition.nodes) {
    graph.setNode(node.id, {
      width: card.width,
      height: heightOf(node.type, node.config, catalogue),
    });
  }
  for (const { source, target } of definition.edges) {
    if (source !== target && graph.hasNode(source) && graph.hasNode(target))
      graph.setEdge(source, target);
  }
  if (definition.nodes.length > 0) place(graph);
  return new Map(
    definition.nodes.map(({ id }) => {
      const { x, y, width, height } = graph.node(id) as Record<
        'x' | 'y' | 'width' | 'height',
        number
      >;
      return [id, { x: snap(x - width / 2), y: snap(y - height / 2) }];
    }),
  );
}

function heightOf(type: string, config: Record<string, unknown>, catalogue: Catalogue): number {
  const known = typeNamed(catalogue, type);
  const ports = known ? portsOf(known, config).length : 1;
  return ports > 1 ? card.head + ports * card.port + card.grid : card.head;
}

function snap(value: number): number {
  return Math.round(value / card.grid) * card.grid + 0;
}

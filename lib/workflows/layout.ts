import { graphlib, layout as place } from '@dagrejs/dagre';
import { portsOfNode } from '@/lib/nodes/ports';
import { containersOf, stepsAround } from './containers';
import { type Catalogue, typeNamed } from './node-catalogue';
import type { Definition, WorkflowNode } from './schema';

/** Sizes of a card on the canvas, in its pixels; positions are multiples of the grid. */
const card = { width: 224, head: 64, port: 24, grid: 8 } as const;
/** The frame around what stands inside a step, below its card. */
const frame = { gap: 24, top: 48, side: 24, bottom: 24 } as const;

/**
 * Positions (top left corners) that show a workflow from left to right without overlaps. The same workflow always
 * gets the same ones; edges to missing nodes and the edge that closes a cycle do not matter. Files and templates are
 * placed by this: it answers at once and is small, where ELK (1.5 MB, and a promise) tidies what a person drew.
 */
export function layoutWorkflow(
  definition: Pick<Definition, 'nodes' | 'edges'>,
  catalogue: Catalogue,
): Map<string, { x: number; y: number }> {
  const all = containersOf(definition, catalogue);
  // Steps that would stand inside themselves stand in none.
  const around = new Map([...all].filter(([id]) => !stepsAround(all, id).includes(id)));
  const places = new Map<string, { x: number; y: number }>();
  for (const [id, place] of layoutInside(definition, catalogue, around, undefined).places) {
    places.set(id, { x: snap(place.x), y: snap(place.y) });
  }
  return places;
}

type Laid = { places: Map<string, { x: number; y: number }>; width: number; height: number };

/** The steps that stand directly inside one, or in none, from a corner at 0; a container with its frame is one box. */
function layoutInside(
  definition: Pick<Definition, 'nodes' | 'edges'>,
  catalogue: Catalogue,
  around: ReadonlyMap<string, string>,
  container: string | undefined,
): Laid {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 48 });
  graph.setDefaultEdgeLabel(() => ({}));
  const here = definition.nodes.filter(({ id }) => around.get(id) === container);
  const filled = new Set(around.values());
  const bodies = new Map(
    here.flatMap(({ id }) =>
      filled.has(id) ? [[id, layoutInside(definition, catalogue, around, id)]] : [],
    ),
  );
  const heights = new Map(here.map((node) => [node.id, heightOf(node, catalogue)]));
  for (const { id } of here) {
    const body = bodies.get(id);
    const height = heights.get(id) ?? card.head;
    graph.setNode(id, {
      width: Math.max(card.width, body ? body.width + 2 * frame.side : 0),
      height: body ? height + frame.gap + frame.top + body.height + frame.bottom : height,
    });
  }
  for (const { source, target } of definition.edges) {
    if (source !== target && graph.hasNode(source) && graph.hasNode(target))
      graph.setEdge(source, target);
  }
  if (here.length > 0) place(graph);
  const laid: Laid = { places: new Map(), width: 0, height: 0 };
  for (const { id } of here) {
    const { x, y, width, height } = graph.node(id) as Record<
      'x' | 'y' | 'width' | 'height',
      number
    >;
    const corner = { x: x - width / 2, y: y - height / 2 };
    laid.places.set(id, corner);
    laid.width = Math.max(laid.width, corner.x + width);
    laid.height = Math.max(laid.height, corner.y + height);
    const below = corner.y + (heights.get(id) ?? card.head) + frame.gap + frame.top;
    for (const [inner, at] of bodies.get(id)?.places ?? []) {
      laid.places.set(inner, { x: corner.x + frame.side + at.x, y: below + at.y });
    }
  }
  return laid;
}

function heightOf(node: WorkflowNode, catalogue: Catalogue): number {
  const known = typeNamed(catalogue, node.type);
  const ports = known ? portsOfNode(known, node).length : 1;
  return ports > 1 ? card.head + ports * card.port + card.grid : card.head;
}

function snap(value: number): number {
  return Math.round(value / card.grid) * card.grid + 0;
}

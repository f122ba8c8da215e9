import { graphlib, layout as place } from '@dagrejs/dagre';
import { portsOfNode } from '@/lib/nodes/node-type/ports';
import { type Box, inColumns, ranksOf } from './columns';
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
 * placed by this: it answers at once and is small, where ELK (1.5 MB, and a promise) tidies what a person drew. What
 * is too tangled to be answered at once stands in plain columns.
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
  const here = definition.nodes.filter(({ id }) => around.get(id) === container);
  const filled = new Set(around.values());
  const bodies = new Map(
    here.flatMap(({ id }) =>
      filled.has(id) ? [[id, layoutInside(definition, catalogue, around, id)]] : [],
    ),
  );
  const heights = new Map(here.map((node) => [node.id, heightOf(node, catalogue)]));
  const boxes = here.map(({ id }) => {
    const body = bodies.get(id);
    const height = heights.get(id) ?? card.head;
    return {
      id,
      width: Math.max(card.width, body ? body.width + 2 * frame.side : 0),
      height: body ? height + frame.gap + frame.top + body.height + frame.bottom : height,
    };
  });
  const centres = centresOf(boxes, lastPortsFirst(here, definition.edges, catalogue));
  const laid: Laid = { places: new Map(), width: 0, height: 0 };
  for (const { id, width, height } of boxes) {
    const { x, y } = centres.get(id) ?? { x: 0, y: 0 };
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

/**
 * The edges of each step from its last port to its first: dagre puts what it meets later higher, and what is connected to
 * a higher port shall stand higher, so that wires do not cross.
 */
function lastPortsFirst(
  nodes: readonly WorkflowNode[],
  edges: Definition['edges'],
  catalogue: Catalogue,
): Definition['edges'] {
  const ports = new Map(
    nodes.map((node) => {
      const known = typeNamed(catalogue, node.type);
      return [node.id, known ? portsOfNode(known, node).map(({ id }) => id) : []];
    }),
  );
  const rank = ({ source, sourcePort }: Definition['edges'][number]) =>
    ports.get(source)?.indexOf(sourcePort) ?? 0;
  return edges.toSorted((a, b) => rank(b) - rank(a));
}

/** Boxes and the columns that edges pass: the time of the finer layout grows with the square of their number. */
const maxPassed = 1_500;

function centresOf(
  boxes: readonly Box[],
  all: Definition['edges'],
): ReadonlyMap<string, { x: number; y: number }> {
  const ids = new Set(boxes.map(({ id }) => id));
  const edges = all
    .filter(({ source, target }) => source !== target && ids.has(source) && ids.has(target))
    .map(({ source, target }) => [source, target] as const);
  const ranks = ranksOf([...ids], edges);
  const passed = edges.reduce(
    (sum, [from, to]) => sum + Math.abs((ranks.get(to) ?? 0) - (ranks.get(from) ?? 0)),
    boxes.length,
  );
  if (passed > maxPassed) return inColumns(boxes, ranks);
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 48 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const [from, to] of edges) graph.setEdge(from, to);
  if (boxes.length > 0) place(graph);
  return new Map(boxes.map(({ id }) => [id, graph.node(id) as { x: number; y: number }]));
}

function heightOf(node: WorkflowNode, catalogue: Catalogue): number {
  const known = typeNamed(catalogue, node.type);
  const ports = known ? portsOfNode(known, node).length : 1;
  return ports > 1 ? card.head + ports * card.port + card.grid : card.head;
}

function snap(value: number): number {
  return Math.round(value / card.grid) * card.grid + 0;
}

import { elementOf } from '@/lib/canvas/flow-ids';
import type { Point } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { drawingOf } from '@/lib/canvas/node-types';
import { type Box, boxAround } from './box';
import { insideOf, withInside } from './containers';
import { edgeUnder } from './edge-under';
import { cardBox, frameFor } from './frames';
import { type Guide, type SnapLines, snapLines, snapTo } from './snap-lines';

/** Pixels of the screen within which a card is pulled into line; below one step of the grid. */
const maxDistance = 6;

export type DragStep = {
  positions: Map<string, Point>;
  guides: readonly Guide[] | undefined;
  dropEdge: string | undefined;
  dropGroup: string | undefined;
};

function boxOf(graph: Graph, flowId: string, at?: Point): Box | undefined {
  const { kind, id } = elementOf(flowId);
  if (kind === 'note') {
    const note = graph.notes.get(id);
    return note && { ...(at ?? note.position), width: note.width, height: note.height };
  }
  const node = graph.nodes.get(id);
  return node && cardBox(node, at);
}

/**
 * One drag from its start: visible elements are read once, so that each further move costs the same however
 * large the workflow is.
 */
export function startDrag(graph: Graph, moving: ReadonlySet<string>, seen: Box, zoom: number) {
  const along = new Set([...moving, ...insideOf(graph, moving).keys()]);
  const lines = standing(graph, along, seen);
  const [only] = moving;
  const free = moving.size === 1 && only !== undefined ? putOn(graph, only) : undefined;
  return {
    move(wanted: ReadonlyMap<string, Point>): DragStep {
      const all = withInside(graph, wanted);
      const boxes = [...all].flatMap(([id, at]) => boxOf(graph, id, at) ?? []);
      const around = boxAround(boxes);
      const near = Math.min(8, maxDistance / zoom);
      const { dx, dy, guides } = around
        ? snapTo(around, lines, near)
        : { dx: 0, dy: 0, guides: [] };
      const positions = new Map([...all].map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }]));
      const box = only === undefined ? undefined : boxOf(graph, only, positions.get(only));
      const dropEdge = free && box ? edgeUnder(graph, inner(box), only) : undefined;
      const card = moving.size === 1 ? graph.nodes.get(only ?? '') : undefined;
      const into = card && box ? frameFor(graph, card, box, along) : undefined;
      const own = card?.group;
      return {
        positions,
        guides: guides.length > 0 ? guides : undefined,
        dropEdge,
        dropGroup: into === own ? undefined : into,
      };
    },
  };
}

function standing(graph: Graph, moving: ReadonlySet<string>, seen: Box): SnapLines {
  const boxes: Box[] = [];
  const add = (box: Box) => {
    const apart =
      box.x > seen.x + seen.width ||
      box.x + box.width < seen.x ||
      box.y > seen.y + seen.height ||
      box.y + box.height < seen.y;
    if (!apart) boxes.push(box);
  };
  for (const node of graph.nodes.values()) if (!moving.has(node.id)) add(cardBox(node));
  for (const { id, position, width, height } of graph.notes.values()) {
    if (!moving.has(`note:${id}`)) add({ ...position, width, height });
  }
  return snapLines(boxes);
}

/** A card that can be put on a edge: not connected yet, with a way in and a way out. */
function putOn(graph: Graph, flowId: string): true | undefined {
  const node = graph.nodes.get(flowId);
  const drawing = node && drawingOf(node);
  if (!drawing?.accepts || drawing.ports.length === 0) return undefined;
  for (const { source, target } of graph.edges.values()) {
    if (source === flowId || target === flowId) return undefined;
  }
  return true;
}

/** The heart of a card: a edge that only brushes its rim is not meant. */
function inner({ x, y, width, height }: Box): Box {
  return { x: x + width / 4, y: y + height / 6, width: width / 2, height: (height * 2) / 3 };
}

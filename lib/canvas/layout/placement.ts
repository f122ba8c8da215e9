import type { Point } from '@/lib/canvas/geometry';
import { cardHeight, cardWidth, snap } from '@/lib/canvas/geometry';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { drawingOf } from '@/lib/canvas/node-types';
import { around, containersIn } from './containers';
import { containerFrames, firstPosition, membersByGroup } from './frames';

/** Free room between two cards that follow each other, in canvas pixels. */
export const columnGap = 48;
const rowGap = 32;

type Size = { width: number; height: number };
type Box = Point & Size;

function boxOf(node: DraftNode): Box {
  return { ...node.position, width: cardWidth, height: cardHeight(drawingOf(node).ports) };
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + rowGap / 2 &&
    b.x < a.x + a.width + rowGap / 2 &&
    a.y < b.y + b.height + rowGap / 2 &&
    b.y < a.y + a.height + rowGap / 2
  );
}

/**
 * The nearest free position at or below a point, on the grid, clear of the frames that it is not `inside`. A step may lie
 * on a note: some are put behind steps.
 */
export function freePosition(
  graph: Graph,
  wanted: Point,
  inside?: string,
  size: Size = { width: cardWidth, height: 64 },
): Point {
  const own = new Set(inside === undefined ? [] : [inside, ...around(graph, inside)]);
  const frames = [...containerFrames(graph)].flatMap(([id, frame]) => (own.has(id) ? [] : [frame]));
  return freeOf([...[...graph.nodes.values()].map(boxOf), ...frames], wanted, size);
}

/** Where another step, or a piece of that size, inside one goes: below those that are there. */
export function positionInside(graph: Graph, holder: DraftNode, size?: Size): Point {
  const boxes = (membersByGroup(graph.nodes).get(holder.id) ?? []).map(boxOf);
  const [first] = boxes;
  if (!first) return freePosition(graph, firstPosition(holder), holder.id, size);
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.max(...boxes.map((box) => box.y + box.height)) + rowGap;
  return freePosition(graph, { x, y }, holder.id, size);
}

/** The nearest position at or below a point where a note covers nothing. */
export function freeNotePosition(graph: Graph, wanted: Point, size: Size): Point {
  const notes = [...graph.notes.values()].map((note) => ({ ...note, ...note.position }));
  return freeOf([...[...graph.nodes.values()].map(boxOf), ...notes], wanted, size);
}

function freeOf(boxes: readonly Box[], wanted: Point, size: Size): Point {
  const position: Box = { x: snap(wanted.x), y: snap(wanted.y), ...size };
  for (;;) {
    const hit = boxes.find((box) => overlaps(position, box));
    if (!hit) return { x: position.x, y: position.y };
    position.y = snap(hit.y + hit.height + rowGap);
  }
}

const insideOf = (graph: Graph, { id }: DraftNode) => containersIn(graph.nodes).get(id);

/** Where the step after an output goes: to the right of it. */
export function positionAfter(graph: Graph, node: DraftNode): Point {
  const { x, y } = node.position;
  return freePosition(graph, { x: x + cardWidth + columnGap, y }, insideOf(graph, node));
}

/** Where the step before an input goes. */
export function positionBefore(graph: Graph, node: DraftNode): Point {
  const { x, y } = node.position;
  return freePosition(graph, { x: x - cardWidth - columnGap, y }, insideOf(graph, node));
}

/**
 * Makes room for a step between two others: where it goes, and the moves of what has to give way, which is
 * everything that the second one leads to.
 */
export function positionBetween(
  graph: Graph,
  source: DraftNode,
  target: DraftNode,
  after: readonly string[],
): { at: Point; moves: { id: string; position: Point }[] } {
  const at = {
    x: snap(source.position.x + cardWidth + columnGap),
    y: snap((source.position.y + target.position.y) / 2),
  };
  const missing = at.x + cardWidth + columnGap - target.position.x;
  if (missing <= 0) {
    const middle = (source.position.x + target.position.x) / 2;
    return { at: { x: snap(middle), y: at.y }, moves: [] };
  }
  const moves = [target.id, ...after].flatMap((id) => {
    const node = graph.nodes.get(id);
    if (!node || node.position.x < target.position.x) return [];
    return [{ id, position: { x: node.position.x + snap(missing), y: node.position.y } }];
  });
  return { at, moves };
}

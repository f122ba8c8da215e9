import { elementOf, flowIdOf } from '@/lib/canvas/flow-ids';
import type { Point } from '@/lib/canvas/geometry';
import { cardHeight, cardWidth, snap } from '@/lib/canvas/geometry';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { drawingOf } from '@/lib/canvas/node-types';
import type { Drop } from '@/lib/workflows/edits/edits-objects';
import { type Box, boxAround, contains, middleOf } from './box';
import { containersIn, frameStart, isContainer, withInside } from './containers';

/** Room between a frame and the cards in it; on top stands its name. Canvas pixels. */
export const framePadding = { side: 24, top: 48, bottom: 24 } as const;
/** On the right of a container's frame: its last step keeps its `+`, for nothing leads out. */
export const openSide = 48;

/** A node's card at a position, or where the document has it. */
export function cardBox(node: DraftNode, at: Point = node.position): Box {
  return { x: at.x, y: at.y, width: cardWidth, height: cardHeight(drawingOf(node).ports) };
}

const indexed = new WeakMap<Graph['nodes'], ReadonlyMap<string, readonly DraftNode[]>>();

/** Nodes by the group that they name, or the step inside which they stand; computed once per state of the nodes. */
export function membersByGroup(nodes: Graph['nodes']): ReadonlyMap<string, readonly DraftNode[]> {
  let index = indexed.get(nodes);
  if (!index) {
    const groups = new Map<string, DraftNode[]>();
    for (const node of nodes.values()) {
      if (node.group === undefined) continue;
      // In a circle of steps inside each other nobody would find an end.
      if (isContainer(nodes.get(node.group)) && !containersIn(nodes).has(node.id)) continue;
      const members = groups.get(node.group);
      if (members) members.push(node);
      else groups.set(node.group, [node]);
    }
    index = groups;
    indexed.set(nodes, index);
  }
  return index;
}

/** The frame around cards, with so much room on their right; undefined around none. */
export function frameAround(
  boxes: Iterable<Box>,
  right: number = framePadding.side,
): Box | undefined {
  const box = boxAround(boxes);
  return (
    box && {
      x: box.x - framePadding.side,
      y: box.y - framePadding.top,
      width: box.width + framePadding.side + right,
      height: box.height + framePadding.top + framePadding.bottom,
    }
  );
}

/**
 * Whether a frame goes along with a drag: when it was taken by its header, or all its cards are on the move. A card
 * that is dragged by itself leaves the frame where it stands, so that it can be dragged out.
 */
export function movesAlong(
  members: readonly DraftNode[],
  moving: ReadonlyMap<string, Point>,
  chosen: boolean,
): boolean {
  return (chosen || members.length > 1) && members.every((node) => moving.has(node.id));
}

type Moving = ReadonlyMap<string, Point>;
const nothing: Moving = new Map();

/** Where the frame of a group, or of what stands inside a step, is while things move; undefined around nothing. */
export function frameOf(
  graph: Graph,
  id: string,
  moving: Moving = nothing,
  chosen = false,
): Box | undefined {
  const members = membersByGroup(graph.nodes).get(id) ?? [];
  const holder = graph.nodes.get(id);
  if (members.length === 0) {
    return isContainer(holder) ? emptyFrame(holder, moving.get(id)) : undefined;
  }
  const along = moving.has(id) || movesAlong(members, moving, chosen);
  const boxes = members.flatMap((node) => {
    const card = cardBox(node, along ? moving.get(node.id) : undefined);
    if (!isContainer(node)) return [card];
    const frame = frameOf(graph, node.id, along ? moving : nothing);
    return frame ? [card, frame] : [card];
  });
  return frameAround(boxes, isContainer(holder) ? openSide : undefined);
}

/** The frame of a step with nothing inside: as large as it will be around the first one. */
function emptyFrame(holder: DraftNode, at?: Point): Box | undefined {
  const first = { ...firstPosition(holder, at), width: cardWidth, height: cardHeight([]) };
  return frameAround([first], openSide);
}

/** Where the first step inside another stands. */
export function firstPosition(holder: DraftNode, at?: Point): Point {
  const { x, y } = frameStart(holder, at);
  return { x: x + framePadding.side, y: y + framePadding.top };
}

/** The frames of the steps that others stand in, by id. */
export function containerFrames(graph: Graph): Map<string, Box> {
  const frames = new Map<string, Box>();
  for (const node of graph.nodes.values()) {
    const frame = isContainer(node) ? frameOf(graph, node.id) : undefined;
    if (frame) frames.set(node.id, frame);
  }
  return frames;
}

/** The group, or the step to stand inside, whose frame a point is in; the smallest when several are. */
export function groupAt(
  graph: Graph,
  point: Point,
  may: (container: string) => boolean = () => true,
): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  const look = (id: string, frame: Box | undefined) => {
    if (!frame || !contains(frame, point) || frame.width * frame.height >= least) return;
    best = id;
    least = frame.width * frame.height;
  };
  for (const id of graph.groups.keys()) look(id, frameOf(graph, id));
  for (const [id, frame] of containerFrames(graph)) if (may(id)) look(id, frame);
  return best;
}

/** The frame that a node would be dropped into: none of its own, and none inside a step for what begins a workflow. */
export function frameFor(
  graph: Graph,
  node: DraftNode,
  at: Point,
  moving: { has(id: string): boolean },
): string | undefined {
  const { accepts } = drawingOf(node);
  return groupAt(graph, middleOf(cardBox(node, at)), (id) => accepts && !moving.has(id));
}

/** The edit that a drop means: new positions, and the frames that cards were dragged into or out of. */
export function dropOf(graph: Graph, wanted: Moving, objects: ReadonlySet<string>): Drop {
  const nodes: { id: string; position: Point }[] = [];
  const notes: { id: string; position: Point }[] = [];
  const groups = new Map<string, string | undefined>();
  const byGroup = membersByGroup(graph.nodes);
  const moving = withInside(graph, wanted);
  for (const [flowId, position] of moving) {
    const { kind, id } = elementOf(flowId);
    if (kind === 'note') notes.push({ id, position });
    const node = kind === 'node' ? graph.nodes.get(id) : undefined;
    if (!node) continue;
    const { group } = node;
    const members = group === undefined ? undefined : byGroup.get(group);
    const chosen = group !== undefined && objects.has(flowIdOf('group', group));
    const along =
      members && group !== undefined && (moving.has(group) || movesAlong(members, moving, chosen));
    const now = along ? group : frameFor(graph, node, position, moving);
    if (now !== group) groups.set(id, now);
    const holder = now === undefined || now === group ? undefined : graph.nodes.get(now);
    const first = isContainer(holder) && !byGroup.has(holder.id) && wanted.size === 1;
    nodes.push({ id, position: first ? snapped(firstPosition(holder)) : position });
  }
  return { nodes, notes, groups };
}

const snapped = ({ x, y }: Point): Point => ({ x: snap(x), y: snap(y) });

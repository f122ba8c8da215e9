import type { Drop } from '@/lib/workflows/edits-objects';
import { cardHeight, cardWidth } from '../geometry';
import type { DraftNode, Graph } from '../graph-view';
import { type Box, boxAround, contains, middleOf } from '../layout/box';
import type { Point } from '../local-state';
import { drawingOf } from '../node-types';
import { elementOf, flowIdOf } from './flow-ids';

/** Room between a frame and the cards in it; on top stands its name. Canvas pixels. */
export const framePadding = { side: 24, top: 48, bottom: 24 } as const;

/** A node's card at a place, or where the document has it. */
export function cardBox(node: DraftNode, at: Point = node.position): Box {
  return { x: at.x, y: at.y, width: cardWidth, height: cardHeight(drawingOf(node).ports) };
}

const indexed = new WeakMap<Graph['nodes'], ReadonlyMap<string, readonly DraftNode[]>>();

/** Nodes by the group that they name, computed once per state of the nodes. */
export function membersByGroup(nodes: Graph['nodes']): ReadonlyMap<string, readonly DraftNode[]> {
  let index = indexed.get(nodes);
  if (!index) {
    const groups = new Map<string, DraftNode[]>();
    for (const node of nodes.values()) {
      if (node.group === undefined) continue;
      const members = groups.get(node.group);
      if (members) members.push(node);
      else groups.set(node.group, [node]);
    }
    index = groups;
    indexed.set(nodes, index);
  }
  return index;
}

/** The frame around cards; undefined around none. */
export function frameAround(boxes: Iterable<Box>): Box | undefined {
  const box = boxAround(boxes);
  return (
    box && {
      x: box.x - framePadding.side,
      y: box.y - framePadding.top,
      width: box.width + 2 * framePadding.side,
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

/** Where a group's frame is while things move. */
export function frameOf(
  members: readonly DraftNode[],
  moving: ReadonlyMap<string, Point>,
  chosen: boolean,
): Box | undefined {
  const along = movesAlong(members, moving, chosen);
  return frameAround(members.map((node) => cardBox(node, along ? moving.get(node.id) : undefined)));
}

/** The group whose frame a point is in; the smallest when several are. */
export function groupAt(graph: Graph, point: Point): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [id, members] of membersByGroup(graph.nodes)) {
    const frame = graph.groups.has(id)
      ? frameAround(members.map((node) => cardBox(node)))
      : undefined;
    if (!frame || !contains(frame, point) || frame.width * frame.height >= least) continue;
    best = id;
    least = frame.width * frame.height;
  }
  return best;
}

/** The edit that a drop means: new places, and the groups that cards were dragged into or out of. */
export function dropOf(
  graph: Graph,
  moving: ReadonlyMap<string, Point>,
  objects: ReadonlySet<string>,
): Drop {
  const nodes: { id: string; position: Point }[] = [];
  const notes: { id: string; position: Point }[] = [];
  const groups = new Map<string, string | undefined>();
  const byGroup = membersByGroup(graph.nodes);
  for (const [flowId, position] of moving) {
    const { kind, id } = elementOf(flowId);
    if (kind === 'note') notes.push({ id, position });
    const node = kind === 'node' ? graph.nodes.get(id) : undefined;
    if (!node) continue;
    nodes.push({ id, position });
    const { group } = node;
    const members = group === undefined ? undefined : byGroup.get(group);
    const chosen = group !== undefined && objects.has(flowIdOf('group', group));
    if (members && movesAlong(members, moving, chosen)) continue;
    const now = groupAt(graph, middleOf(cardBox(node, position)));
    if (now !== group) groups.set(id, now);
  }
  return { nodes, notes, groups };
}

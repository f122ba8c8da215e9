import { getBezierPath, Position } from '@xyflow/react';
import type { Point } from '@/lib/canvas/geometry';
import { cardHeight, cardWidth, portMiddle } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { drawingOf } from '@/lib/canvas/node-types';
import type { Anchor } from '@/lib/comments/schema';

/** Where dragged nodes are at this moment, by id. */
type Moved = (nodeId: string) => Point | undefined;

/** How a pin is aligned: under a card's lower right corner, on an edge, or with its tip on the point. */
export type Stand = 'card' | 'wire' | 'tip';
export type PinPosition = Point & { stand: Stand };

/** Room that the `+` of an output needs at the right edge of a card. */
const inset = 10;

/** Position of an anchor on the canvas; undefined when it is gone, or is the workflow itself. */
export function pinPosition(anchor: Anchor, graph: Graph, moved: Moved): PinPosition | undefined {
  switch (anchor.kind) {
    case 'workflow':
      return undefined;
    case 'point':
      return { x: anchor.x, y: anchor.y, stand: 'tip' };
    case 'edge':
      return middleOf(anchor.edgeId, graph, moved);
    case 'node':
    case 'text': {
      const node = graph.nodes.get(anchor.nodeId);
      if (!node) return undefined;
      const { x, y } = moved(node.id) ?? node.position;
      const height = cardHeight(drawingOf(node).ports);
      return { x: x + cardWidth - inset, y: y + height, stand: 'card' };
    }
  }
}

function middleOf(edgeId: string, graph: Graph, moved: Moved): PinPosition | undefined {
  const edge = graph.edges.get(edgeId);
  const source = graph.nodes.get(edge?.source ?? '');
  const target = graph.nodes.get(edge?.target ?? '');
  if (!edge || !source || !target) return undefined;
  const { ports } = drawingOf(source);
  const port = Math.max(
    0,
    ports.findIndex(({ id }) => id === edge.sourcePort),
  );
  const from = moved(source.id) ?? source.position;
  const to = moved(target.id) ?? target.position;
  const [, x, y] = getBezierPath({
    sourceX: from.x + cardWidth,
    sourceY: from.y + portMiddle(ports, port),
    sourcePosition: Position.Right,
    targetX: to.x,
    targetY: to.y + portMiddle([], 0),
    targetPosition: Position.Left,
  });
  return { x, y, stand: 'wire' };
}

/** Pins of one key stand side by side. */
export function keyOf(anchor: Anchor): string {
  switch (anchor.kind) {
    case 'workflow':
      return 'workflow';
    case 'point':
      return `point:${anchor.x}:${anchor.y}`;
    case 'edge':
      return `edge:${anchor.edgeId}`;
    case 'node':
    case 'text':
      return `node:${anchor.nodeId}`;
  }
}

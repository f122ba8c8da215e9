'use client';

import type { Node, NodeProps } from '@xyflow/react';
import { Joint } from '@/components/nodes/joint';
import type { Graph } from '@/lib/canvas/graph';
import type { Box } from '@/lib/canvas/layout/box';
import { around, frameTitle, isContainer } from '@/lib/canvas/layout/containers';
import { cardBox, frameOf } from '@/lib/canvas/layout/frames';

/** `card`: where the container's card stands, seen from the frame's corner; absent where it has a frame already. */
export type GhostFrameNode = Node<{ title: string; card: Box | undefined }, 'ghost-frame'>;
type Added = Graph['nodes'] extends ReadonlyMap<string, infer N> ? N : never;

/** The frames of containers that a suggestion adds, or adds steps to, as they would be; outer ones first. */
export function ghostFrames(graph: Graph, added: readonly Added[]): GhostFrameNode[] {
  const after = {
    ...graph,
    nodes: new Map([...graph.nodes, ...added.map((node) => [node.id, node] as const)]),
  };
  const touched = new Set(added.flatMap((node) => [node.id, ...around(after, node.id)]));
  return [...touched]
    .sort((a, b) => around(after, a).length - around(after, b).length)
    .flatMap((id) => {
      const node = after.nodes.get(id);
      const box = isContainer(node) ? frameOf(after, id) : undefined;
      return node && box ? [toFlowNode(node, box, !graph.nodes.has(id))] : [];
    });
}

function toFlowNode(node: Added, { x, y, width, height }: Box, isNew: boolean): GhostFrameNode {
  const card = cardBox(node);
  return {
    id: `ghost-frame:${node.id}`,
    type: 'ghost-frame',
    position: { x, y },
    ...{ width, height, measured: { width, height } },
    data: {
      title: isNew ? frameTitle(node) : '',
      card: isNew ? { ...card, x: card.x - x, y: card.y - y } : undefined,
    },
    ...{ draggable: false, selectable: false, connectable: false, deletable: false },
    focusable: false,
    style: { pointerEvents: 'none' },
    zIndex: 0,
  };
}

/** The frame that a container would have. */
export function GhostFrame({ data, width = 0, height = 0 }: NodeProps<GhostFrameNode>) {
  const { title, card } = data;
  return (
    <div
      style={{ width, height }}
      className="relative rounded-xl border border-dashed border-success [--edge:var(--success)]"
    >
      {card ? <Joint card={card} width={width} /> : null}
      <div className="truncate px-3 pt-2 text-sm font-medium text-success">{title}</div>
    </div>
  );
}

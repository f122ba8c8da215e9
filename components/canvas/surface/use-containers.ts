import { useMemo, useRef } from 'react';
import { flowIdOf } from '@/lib/canvas/flow-ids';
import type { Point } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import type { Box } from '@/lib/canvas/layout/box';
import { around, frameTitle, isContainer } from '@/lib/canvas/layout/containers';
import { cardBox, frameOf, membersByGroup } from '@/lib/canvas/layout/frames';
import type { ContainerNode } from '../cards/container-frame';

type Look = { box: Box; card: Box; steps: number; selected: boolean; depth: number };
type Kept = Look & { from: unknown; node: ContainerNode };

const sameBox = (a: Box, b: Box) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

function toNode(from: Parameters<typeof frameTitle>[0], look: Look): ContainerNode {
  const { box, card, steps, selected } = look;
  const { x, y, width, height } = box;
  const title = frameTitle(from);
  return {
    id: flowIdOf('group', from.id),
    type: 'container',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [],
    data: { node: from, title, steps, card: { ...card, x: card.x - x, y: card.y - y } },
    selected,
    selectable: false,
    dragHandle: '.frame-header',
    style: { pointerEvents: 'none' },
    ariaLabel: `Inside ${from.name || title}, ${steps === 1 ? '1 step' : `${steps} steps`}`,
  };
}

/** The frames around what stands inside steps, as React Flow wants them; what looks the same keeps its identity. */
export function useContainerNodes(
  graph: Graph,
  moving: ReadonlyMap<string, Point>,
  objects: ReadonlySet<string>,
): ContainerNode[] {
  const kept = useRef(new Map<string, Kept>());
  return useMemo(() => {
    const next = new Map<string, Kept>();
    const byGroup = membersByGroup(graph.nodes);
    for (const from of graph.nodes.values()) {
      if (!isContainer(from)) continue;
      const selected = objects.has(flowIdOf('group', from.id));
      const box = frameOf(graph, from.id, moving, selected);
      if (!box) continue;
      const steps = byGroup.get(from.id)?.length ?? 0;
      const card = cardBox(from, moving.get(from.id));
      const depth = around(graph, from.id).length;
      const look = { box, card, steps, selected, depth };
      const known = kept.current.get(from.id);
      const same =
        known?.from === from &&
        known.steps === steps &&
        known.selected === selected &&
        known.depth === depth &&
        sameBox(known.box, box) &&
        sameBox(known.card, card);
      next.set(from.id, same ? known : { ...look, from, node: toNode(from, look) });
    }
    kept.current = next;
    // An inner frame lies on those around it.
    return [...next.values()].sort((a, b) => a.depth - b.depth).map(({ node }) => node);
  }, [graph, moving, objects]);
}

'use client';

import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import type { Session } from '@/components/session/session';
import { cardWidth, snap } from '@/lib/canvas/geometry';
import { edgeUnder } from '@/lib/canvas/layout/edge-under';
import { groupAt } from '@/lib/canvas/layout/frames';
import { typeOf } from '@/lib/canvas/node-types';
import { dragType } from '../palette/palette-list';

/** A kind of step that is dragged from the palette lands on the canvas, or on a wire of it. */
export function useDropTarget({ graph, local, actions }: Session) {
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    const positionOf = (event: React.DragEvent) => {
      const at = screenToFlowPosition(
        { x: event.clientX - 24, y: event.clientY - 32 },
        { snapToGrid: false },
      );
      return { x: snap(at.x), y: snap(at.y) };
    };
    const edgeAt = (event: React.DragEvent) => {
      const { x, y } = screenToFlowPosition(
        { x: event.clientX, y: event.clientY },
        { snapToGrid: false },
      );
      return edgeUnder(graph.get(), {
        x: x - cardWidth / 8,
        y: y - 16,
        width: cardWidth / 4,
        height: 32,
      });
    };
    const groupUnder = (event: React.DragEvent) => {
      const at = positionOf(event);
      return groupAt(graph.get(), { x: at.x + cardWidth / 4, y: at.y + 32 });
    };
    const mark = (dropEdge?: string, dropGroup?: string) =>
      local.set((now) =>
        now.dropEdge === dropEdge && now.dropGroup === dropGroup
          ? now
          : { ...now, dropEdge, dropGroup },
      );
    return {
      onDragOver(event: React.DragEvent) {
        if (!event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        mark(edgeAt(event), groupUnder(event));
      },
      onDragLeave: () => mark(),
      onDrop(event: React.DragEvent) {
        const type = event.dataTransfer.getData(dragType);
        if (!type) return;
        event.preventDefault();
        const edgeId = typeOf(type)?.accepts === false ? undefined : edgeAt(event);
        mark();
        actions.addStep(type, positionOf(event), edgeId);
      },
    };
  }, [graph, local, actions, screenToFlowPosition]);
}

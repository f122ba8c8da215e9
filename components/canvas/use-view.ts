'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';
import { cardWidth } from './geometry';
import type { Graph } from './graph-view';
import type { Point } from './local-state';

const quick = { duration: 140 };
/** Pixels of the window that a revealed card keeps to the edge. */
const margin = 48;

export type View = {
  toCanvas(screen: Point): Point;
  /** Where a card goes to stand in the middle of what is seen. */
  centre(): Point;
  fit(): void;
  resetZoom(): void;
  /** Moves the view so that the nodes are in it; leaves it alone when they are. */
  reveal(graph: Graph, nodeIds: readonly string[]): void;
};

/** The viewport, as the editor's deeds need it. */
export function useView(): View {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useMemo(() => {
    const toCanvas = (screen: Point) => flow.screenToFlowPosition(screen, { snapToGrid: false });
    return {
      toCanvas,
      centre() {
        const { width, height, transform } = store.getState();
        const [x, y, zoom] = transform;
        return { x: (width / 2 - x) / zoom - cardWidth / 2, y: (height / 2 - y) / zoom - 32 };
      },
      resetZoom: () => void flow.zoomTo(1, quick),
      fit: () => void flow.fitView({ padding: 0.09, maxZoom: 1, ...quick }),
      reveal(graph, nodeIds) {
        const { width, height, transform } = store.getState();
        const [x, y, zoom] = transform;
        const places = nodeIds.flatMap((id) => graph.nodes.get(id)?.position ?? []);
        const inside = places.every((at) => {
          const left = at.x * zoom + x;
          const top = at.y * zoom + y;
          return (
            left > margin &&
            top > margin &&
            left + cardWidth * zoom < width - margin &&
            top + 64 * zoom < height - margin
          );
        });
        const [first] = places;
        if (inside || !first) return;
        void flow.setCenter(first.x + cardWidth / 2, first.y + 32, { zoom, ...quick });
      },
    };
  }, [flow, store]);
}

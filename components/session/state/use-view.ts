'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';
import type { Point } from '@/lib/canvas/geometry';
import { cardWidth } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { motion } from './motion';

/** Pixels of the window that a revealed card keeps to the edge; twice on the right, where its `+` stands. */
const margin = 24;

export type View = {
  toCanvas(screen: Point): Point;
  /** Where a card goes to stand in the middle of what is seen. */
  centre(): Point;
  fit(): void;
  /** Centres the view on a point. */
  centreOn(point: Point): void;
  resetZoom(): void;
  /** Moves the view as little as it takes to see the first node; not at all when all are in it. */
  reveal(graph: Graph, nodeIds: readonly string[]): void;
};

/** What of the canvas the inspector leaves to be seen: on narrow screens it lies over its side, or over its foot. */
function seenOf(canvas: HTMLElement | null, width: number, height: number) {
  const panel = document.querySelector('[data-inspector]')?.getBoundingClientRect();
  const box = canvas?.getBoundingClientRect();
  if (!panel || !box) return { width, height };
  const atFoot = panel.left <= box.left && panel.top > box.top;
  return atFoot
    ? { width, height: Math.min(height, panel.top - box.top) }
    : { width: Math.min(width, panel.left - box.left), height };
}

/** The viewport, as the editor's actions need it. */
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
      centreOn: ({ x, y }) =>
        void flow.setCenter(x, y, { ...motion, zoom: store.getState().transform[2] }),
      resetZoom: () => void flow.zoomTo(1, motion),
      fit: () => void flow.fitView({ padding: 0.06, maxZoom: 1, ...motion }),
      reveal(graph, nodeIds) {
        const { transform, domNode, ...all } = store.getState();
        const [x, y, zoom] = transform;
        const { width: seen, height } = seenOf(domNode, all.width, all.height);
        const positions = nodeIds.flatMap((id) => graph.nodes.get(id)?.position ?? []);
        const inside = positions.every((at) => {
          const left = at.x * zoom + x;
          const top = at.y * zoom + y;
          return (
            left > margin &&
            top > margin &&
            left + cardWidth * zoom < seen - 2 * margin &&
            top + 64 * zoom < height - margin
          );
        });
        const [first] = positions;
        if (inside || !first) return;
        const nearest = (at: number, size: number, end: number) =>
          Math.max(margin, Math.min(at, end - size)) - at;
        void flow.setViewport(
          {
            x: x + nearest(first.x * zoom + x, cardWidth * zoom, seen - 2 * margin),
            y: y + nearest(first.y * zoom + y, 64 * zoom, height - margin),
            zoom,
          },
          motion,
        );
      },
    };
  }, [flow, store]);
}

'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { useSession } from '@/components/session/session';
import type { CommentThread } from '@/lib/comments/contract';
import { openThread, showInPanel } from './open-thread';
import { pinPosition } from './pin-position';

/** On narrower windows the panel lies over the canvas: there a thread opens in the panel. */
const roomForBoth = 1_024;
/** Pixels of the window that a pin keeps to the edges when it is brought into view. */
const margin = 80;

/** Opens a thread where it stands, bringing that into view; in the panel where it stands nowhere. */
export function useShowThread() {
  const session = useSession();
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (thread: CommentThread, fromPanel = false) => {
      const place = pinPosition(thread.anchor, session.graph.get(), () => undefined);
      const crowded = fromPanel && innerWidth < roomForBoth;
      if (!place || crowded) {
        showInPanel(session, thread.id);
        return;
      }
      const { width, height, transform } = store.getState();
      const [x, y, zoom] = transform;
      const at = { x: place.x * zoom + x, y: place.y * zoom + y };
      const inside =
        at.x > margin && at.y > margin && at.x < width - margin && at.y < height - margin;
      if (!inside) void flow.setCenter(place.x, place.y, { zoom, duration: 140 });
      openThread(session, thread);
    },
    [session, flow, store],
  );
}

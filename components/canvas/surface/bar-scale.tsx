'use client';

import { useStore, useStoreApi } from '@xyflow/react';
import { useLayoutEffect } from 'react';

/** Bars grow against the zoom up to this: beyond it they would cover the neighbours. */
const most = 1.8;

/** Keeps the bars of cards, notes and frames at a size that can be hit when the view is zoomed out. Renders nothing. */
export function BarScale() {
  const store = useStoreApi();
  // In steps: each change restyles all that is on the canvas.
  const scale = useStore(({ transform }) =>
    Math.min(most, Math.max(1, Math.round(5 / transform[2]) / 5)),
  );
  useLayoutEffect(() => {
    store.getState().domNode?.style.setProperty('--bar-scale', String(scale));
  }, [store, scale]);
  return null;
}

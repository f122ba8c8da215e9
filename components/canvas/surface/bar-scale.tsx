'use client';

import { useStore, useStoreApi } from '@xyflow/react';
import { useLayoutEffect } from 'react';

/** Bars grow against the zoom up to this: beyond it they would cover the neighbours. */
const most = 1.8;

/** Pixels of the window below which a title is hard to read, and the zoom from which on cards show all they have. */
const leastType = 12;
const nearEnough = 0.85;

/** Keeps the bars of cards, notes and frames at a size that can be hit when the view is zoomed out, and titles at one that can be read. Renders nothing. */
export function BarScale() {
  const store = useStoreApi();
  // In steps: each change restyles all that is on the canvas.
  const scale = useStore(({ transform }) =>
    Math.min(most, Math.max(1, Math.round(5 / transform[2]) / 5)),
  );
  // In steps of a twentieth, for the same reason; rounded down, so that letters are never too small.
  const zoom = useStore(({ transform }) => Math.max(0.3, Math.floor(transform[2] * 20) / 20));
  useLayoutEffect(() => {
    const { domNode } = store.getState();
    if (!domNode) return;
    domNode.toggleAttribute('data-far', zoom < nearEnough);
    domNode.style.setProperty('--far-type', `${Math.round((leastType / zoom) * 10) / 10}px`);
  }, [store, zoom]);
  useLayoutEffect(() => {
    store.getState().domNode?.style.setProperty('--bar-scale', String(scale));
  }, [store, scale]);
  return null;
}

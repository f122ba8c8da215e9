'use client';

import { useStore, ViewportPortal } from '@xyflow/react';
import { useLocal } from '@/components/session/session';

/** Hairlines where what is dragged aligns with its neighbours. */
export function Guides() {
  const guides = useLocal((local) => local.guides);
  const zoom = useStore((state) => state.transform[2]);
  if (!guides || guides.length === 0) return null;
  const thin = 1 / zoom;
  return (
    <ViewportPortal>
      {guides.map(({ vertical, at, from, to }) => (
        <div
          key={`${vertical ? 'v' : 'h'}${at}`}
          aria-hidden
          className="pointer-events-none absolute z-[1001] bg-accent"
          style={
            vertical
              ? { left: at - thin / 2, top: from, width: thin, height: to - from }
              : { left: from, top: at - thin / 2, width: to - from, height: thin }
          }
        />
      ))}
    </ViewportPortal>
  );
}

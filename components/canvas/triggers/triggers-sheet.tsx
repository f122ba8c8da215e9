'use client';

import { useEffect } from 'react';
import { later } from '@/components/ui/later';
import { Sheet } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { type PanelView, showTriggers, useShownTriggers } from './panel-state';

const Panel = later<{ shown: PanelView }>(
  () => import('./triggers-panel').then((found) => found.TriggersPanel),
  Loading,
);

/** The panel of what starts the workflow by itself. It closes with the editor. */
export function TriggersSheet() {
  const shown = useShownTriggers();
  useEffect(() => () => showTriggers(undefined), []);
  return (
    <Sheet
      open={shown !== undefined}
      onOpenChange={(open) => {
        if (!open) showTriggers(undefined);
      }}
      title="Triggers"
      className="w-[min(480px,100vw)]"
    >
      {shown ? <Panel shown={shown} /> : null}
    </Sheet>
  );
}

/** In the place of a list that is on its way. */
export function Loading() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
      {['a', 'b', 'c'].map((row) => (
        <Skeleton key={row} className="h-12" />
      ))}
    </div>
  );
}

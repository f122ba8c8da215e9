'use client';

import { useEffect } from 'react';
import { later } from '@/components/ui/later';
import { Sheet } from '@/components/ui/overlays/sheet';
import { type PanelView, showTriggers, useShownTriggers } from './parts/panel-state';
import { forgetAllUnfinished } from './parts/unfinished';
import { TriggersLoading } from './triggers-loading';

const Panel = later<{ shown: PanelView }>(
  () => import('./triggers-panel').then((found) => found.TriggersPanel),
  TriggersLoading,
);

/** The panel of what starts the workflow by itself. It closes with the editor. */
export function TriggersSheet() {
  const shown = useShownTriggers();
  useEffect(
    () => () => {
      showTriggers(undefined);
      forgetAllUnfinished();
    },
    [],
  );
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

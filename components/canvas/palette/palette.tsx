'use client';

import { useLocal, useSession } from '@/components/session/session';
import { Popover } from '@/components/ui/overlays/popover';
import { PaletteList } from './palette-list';

/** The palette where it was opened: at a `+`, at the end of a dropped edge, or in the middle. */
export function Palette() {
  const { actions } = useSession();
  const request = useLocal((local) => local.palette);
  if (!request) return null;
  const fits = request.from || request.edgeId ? 'after' : request.to ? 'before' : undefined;
  return (
    <Popover
      open
      label="Add a step"
      side="right"
      className="w-72 p-0"
      onOpenChange={(open) => {
        if (!open) actions.closePalette();
      }}
      trigger={
        <span
          aria-hidden
          className="pointer-events-none fixed size-px"
          style={{ left: request.screen.x, top: request.screen.y }}
        />
      }
    >
      <PaletteList fits={fits} autoFocus onChoose={(type) => actions.addStep(type)} />
    </Popover>
  );
}

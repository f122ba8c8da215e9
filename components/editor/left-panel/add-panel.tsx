'use client';

import { PaletteList } from '@/components/canvas/palette/palette-list';
import { useSession } from '@/components/session/session';

/** The palette in the left panel: drag a step onto the canvas, or click to add it in the middle. */
export function AddPanel() {
  const { actions } = useSession();
  return (
    <div data-shortcuts="off" className="min-h-0 flex-1 [&>*]:h-full">
      <PaletteList listClassName="!max-h-none flex-1" onChoose={(type) => actions.addStep(type)} />
    </div>
  );
}

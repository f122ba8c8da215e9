'use client';

import { Ban } from 'lucide-react';
import { useSession } from '@/components/session/session';
import { ContextMenuItem } from '@/components/ui/overlays/context-menu';
import { type Color, colors } from '@/lib/workflows/schema';
import { colorNames } from './colors';

/** A row of colours in a menu, for all that is selected. */
export function MenuColors({ value }: { value: Color | undefined }) {
  const { actions } = useSession();
  return (
    <div className="flex items-center gap-0.5 px-1 py-0.5">
      <ContextMenuItem
        aria-label="No colour"
        className="size-6 justify-center p-0"
        onSelect={() => actions.color(undefined)}
      >
        <Ban />
      </ContextMenuItem>
      {colors.map((color) => (
        <ContextMenuItem
          key={color}
          aria-label={`Colour ${colorNames[color].toLowerCase()}`}
          data-tint={color}
          className="size-6 justify-center p-0"
          onSelect={() => actions.color(color)}
        >
          <span
            aria-hidden
            data-chosen={value === color || undefined}
            className="size-3.5 rounded-full bg-(--tint) data-chosen:ring-2 data-chosen:ring-accent data-chosen:ring-offset-1 data-chosen:ring-offset-raised"
          />
        </ContextMenuItem>
      ))}
    </div>
  );
}

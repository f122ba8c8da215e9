'use client';

import { CopyPlus, Pencil, Power, PowerOff, Trash2 } from 'lucide-react';
import { IconButton } from '@/components/ui/icon-button';
import { useCanEdit, useSession } from './session';

/** Quick deeds above a card, on hover and while something in it has the focus. */
export function HoverBar({ nodeId, disabled }: { nodeId: string; disabled: boolean }) {
  const { actions } = useSession();
  if (!useCanEdit()) return null;
  return (
    <div
      role="toolbar"
      aria-label="Step actions"
      className="nodrag nopan pointer-events-none absolute right-2 bottom-full flex gap-0.5 pb-1 opacity-0 transition-opacity duration-100 group-focus-within/card:pointer-events-auto group-focus-within/card:opacity-100 group-hover/card:pointer-events-auto group-hover/card:opacity-100"
    >
      <div className="flex rounded-md border border-border-strong bg-raised p-px">
        <IconButton
          label="Rename"
          keys={['F2']}
          size="sm"
          side="top"
          tabIndex={-1}
          onClick={() => actions.startRenaming(nodeId)}
        >
          <Pencil className="!size-3.5" />
        </IconButton>
        <IconButton
          label="Duplicate"
          keys={['Mod', 'D']}
          size="sm"
          side="top"
          tabIndex={-1}
          onClick={() => actions.duplicate([nodeId])}
        >
          <CopyPlus className="!size-3.5" />
        </IconButton>
        <IconButton
          label={disabled ? 'Enable' : 'Disable'}
          keys={['D']}
          size="sm"
          side="top"
          tabIndex={-1}
          onClick={() => actions.toggleDisabled([nodeId])}
        >
          {disabled ? <Power className="!size-3.5" /> : <PowerOff className="!size-3.5" />}
        </IconButton>
        <IconButton
          label="Delete"
          keys={['Backspace']}
          size="sm"
          side="top"
          tabIndex={-1}
          onClick={() => actions.remove([nodeId])}
        >
          <Trash2 className="!size-3.5" />
        </IconButton>
      </div>
    </div>
  );
}

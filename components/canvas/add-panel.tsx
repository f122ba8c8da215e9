'use client';

import { PanelLeftClose, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { PaletteList } from './palette-list';
import { useSession } from './session';

const storageKey = 'ensemble.add-panel';

/** The palette, docked on the left: drag a step onto the canvas, or click to add it in the middle. */
export function AddPanel() {
  const { actions } = useSession();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(localStorage.getItem(storageKey) === 'open'), []);
  const toggle = (next: boolean) => {
    setOpen(next);
    localStorage.setItem(storageKey, next ? 'open' : 'closed');
  };
  if (!open) {
    return (
      <div className="absolute top-3 left-3 z-30 rounded-lg border border-border-strong bg-raised p-0.5">
        <IconButton label="Add steps" keys={['N']} side="right" onClick={() => toggle(true)}>
          <Plus />
        </IconButton>
      </div>
    );
  }
  return (
    <aside aria-label="Steps to add" className="flex w-60 shrink-0 flex-col border-r bg-surface">
      <header className="flex h-9 shrink-0 items-center justify-between border-b pr-1.5 pl-3.5">
        <h2 className="text-sm font-medium">Add steps</h2>
        <IconButton label="Close" size="sm" onClick={() => toggle(false)}>
          <PanelLeftClose />
        </IconButton>
      </header>
      <div data-shortcuts="off" className="min-h-0 flex-1 [&>*]:h-full">
        <PaletteList
          listClassName="!max-h-none flex-1"
          onChoose={(type) => actions.addStep(type)}
        />
      </div>
    </aside>
  );
}

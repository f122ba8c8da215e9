'use client';

import { Ellipsis } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useSession } from '@/components/session/session';
import type { LeftPanelView } from '@/components/session/state/local-state';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Popover } from '@/components/ui/overlays/popover';

const panels: readonly { view: LeftPanelView; label: string }[] = [
  { view: 'outline', label: 'Outline' },
  { view: 'find', label: 'Find' },
  { view: 'workflows', label: 'Workflows' },
];

type Props = {
  narrow: boolean;
  /** Open because a shortcut wants something inside. */
  requested: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** Tools of the header: in a row where there is room, else behind one button. */
export function Collapsing({ narrow, requested: asked, onClose, children }: Props) {
  const [open, setOpen] = useState(false);
  const { actions } = useSession();
  if (!narrow) return children;
  return (
    <Popover
      open={open || asked}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) onClose();
      }}
      label="More of this workflow"
      align="end"
      className="w-auto min-w-56 p-2"
      trigger={
        <IconButton label="More">
          <Ellipsis />
        </IconButton>
      }
    >
      <div className="flex flex-wrap items-center gap-2">{children}</div>
      <div className="mt-2 flex gap-1 border-t pt-2">
        {panels.map(({ view, label }) => (
          <Button
            key={view}
            size="sm"
            variant="ghost"
            className="flex-1"
            onClick={() => {
              setOpen(false);
              // The list gives the focus back as it closes: the panel takes it after that.
              setTimeout(() => actions.showLeftPanel(view), 50);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </Popover>
  );
}

'use client';

import { Layers, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/controls/button';
import { Popover } from '@/components/ui/overlays/popover';

type Props = {
  name: string;
  count: number;
  editable: boolean;
  onRemove: () => void;
  children: ReactNode;
};

/** Many tools of one server or service as one chip; opened, it shows each. */
export function ToolGroupChip({ name, count, editable, onRemove, children }: Props) {
  return (
    <Popover
      label={`${name}: ${count} tools`}
      className="w-96 space-y-3"
      trigger={
        <button
          type="button"
          className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-md border px-2 text-xs font-medium"
        >
          <Layers aria-hidden className="size-3" />
          <span className="min-w-0 truncate">{name}</span>
          <span className="text-faint">{count} tools</span>
        </button>
      }
    >
      <div className="flex max-h-72 flex-wrap gap-1.5 overflow-auto">{children}</div>
      {editable ? (
        <Button type="button" size="sm" variant="ghost" onClick={onRemove}>
          <X aria-hidden /> Remove all {count}
        </Button>
      ) : null}
    </Popover>
  );
}

'use client';

import { Archive } from 'lucide-react';
import { useState } from 'react';
import { useActor } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import { UnsavedRow } from './unsaved-row';
import { useUnsaved } from './use-unsaved';

/** "Unsaved changes on this device: 3 workflows." Nothing where all is saved. */
export function UnsavedLine({ className }: { className?: string }) {
  const { userId } = useActor();
  const [unsaved, look] = useUnsaved(userId);
  const [open, setOpen] = useState(false);
  if (unsaved.length === 0) return null;
  return (
    <div className={cn('flex items-center gap-2 text-sm text-muted', className)}>
      <Archive className="size-3.5 shrink-0 text-warning" aria-hidden />
      <p role="status" className="min-w-0 flex-1 truncate">
        Unsaved changes on this device: {plural(unsaved.length, 'workflow')}
      </p>
      <Button size="sm" onClick={() => setOpen(true)}>
        Show
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        size="lg"
        title="Unsaved changes on this device"
        description="They exist only in this browser. Open a workflow while you are online to save its pending changes."
        footer={<Button onClick={() => setOpen(false)}>Keep for later</Button>}
      >
        <ul aria-label="Workflows with unsaved changes" className="divide-y rounded-lg border">
          {unsaved.map((each) => (
            <UnsavedRow key={each.workflowId} unsaved={each} onDone={look} />
          ))}
        </ul>
      </Dialog>
    </div>
  );
}

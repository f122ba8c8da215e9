'use client';

import { useRestore, useRestorePreview } from '@/components/data/memory-queries';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { MemoryCheckpoint } from '@/lib/memory/schema';

const tones = { 'brought back': 'success', changed: 'neutral', deleted: 'danger' } as const;
const words = { 'brought back': 'Brought back', changed: 'Changed', deleted: 'Deleted' } as const;

type Props = { space: string; checkpoint: MemoryCheckpoint; onClose: () => void };

/** Shows what coming back to a checkpoint changes, and does it. */
export function RestoreDialog({ space, checkpoint, onClose }: Props) {
  const preview = useRestorePreview(space, checkpoint.id);
  const restore = useRestore();
  const changes = preview.data?.changes;
  const failed = restore.error ?? preview.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Restore ${checkpoint.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={changes === undefined || changes.length === 0}
            loading={restore.isPending}
            onClick={() =>
              restore.mutate(
                { space, to: { checkpoint: checkpoint.id } },
                {
                  onSuccess: ({ changes: done }) => {
                    toast.success(`${plural(done.length, 'entry', 'entries')} restored`);
                    onClose();
                  },
                },
              )
            }
          >
            Restore
          </Button>
        </>
      }
    >
      {failed ? (
        <p role="alert" className="text-sm text-danger">
          {failed.message}
        </p>
      ) : changes === undefined ? (
        <div role="status" aria-label="Loading changes">
          <SkeletonRows rows={3} />
        </div>
      ) : changes.length === 0 ? (
        <p className="text-sm text-muted">Nothing has changed since then.</p>
      ) : (
        <>
          <p className="text-sm text-muted">
            {plural(changes.length, 'entry', 'entries')} change. What stands now stays in the
            versions.
          </p>
          <ul aria-label="What changes" className="mt-2 max-h-72 overflow-y-auto rounded-md border">
            {changes.map(({ path, change }) => (
              <li
                key={path}
                className="flex h-8 items-center gap-2 border-b px-2.5 text-sm last:border-b-0"
              >
                <span className="min-w-0 flex-1 truncate">{path}</span>
                <Badge tone={tones[change]}>{words[change]}</Badge>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

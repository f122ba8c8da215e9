'use client';

import { Trash2, Undo2, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { usePurgeWorkflow, useRestoreWorkflow } from '@/components/data/workflow-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { TimeAgo, useNow } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { daysLeft } from '@/lib/workflows/trash';
import type { TrashItem } from '@/lib/workflows/trash-contract';

/** One workflow in the trash. */
export function TrashRow({ item }: { item: TrashItem }) {
  const now = useNow();
  const left = daysLeft(Date.parse(item.goesAt), now);
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2 last:border-b-0">
      <span className="flex size-7 shrink-0 items-center justify-center rounded-md border bg-bg text-faint">
        <Workflow className="size-3.5" aria-hidden />
      </span>
      <div className="min-w-40 flex-1">
        <p className="truncate font-medium">{item.name}</p>
        <p className="truncate text-xs text-faint">
          Deleted {item.deletedBy === null ? null : `by ${item.deletedBy} `}
          <TimeAgo at={item.deletedAt} />
        </p>
      </div>
      <span className={`text-xs tabular ${left <= 3 ? 'text-warning' : 'text-faint'}`}>
        {now === 0 ? '' : left === 0 ? 'Goes today' : `${plural(left, 'day')} left`}
      </span>
      <RowActions item={item} />
    </li>
  );
}

function RowActions({ item: { id, name } }: { item: TrashItem }) {
  const router = useRouter();
  const restore = useRestoreWorkflow();
  const purge = usePurgeWorkflow();
  const [asking, setAsking] = useState(false);
  const mayRestore = useCan('workflows.delete');
  const mayPurge = useCan('workspace.manage');
  const bringBack = () =>
    void restore.mutateAsync(id).then(
      () =>
        toast.success(`“${name}” was restored`, {
          action: { label: 'Open', onClick: () => router.push(`/workflows/${id}`) },
        }),
      (error: unknown) => toastError('The workflow was not restored', error),
    );
  return (
    <div className="flex items-center gap-1.5">
      {mayRestore ? (
        <Button
          size="sm"
          loading={restore.isPending}
          onClick={bringBack}
          aria-label={`Restore ${name}`}
        >
          <Undo2 aria-hidden /> Restore
        </Button>
      ) : null}
      {mayPurge ? (
        <IconButton label={`Delete ${name} for good…`} size="sm" onClick={() => setAsking(true)}>
          <Trash2 />
        </IconButton>
      ) : null}
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete “${name}” for good?`}
        description="Its draft, versions, history, comments and triggers are deleted for everyone. This cannot be undone. Its runs are kept."
        confirmLabel="Delete for good"
        pending={purge.isPending}
        onConfirm={() =>
          purge.mutateAsync(id).then(
            () => toast.success(`“${name}” was deleted for good`),
            (error: unknown) => {
              toastError('The workflow was not deleted', error);
              throw error;
            },
          )
        }
      />
    </div>
  );
}

'use client';

import { useDeleteWorkflow, useRestoreWorkflow } from '@/components/data/workflow-queries';
import { toast, toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { trashDays } from '@/lib/workflows/trash';

type Props = {
  workflow: { id: string; name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** It is there now. */
  onMoved?: () => void;
};

/** Asks before a workflow is moved to the trash, and offers to take that back. */
export function TrashDialog({ workflow: { id, name }, open, onOpenChange, onMoved }: Props) {
  const remove = useDeleteWorkflow();
  const restore = useRestoreWorkflow();
  const takeBack = () =>
    void restore.mutateAsync(id).then(
      () => toast.success(`“${name}” was restored`),
      (error: unknown) => toastError('The workflow was not restored', error),
    );
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Move “${name}” to the trash?`}
      description={
        <ul className="list-disc space-y-0.5 pl-4">
          <li>It closes for everyone who has it open, and its triggers rest.</li>
          <li>Runs that are going continue. Steps in other workflows that run it fail.</li>
          <li>It can be restored for {trashDays} days.</li>
        </ul>
      }
      confirmLabel="Move to trash"
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutateAsync(id).then(
          () => {
            toast.success(`“${name}” was moved to the trash`, {
              action: { label: 'Undo', onClick: takeBack },
            });
            onMoved?.();
          },
          (error: unknown) => {
            toastError('The workflow was not moved', error);
            throw error;
          },
        )
      }
    />
  );
}

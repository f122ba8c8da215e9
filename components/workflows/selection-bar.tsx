'use client';

import { FileDown, FolderInput, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { pathOf } from '@/components/data/call';
import { useDeleteWorkflow } from '@/components/data/workflow-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { exportWorkflow, type WorkflowSummary } from '@/lib/workflows/contract';
import { trashDays } from '@/lib/workflows/trash';
import { forEach, nameOf } from './bulk';
import { MoveDialog } from './move-dialog';
import { TagsDialog } from './tags-dialog';

type Props = { selected: readonly WorkflowSummary[]; onClear: () => void };

/** What can be done to several workflows at once. */
export function SelectionBar({ selected, onClear }: Props) {
  const [asking, setAsking] = useState<'move' | 'tag' | 'delete'>();
  const remove = useDeleteWorkflow();
  const canEdit = useCan('workflows.edit');
  const canDelete = useCan('workflows.delete');
  const close = () => setAsking(undefined);
  const dialog = { workflows: selected, onOpenChange: close, onDone: onClear };
  return (
    <section
      aria-label="Selection"
      className="sticky top-0 z-20 flex flex-wrap items-center gap-1.5 border-b bg-raised px-4 py-1.5"
    >
      <span role="status" className="mr-2 text-sm font-medium tabular">
        {selected.length} selected
      </span>
      {canEdit ? (
        <>
          <Button size="sm" variant="ghost" onClick={() => setAsking('move')}>
            <FolderInput aria-hidden /> Move…
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setAsking('tag')}>
            <Tag aria-hidden /> Tags…
          </Button>
        </>
      ) : null}
      <Button size="sm" variant="ghost" onClick={() => void download(selected)}>
        <FileDown aria-hidden /> Export
      </Button>
      {canDelete ? (
        <Button size="sm" variant="ghost" onClick={() => setAsking('delete')}>
          <Trash2 aria-hidden /> Move to trash…
        </Button>
      ) : null}
      <span className="flex-1" />
      <IconButton label="Clear the selection" keys={['Esc']} size="sm" onClick={onClear}>
        <X />
      </IconButton>
      <MoveDialog {...dialog} open={asking === 'move'} />
      <TagsDialog {...dialog} open={asking === 'tag'} />
      <AlertDialog
        open={asking === 'delete'}
        onOpenChange={close}
        title={`Move ${nameOf(selected)} to the trash?`}
        description={`They close for everyone who has them open, and their triggers rest. Runs that are going continue. They can be restored for ${trashDays} days.`}
        confirmLabel="Move to trash"
        pending={remove.isPending}
        onConfirm={() =>
          forEach(selected, ({ id }) => remove.mutateAsync(id), 'moved to the trash').then(onClear)
        }
      />
    </section>
  );
}

/** Browsers take one download after another. */
const betweenMs = 250;

async function download(workflows: readonly WorkflowSummary[]): Promise<void> {
  for (const { id } of workflows) {
    const link = document.createElement('a');
    link.href = pathOf(exportWorkflow, { params: { id }, query: { format: 'yaml' } });
    link.download = '';
    link.click();
    await new Promise((resolve) => setTimeout(resolve, betweenMs));
  }
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { Download, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { call } from '@/components/data/call';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { getWorkflow } from '@/lib/workflows/contract';
import { discardUnsaved, downloadUnsaved } from './actions';
import type { Unsaved } from './use-unsaved';

/** One workflow with unsaved changes: open it, take them along as a file, or discard them. */
export function UnsavedRow({ unsaved, onDone }: { unsaved: Unsaved; onDone: () => Promise<void> }) {
  const { workflowId } = unsaved;
  const { userId } = useActor();
  const [discarding, setDiscarding] = useState(false);
  const workflow = useQuery({
    queryKey: ['unsaved', workflowId],
    queryFn: ({ signal }) => call(getWorkflow, { params: { id: workflowId } }, { signal }),
    retry: false,
  });
  const name = workflow.data?.name;
  const save = () =>
    downloadUnsaved(userId, unsaved).catch((error: unknown) =>
      toastError('The file was not created. Your edits are still here', error),
    );
  const discard = async () => {
    try {
      await discardUnsaved(userId, unsaved);
      toast('Unsaved changes discarded');
    } catch (error) {
      toastError('The changes were not discarded', error);
    }
    await onDone();
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <Link
          href={`/workflows/${workflowId}`}
          className="block truncate font-medium hover:underline"
        >
          {name ?? (workflow.isPending ? 'Loading…' : 'A workflow that is not in this workspace')}
        </Link>
        <p className="text-xs text-muted">{wordsOf(unsaved)}</p>
      </div>
      <Button size="sm" onClick={() => void save()}>
        <Download aria-hidden /> Download
      </Button>
      <IconButton
        size="sm"
        label={`Discard the unsaved changes of ${name ?? 'this workflow'}`}
        onClick={() => setDiscarding(true)}
      >
        <Trash2 />
      </IconButton>
      <AlertDialog
        open={discarding}
        onOpenChange={setDiscarding}
        title="Discard the unsaved changes?"
        description="They exist only in this browser and cannot be recovered. Download them first if you may need them."
        confirmLabel="Discard"
        onConfirm={discard}
      />
    </li>
  );
}

function wordsOf({ waiting, rejections }: Unsaved): string {
  const lines = [
    ...(waiting > 0 ? [`${plural(waiting, 'edit')} not sent yet`] : []),
    ...rejections.map(
      ({ count, why }) => `${plural(count, 'edit')} could not be saved: ${why.words}`,
    ),
  ];
  return `${lines.join('; ')}.`;
}

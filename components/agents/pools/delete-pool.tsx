'use client';

import Link from 'next/link';
import { useDeletePool, usePoolUses } from '@/components/data/pool-queries';
import { toast, toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { PoolView } from '@/lib/messages/pools';

type Props = { pool: PoolView; onClose: () => void };

/** Asks before a pool is deleted, and says what that affects at this moment. */
export function DeletePool({ pool: { id, name }, onClose }: Props) {
  const remove = useDeletePool();
  const uses = usePoolUses(id);
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Delete ${name}?`}
      description={
        uses.data === undefined ? (
          <p role={uses.error ? 'alert' : 'status'}>
            {uses.error
              ? `What it affects could not be found: ${uses.error.message}`
              : 'Looking at what it affects…'}
          </p>
        ) : (
          <Affected name={name} uses={uses.data} />
        )
      }
      confirmLabel="Delete pool"
      pending={remove.isPending || uses.isPending}
      onConfirm={() =>
        remove.mutateAsync(id).then(
          ({ cancelled }) => {
            const what = cancelled === 0 ? '' : `; ${plural(cancelled, 'message')} cancelled`;
            toast.success(`${name} was deleted${what}`);
            onClose();
          },
          (error: unknown) => {
            toastError('The pool was not deleted', error);
            throw error;
          },
        )
      }
    />
  );
}

type Uses = NonNullable<ReturnType<typeof usePoolUses>['data']>;

function Affected({
  name,
  uses: { waiting, held, topics, workflows },
}: {
  name: string;
  uses: Uses;
}) {
  return (
    <div className="space-y-2">
      <p>
        {waiting === 0
          ? 'No message waits in it.'
          : `${plural(waiting, 'message')} that ${waiting === 1 ? 'waits' : 'wait'} in it ${waiting === 1 ? 'is' : 'are'} cancelled; whoever waits for a reply is told.`}
        {held === 0
          ? ''
          : ` ${plural(held, 'task')} under way ${held === 1 ? 'goes' : 'go'} on to the end.`}
        {topics.length === 0
          ? ''
          : ` ${plural(topics.length, 'subscription')} of it ${topics.length === 1 ? 'ends' : 'end'}.`}{' '}
        Its agents stay.
      </p>
      {workflows.length === 0 ? null : (
        <>
          <p>Steps that name {name} fail until they name another one:</p>
          <ul aria-label="Steps that name it" className="max-h-40 space-y-1 overflow-y-auto">
            {workflows.map((workflow) => (
              <li key={workflow.id}>
                <Link href={`/workflows/${workflow.id}`} className="font-medium underline">
                  {workflow.name}
                </Link>
                : {workflow.steps.map((step) => step.name).join(', ')}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>This cannot be undone.</p>
    </div>
  );
}

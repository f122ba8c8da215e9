'use client';

import { useState } from 'react';
import { useConnectionUses, useDeleteConnection } from '@/components/data/connection-queries';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Connection } from '@/lib/connections/contract';

/** Deletes a connection after saying which workflows fail without it. */
export function DeleteConnection({ connection: { id, name } }: { connection: Connection }) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteConnection();
  const uses = useConnectionUses(id).data ?? [];
  const names = uses.map(({ workflowName }) => `“${workflowName}”`).join(', ');
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Delete ${name}`}
        onClick={() => setAsking(true)}
      >
        Delete
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${name}?`}
        description={
          uses.length === 0
            ? 'Its secret is deleted with it. No workflow uses it.'
            : `Its secret is deleted with it. Steps that use it fail in ${names}.`
        }
        confirmLabel="Delete connection"
        pending={remove.isPending}
        onConfirm={() =>
          // What is shown here is what is agreed to: uses that came since are refused.
          remove.mutateAsync({ id, force: uses.length > 0 }).then(
            () => toast.success(`${name} was deleted`),
            (error: unknown) => {
              toastError('The connection was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}

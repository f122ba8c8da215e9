'use client';

import { useState } from 'react';
import { useDeleteService } from '@/components/data/service-queries';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { ConnectionUse } from '@/lib/connections/contract';
import type { Service } from '@/lib/services/contract';

type Props = { service: Service; uses: readonly ConnectionUse[] };

/** Deletes a service after saying which workflows fail without it. */
export function DeleteService({ service: { id, name }, uses }: Props) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteService();
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
            ? 'No workflow calls it. Connections stay.'
            : `Steps that call it fail in ${names}. Connections stay.`
        }
        confirmLabel="Delete service"
        pending={remove.isPending}
        onConfirm={() =>
          // What is shown here is what is agreed to: uses that came since are refused.
          remove.mutateAsync({ id, force: uses.length > 0 }).then(
            () => toast.success(`${name} was deleted`),
            (error: unknown) => {
              toastError('The service was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}

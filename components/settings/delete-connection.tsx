'use client';

import { useConnectionUses, useDeleteConnection } from '@/components/data/connection-queries';
import { DeleteRecord } from '@/components/records/delete-record';
import type { Connection } from '@/lib/connections/contract';

/** Deletes a connection after saying which workflows fail without it. */
export function DeleteConnection({ connection: { id, name } }: { connection: Connection }) {
  const remove = useDeleteConnection();
  const uses = useConnectionUses(id).data ?? [];
  const names = uses.map(({ workflowName }) => `“${workflowName}”`).join(', ');
  return (
    <DeleteRecord
      name={name}
      what="connection"
      description={
        uses.length === 0
          ? 'Its secret is deleted with it. No workflow uses it.'
          : `Its secret is deleted with it. Steps and triggers that use it fail in ${names}.`
      }
      pending={remove.isPending}
      // What is shown here is what is agreed to: uses that came since are refused.
      onDelete={() => remove.mutateAsync({ id, force: uses.length > 0 })}
    />
  );
}

'use client';

import { useDeleteService } from '@/components/data/service-queries';
import { DeleteRecord } from '@/components/records/delete-record';
import type { ConnectionUse } from '@/lib/connections/contract';
import type { Service } from '@/lib/services/contract';

type Props = { service: Service; uses: readonly ConnectionUse[] };

/** Deletes a service after saying which workflows fail without it. */
export function DeleteService({ service: { id, name }, uses }: Props) {
  const remove = useDeleteService();
  const names = uses.map(({ workflowName }) => `“${workflowName}”`).join(', ');
  return (
    <DeleteRecord
      name={name}
      what="service"
      description={
        uses.length === 0
          ? 'No workflow calls it. Connections stay.'
          : `Steps that call it fail in ${names}. Connections stay.`
      }
      pending={remove.isPending}
      // What is shown here is what is agreed to: uses that came since are refused.
      onDelete={() => remove.mutateAsync({ id, force: uses.length > 0 })}
    />
  );
}

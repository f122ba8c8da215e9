'use client';

import { useRouter } from 'next/navigation';
import { useCreateWorkflow } from '@/components/data/queries';
import { toastError } from '@/components/ui/controls/toast';
import type { Definition } from '@/lib/workflows/schema';

/** Makes a workflow, empty or from a definition, in a folder, and opens it. */
export function useNewWorkflow(folder?: string) {
  const router = useRouter();
  const creation = useCreateWorkflow();
  const send = (body: unknown) =>
    // Not by callbacks of `mutate`: who asks may be gone by then, as the palette is.
    void creation.mutateAsync({ body, folder }).then(
      ({ id }) => router.push(`/workflows/${id}`),
      (error: unknown) => toastError('The workflow was not created', error),
    );
  return {
    pending: creation.isPending,
    create: () =>
      send({ schema: 1, name: 'Untitled workflow', description: '', nodes: [], edges: [] }),
    createFrom: (definition: Definition) => send(definition),
  };
}

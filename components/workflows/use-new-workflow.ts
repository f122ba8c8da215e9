'use client';

import { useRouter } from 'next/navigation';
import { useCreateWorkflow } from '@/components/data/queries';
import { toastError } from '@/components/ui/toast';

/** Makes an empty workflow and opens it. */
export function useNewWorkflow() {
  const router = useRouter();
  const creation = useCreateWorkflow();
  return {
    pending: creation.isPending,
    create: () =>
      creation.mutate(
        { body: { schema: 1, name: 'Untitled workflow', description: '', nodes: [], edges: [] } },
        {
          onSuccess: ({ id }) => router.push(`/workflows/${id}`),
          onError: (error) => toastError('The workflow was not created', error),
        },
      ),
  };
}

'use client';

import { useRouter } from 'next/navigation';
import { useDuplicateWorkflow } from '@/components/data/workflow-queries';
import { toast, toastError } from '@/components/ui/controls/toast';
import type { Named } from './bulk';

/** Makes a copy. From the workflow's page it is opened; in a list it appears on top. */
export function useDuplicate(listed: boolean) {
  const router = useRouter();
  const { mutateAsync } = useDuplicateWorkflow();
  return ({ id, name }: Named) =>
    mutateAsync(id).then(
      (made) => {
        const open = () => router.push(`/workflows/${made.id}`);
        toast.success(`“${name}” was duplicated`, {
          description: 'Triggers stay with the original.',
          ...(listed ? { action: { label: 'Open', onClick: open } } : {}),
        });
        if (!listed) open();
      },
      (error: unknown) => toastError('The workflow was not duplicated', error),
    );
}

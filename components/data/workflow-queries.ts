'use client';

import { deleteWorkflow, duplicateWorkflow } from '@/lib/workflows/contract';
import { call } from './call';
import { keys, useChange } from './queries';

export function useDuplicateWorkflow() {
  return useChange(
    (id: string) =>
      call(duplicateWorkflow, { params: { id } }, { idempotencyKey: crypto.randomUUID() }),
    keys.workflows,
  );
}

export function useDeleteWorkflow() {
  return useChange((id: string) => call(deleteWorkflow, { params: { id } }), keys.workflows);
}

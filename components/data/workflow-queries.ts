'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { deleteWorkflow, duplicateWorkflow } from '@/lib/workflows/contract';
import { listTrash, purgeWorkflow, restoreWorkflow } from '@/lib/workflows/trash-contract';
import { call } from './call';
import { keys, useChange } from './queries';

export function useDuplicateWorkflow() {
  return useChange(
    (id: string) =>
      call(duplicateWorkflow, { params: { id } }, { idempotencyKey: crypto.randomUUID() }),
    keys.workflows,
  );
}

/** Moves a workflow to the trash. */
export function useDeleteWorkflow() {
  return useChange((id: string) => call(deleteWorkflow, { params: { id } }), keys.workflows);
}

export function useTrash() {
  return useInfiniteQuery({
    queryKey: [...keys.workflows, 'trash'],
    queryFn: ({ pageParam, signal }) =>
      call(listTrash, { query: { cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useRestoreWorkflow() {
  return useChange((id: string) => call(restoreWorkflow, { params: { id } }), keys.workflows);
}

export function usePurgeWorkflow() {
  return useChange((id: string) => call(purgeWorkflow, { params: { id } }), keys.workflows);
}

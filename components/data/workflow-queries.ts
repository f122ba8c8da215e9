'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { deleteWorkflow, duplicateWorkflow, listWorkflows } from '@/lib/workflows/contract';
import {
  addFavourite,
  listLabels,
  moveFolder,
  organiseWorkflow,
  removeFavourite,
} from '@/lib/workflows/organise/contract';
import { listTrash, purgeWorkflow, restoreWorkflow } from '@/lib/workflows/trash-contract';
import { type CallInput, call } from './call';
import { keys, useChange } from './queries';

export type WorkflowFilters = Omit<NonNullable<CallInput<typeof listWorkflows>['query']>, 'cursor'>;

/** Workflows by filters, in an order. */
export function useWorkflowList(filters: WorkflowFilters) {
  return useInfiniteQuery({
    queryKey: [...keys.workflows, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      call(listWorkflows, { query: { ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Folders and tags that there are. */
export function useLabels() {
  return useQuery({
    queryKey: [...keys.workflows, 'labels'],
    queryFn: ({ signal }) => call(listLabels, {}, { signal }),
  });
}

type Organise = { id: string } & CallInput<typeof organiseWorkflow>['body'];

/** Moves a workflow to a folder, or changes its tags. */
export function useOrganise() {
  return useChange(
    ({ id, ...body }: Organise) => call(organiseWorkflow, { params: { id }, body }),
    keys.workflows,
  );
}

export function useFavourite() {
  return useChange(
    ({ id, on }: { id: string; on: boolean }) =>
      call(on ? addFavourite : removeFavourite, { params: { id } }),
    keys.workflows,
  );
}

export function useMoveFolder() {
  return useChange(
    (body: CallInput<typeof moveFolder>['body']) => call(moveFolder, { body }),
    keys.workflows,
  );
}

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

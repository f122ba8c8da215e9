'use client';

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  deleteRevision,
  getAhead,
  getBlame,
  getRevision,
  getVersion,
  listActivity,
  listHistory,
  nameRevision,
  renameRevision,
} from '@/lib/history/contract';
import type { Definition } from '@/lib/workflows/schema';
import { call } from './call';
import { keys } from './queries';

export function useHistory(id: string) {
  return useInfiniteQuery({
    queryKey: [...keys.history, 'list', id],
    queryFn: ({ pageParam, signal }) =>
      call(listHistory, { params: { id }, query: { cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** A state that was kept: a revision, or a published version. */
export type KeptState = { revisionId: string } | { version: number };

/** The definition of a kept state. It never changes, so it is fetched once. */
export function useKeptState(id: string, state: KeptState | undefined) {
  return useQuery({
    queryKey: ['kept-state', id, state],
    queryFn: async ({ signal }): Promise<Definition> => {
      if (state === undefined) throw new Error('there is no state to fetch');
      if ('version' in state) {
        const params = { id, number: state.version };
        return (await call(getVersion, { params }, { signal })).definition;
      }
      const params = { id, revisionId: state.revisionId };
      return (await call(getRevision, { params }, { signal })).definition;
    },
    enabled: state !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Fetched when somebody asks, and not again with every edit. */
export function useBlame(id: string, nodeId: string) {
  return useQuery({
    queryKey: ['blame', id, nodeId],
    queryFn: ({ signal }) => call(getBlame, { params: { id, nodeId } }, { signal }),
    staleTime: 3_000,
  });
}

/** What publishing would bring, and whose it is. Fetched anew whenever somebody looks. */
export function useAhead(id: string) {
  return useQuery({
    queryKey: [...keys.history, 'ahead', id],
    queryFn: ({ signal }) => call(getAhead, { params: { id } }, { signal }),
    staleTime: 0,
  });
}

export function useActivity(id: string) {
  return useInfiniteQuery({
    queryKey: [...keys.history, 'activity', id],
    queryFn: ({ pageParam, signal }) =>
      call(listActivity, { params: { id }, query: { cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function useHistoryChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.history] }),
  });
}

export function useNameRevision(id: string) {
  return useHistoryChange((body: { name: string; stateVector: string }) =>
    call(nameRevision, { params: { id }, body }),
  );
}

export function useRenameRevision(id: string) {
  return useHistoryChange(({ revisionId, name }: { revisionId: string; name: string }) =>
    call(renameRevision, { params: { id, revisionId }, body: { name } }),
  );
}

export function useDeleteRevision(id: string) {
  return useHistoryChange((revisionId: string) =>
    call(deleteRevision, { params: { id, revisionId } }),
  );
}

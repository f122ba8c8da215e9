'use client';

import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  createCheckpoint,
  createSpace,
  deleteCheckpoint,
  deleteEntry,
  deleteSpace,
  exportSpace,
  getEntry,
  importSpace,
  listChanges,
  listCheckpoints,
  listConflicts,
  listEntries,
  listSpaces,
  listVersions,
  putEntry,
  resolveConflict,
  restoreMemory,
  searchMemory,
} from '@/lib/memory/contract';
import { listLocks, releaseLock } from '@/lib/memory/locks/contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

export function useSpaces() {
  return useQuery({
    queryKey: [...keys.memory, 'spaces'],
    queryFn: ({ signal }) => call(listSpaces, {}, { signal }),
  });
}

/** Entries of a space in pages, by path. */
export function useEntries(space: string) {
  return useInfiniteQuery({
    queryKey: [...keys.memory, 'entries', space],
    queryFn: ({ pageParam, signal }) =>
      call(
        listEntries,
        { params: { space }, query: { limit: 200, cursor: pageParam } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useEntry(space: string, path: string) {
  return useQuery({
    queryKey: [...keys.memory, 'entry', space, path],
    queryFn: ({ signal }) => call(getEntry, { params: { space, path } }, { signal }),
    retry: false,
  });
}

export function useVersions(space: string, path: string) {
  return useInfiniteQuery({
    queryKey: [...keys.memory, 'versions', space, path],
    queryFn: ({ pageParam, signal }) =>
      call(
        listVersions,
        {
          params: { space },
          query: { path, limit: 20, before: pageParam === 0 ? undefined : pageParam },
        },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.more ? page.items.at(-1)?.version : undefined),
  });
}

/** The newest changes of a space, the newest first. */
export function useChanges(space: string) {
  return useQuery({
    queryKey: [...keys.memory, 'changes', space],
    queryFn: ({ signal }) =>
      call(listChanges, { params: { space }, query: { limit: 100 } }, { signal }),
  });
}

export function useCheckpoints(space: string) {
  return useQuery({
    queryKey: [...keys.memory, 'checkpoints', space],
    queryFn: ({ signal }) => call(listCheckpoints, { params: { space } }, { signal }),
  });
}

export function useConflicts(space: string) {
  return useQuery({
    queryKey: [...keys.memory, 'conflicts', space],
    queryFn: ({ signal }) => call(listConflicts, { query: { space } }, { signal }),
  });
}

export function useMemorySearch(q: string) {
  return useQuery({
    queryKey: [...keys.memory, 'search', q],
    queryFn: ({ signal }) => call(searchMemory, { body: { q, limit: 50 } }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

function useMemoryChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: [...keys.memory] }),
  });
}

type PutBody = NonNullable<CallInput<typeof putEntry>['body']>;
type RestoreBody = NonNullable<CallInput<typeof restoreMemory>['body']>;
type ImportBody = NonNullable<CallInput<typeof importSpace>['body']>;
type ResolveBody = NonNullable<CallInput<typeof resolveConflict>['body']>;

export const useCreateSpace = () =>
  useMemoryChange((name: string) => call(createSpace, { body: { name } }));

export const useDeleteSpace = () =>
  useMemoryChange((space: string) => call(deleteSpace, { params: { space } }));

export const usePutEntry = () =>
  useMemoryChange(({ space, path, ...body }: { space: string; path: string } & PutBody) =>
    call(putEntry, { params: { space, path }, body }),
  );

export const useDeleteEntry = () =>
  useMemoryChange(({ space, path }: { space: string; path: string }) =>
    call(deleteEntry, { params: { space, path } }),
  );

export const useRestore = () =>
  useMemoryChange(({ space, ...body }: { space: string } & RestoreBody) =>
    call(restoreMemory, { params: { space }, body }),
  );

/** What a restore would change; nothing is written. */
export function useRestorePreview(space: string, checkpoint: string) {
  return useQuery({
    queryKey: [...keys.memory, 'preview', space, checkpoint],
    queryFn: ({ signal }) =>
      call(
        restoreMemory,
        { params: { space }, body: { to: { checkpoint }, preview: true } },
        { signal },
      ),
  });
}

export const useCreateCheckpoint = () =>
  useMemoryChange(({ space, name }: { space: string; name: string }) =>
    call(createCheckpoint, { params: { space }, body: { name } }),
  );

export const useDeleteCheckpoint = () =>
  useMemoryChange(({ space, id }: { space: string; id: string }) =>
    call(deleteCheckpoint, { params: { space, id } }),
  );

export const useResolveConflict = () =>
  useMemoryChange(({ id, ...body }: { id: string } & ResolveBody) =>
    call(resolveConflict, { params: { id }, body }),
  );

export const useImportSpace = () =>
  useMemoryChange(({ space, body }: { space: string; body: ImportBody }) =>
    call(importSpace, { params: { space }, body }),
  );

export const exportOf = (space: string) => call(exportSpace, { params: { space } });

/** Locks of a space; looked at again and again, since a lease ends without a word. */
export function useLocks(space: string) {
  return useQuery({
    queryKey: [...keys.memory, 'locks', space],
    queryFn: ({ signal }) => call(listLocks, { query: { space } }, { signal }),
    refetchInterval: 10_000,
  });
}

export const useReleaseLock = () =>
  useMemoryChange((token: number) => call(releaseLock, { params: { token } }));

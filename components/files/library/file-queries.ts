'use client';

import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type CallInput, call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { deleteFile, getFileText, getFileUses, listFiles } from '@/lib/files/contract';

const files = ['files'];

export type FileFilters = Omit<NonNullable<CallInput<typeof listFiles>['query']>, 'cursor'>;

/** Files that fit the filters, newest first. */
export function useFileList(filters: FileFilters) {
  return useInfiniteQuery({
    queryKey: [...files, 'library', filters],
    queryFn: ({ pageParam, signal }) =>
      call(listFiles, { query: { ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** The beginning of a file's text, as an agent is given it. */
export function useFileText(id: string) {
  return useQuery({
    queryKey: [...files, 'text', id],
    queryFn: ({ signal }) =>
      call(getFileText, { params: { id }, query: { limit: 20_000 } }, { signal }),
    retry: false,
  });
}

/** Workflows that name a file. */
export function useFileUses(id: string) {
  return useQuery({
    queryKey: [...files, 'uses', id],
    queryFn: ({ signal }) => call(getFileUses, { params: { id } }, { signal }),
  });
}

export function useDeleteFile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteFile, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: files }),
  });
}

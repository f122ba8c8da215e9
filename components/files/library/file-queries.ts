'use client';

import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type CallInput, call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { upload } from '@/components/data/upload';
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

/** Uploads files one after another; those that cannot be taken are told, the others stay. */
export function useUploadFiles() {
  const client = useQueryClient();
  return useMutation({
    async mutationFn(chosen: readonly File[]) {
      const refused: string[] = [];
      for (const file of chosen) {
        const options = { signal: new AbortController().signal, onProgress: () => undefined };
        await upload(file, options).catch((error: unknown) => {
          refused.push(error instanceof Error ? error.message : file.name);
        });
      }
      return { taken: chosen.length - refused.length, refused };
    },
    onSettled: () => client.invalidateQueries({ queryKey: files }),
  });
}

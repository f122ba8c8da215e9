'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { listFiles } from '@/lib/files/contract';
import { call } from './call';

/** Key of the workspace's files among the queries. */
export const filesKey = ['files', 'list'];

/** The newest files of the workspace. */
export function useFiles(enabled = true) {
  return useQuery({
    queryKey: filesKey,
    queryFn: ({ signal }) => call(listFiles, { query: { limit: 100 } }, { signal }),
    enabled,
  });
}

const fileId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const sample = /^sample:/;

/** Whether a text can only be the id of a file, or of something like it: nothing for people to read. */
export const looksLikeFile = (text: string): boolean => fileId.test(text);

/** Names of files by what settings and inputs call them; undefined for what is no file that is known here. */
export function useFileNames(enabled = true): (text: string) => string | undefined {
  const { data } = useFiles(enabled);
  return useCallback(
    (text) =>
      sample.test(text)
        ? text.replace(sample, '')
        : looksLikeFile(text)
          ? data?.items.find(({ id }) => id === text)?.name
          : undefined,
    [data],
  );
}

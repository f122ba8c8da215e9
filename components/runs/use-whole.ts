'use client';

import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { type BlobRef, beginningOf, filled, refsIn } from '@/lib/runs/blobs';
import { readRunValue } from '@/lib/runs/contract';

/** Characters that are read without asking. */
const unasked = 1_000_000;

export type Whole = {
  /** With what has been read so far; what is missing stands there as its beginning. */
  value: unknown;
  /** What is missing: characters of JSON in all, and how to read it. Undefined when nothing is. */
  missing?: { characters: number; reading: boolean; failed: boolean; read(): void };
};

/** A value of a run with its large parts, which are kept apart: small ones are read at once, others on request. */
export function useWhole(runId: string | undefined, value: unknown): Whole {
  const refs = refsIn(value);
  const characters = refs.reduce((sum, { $blob }) => sum + $blob.characters, 0);
  const [requested, setRequested] = useState(false);
  const wanted = runId !== undefined && (requested || characters <= unasked);
  const found = useQueries({
    queries: refs.map(({ $blob: { hash } }) => ({
      queryKey: [...keys.runs, 'value', runId, hash],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(readRunValue, { params: { id: runId ?? '', hash } }, { signal }),
      enabled: wanted,
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  if (refs.length === 0) return { value };
  const known = new Map(refs.map(({ $blob }, index) => [$blob.hash, found[index]?.data]));
  const read = (ref: BlobRef): unknown => {
    const part = known.get(ref.$blob.hash);
    return part === undefined ? beginningOf(ref) : filled(part, beginningOf);
  };
  const left = refs.filter(({ $blob }) => known.get($blob.hash) === undefined);
  return {
    value: filled(value, read),
    ...(left.length === 0
      ? {}
      : {
          missing: {
            characters: left.reduce((sum, { $blob }) => sum + $blob.characters, 0),
            reading: found.some((one) => one.isFetching),
            failed: found.some((one) => one.isError),
            read: () => {
              setRequested(true);
              for (const one of found) if (one.isError) void one.refetch();
            },
          },
        }),
  };
}

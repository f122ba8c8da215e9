'use client';

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type CallInput, call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { keys } from '@/components/data/queries';
import {
  adoptVariant,
  createExperiment,
  deleteExperiment,
  getExperiment,
  listExperiments,
  updateExperiment,
} from '@/lib/experiments/contract';
import type { VariantId } from '@/lib/experiments/schema';

export type ExperimentFilter = Omit<
  NonNullable<CallInput<typeof listExperiments>['query']>,
  'cursor' | 'limit'
>;

/** Experiments, newest first. */
export function useExperiments(filter: ExperimentFilter = {}) {
  return useInfiniteQuery({
    queryKey: [...keys.experiments, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        listExperiments,
        { query: { ...filter, limit: 50, cursor: pageParam || undefined } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** One experiment as it stands; while it runs it is read again now and then, since runs end all the time. */
export function useExperiment(id: string) {
  return useQuery({
    queryKey: [...keys.experiments, 'one', id],
    queryFn: ({ signal }) => call(getExperiment, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 5_000 : false),
  });
}

/** What people do to an experiment; lists and pages that show it are read again. */
export function useExperimentActions() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.experiments });
  return {
    start: useMutation({
      mutationFn: (body: CallInput<typeof createExperiment>['body']) =>
        call(createExperiment, { body }),
      onSettled,
    }),
    end: useMutation({
      mutationFn: (id: string) =>
        call(updateExperiment, { params: { id }, body: { state: 'ended' } }),
      onSettled,
    }),
    adopt: useMutation({
      mutationFn: ({ id, variant }: { id: string; variant: VariantId }) =>
        call(adoptVariant, { params: { id }, body: { variant } }),
      onSettled: () =>
        Promise.all([onSettled(), client.invalidateQueries({ queryKey: keys.agents })]),
    }),
    remove: useMutation({
      mutationFn: (id: string) => call(deleteExperiment, { params: { id } }),
      onSettled,
    }),
  };
}

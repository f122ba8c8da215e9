'use client';

import { useQueries } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef } from 'react';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { useGraph, useSession } from '@/components/session/session';
import { getSuggestion } from '@/lib/suggestions/contract';
import type { Review } from '@/lib/suggestions/review';
import type { SuggestionView } from '@/lib/suggestions/schema';
import { useSuggestions } from './queries';
import { reviewNow } from './review-now';
import { useSuggesting } from './use-suggesting';

export type Making = { view: SuggestionView; reviews: readonly Review[] };
const none: readonly Making[] = [];

/** What agents are making for this workflow at this moment, beside the draft as it stands. */
export function useMaking(): readonly Making[] {
  const { copy, workflowId } = useSession();
  const suggesting = useSuggesting();
  const { data } = useSuggestions(workflowId);
  const ids = (data?.items ?? []).flatMap(({ id, status }) => (status === 'making' ? [id] : []));
  const found = useQueries({
    queries: ids.map((suggestionId) => ({
      queryKey: [...keys.suggestions, 'one', workflowId, suggestionId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(getSuggestion, { params: { id: workflowId, suggestionId } }, { signal }),
    })),
    combine: (results) => results.flatMap(({ data: view }) => (view ? [view] : [])),
  });
  const any = found.length > 0;
  const graph = useDeferredValue(useGraph((now) => (any ? now : undefined)));
  const live = useRef(copy);
  live.current = copy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph changes whenever the document does.
  return useMemo(() => {
    const making = found.filter(({ status }) => status === 'making');
    if (making.length === 0 || suggesting.on) return none;
    return making.map((view) => ({ view, reviews: reviewNow(view, live.current) }));
  }, [found, suggesting.on, graph]);
}

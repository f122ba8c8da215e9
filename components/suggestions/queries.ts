'use client';

import { useQuery } from '@tanstack/react-query';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { getSuggestion, listSuggestions } from '@/lib/suggestions/contract';

/** Suggestions for a workflow, newest first; of drafts only one's own. */
export function useSuggestions(workflowId: string) {
  return useQuery({
    queryKey: [...keys.suggestions, 'list', workflowId],
    queryFn: ({ signal }) =>
      call(listSuggestions, { params: { id: workflowId }, query: { limit: 100 } }, { signal }),
    // The process of an agent that is making one may be gone: then nobody says that it ended.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'making') ? 2_000 : false,
  });
}

/** One of them with all of it. */
export function useSuggestion(workflowId: string, suggestionId: string | undefined) {
  return useQuery({
    queryKey: [...keys.suggestions, 'one', workflowId, suggestionId],
    queryFn: ({ signal }) => {
      const params = { id: workflowId, suggestionId: suggestionId ?? '' };
      return call(getSuggestion, { params }, { signal });
    },
    enabled: suggestionId !== undefined,
  });
}

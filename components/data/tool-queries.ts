'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerApproval, listApprovals, listTools, listTurns } from '@/lib/tools/contract';
import type { ToolAnswerInput } from '@/lib/tools/question';
import { type CallInput, call } from './call';
import { keys } from './queries';

/** Tools that agents can use, by words or names. */
export function useTools(
  query: NonNullable<CallInput<typeof listTools>['query']>,
  { enabled = true }: { enabled?: boolean } = {},
) {
  return useQuery({
    queryKey: [...keys.tools, 'list', query],
    queryFn: ({ signal }) => call(listTools, { query }, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Calls of tools that wait for a person: all of the workspace, or those of a run and the runs below it. */
export function useApprovals(runId?: string) {
  return useQuery({
    queryKey: [...keys.toolCalls, 'approvals', runId ?? ''],
    queryFn: ({ signal }) => call(listApprovals, { query: { runId } }, { signal }),
  });
}

export function useAnswerApproval() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, answer }: { id: string; answer: ToolAnswerInput }) =>
      call(answerApproval, { params: { id }, body: answer }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.toolCalls }),
  });
}

/** What the agent of a step did so far. */
export function useTurns(runId: string, stepId: string) {
  return useQuery({
    queryKey: [...keys.toolCalls, 'turns', runId, stepId],
    queryFn: ({ signal }) => call(listTurns, { params: { id: runId, stepId } }, { signal }),
  });
}

'use client';

import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  endMaintenance,
  listAgentInstances,
  listAgentStatuses,
  listAgentTasks,
  listAgentVersions,
  listStatusChanges,
  startMaintenance,
  startTask,
} from '@/lib/agents/contract';
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

/** As many names as an address holds. */
const namesAtOnce = 80;

/** Tools by their names, however many: undefined while some are not there yet. */
export function useToolsByName(names: readonly string[]) {
  const parts = Array.from({ length: Math.ceil(names.length / namesAtOnce) }, (_, at) =>
    names.slice(at * namesAtOnce, (at + 1) * namesAtOnce).join(','),
  );
  return useQueries({
    queries: parts.map((part) => ({
      queryKey: [...keys.tools, 'named', part],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(listTools, { query: { names: part, limit: namesAtOnce } }, { signal }),
      placeholderData: keepPreviousData,
    })),
    combine: (parts) =>
      parts.every(({ data }) => data !== undefined)
        ? parts.flatMap(({ data }) => data?.items ?? [])
        : undefined,
  });
}

/** Gives all tools of one server or service that work now. */
export function useToolsOf() {
  return useMutation({
    mutationFn: async (of: string) => {
      const { items } = await call(listTools, { query: { of, limit: 500 } });
      return items.filter(({ unavailable }) => unavailable === null);
    },
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
/** Tools are called for seconds: more often would show nothing more. */
const turnsEveryMs = 1_500;

export function useTurns(runId: string, stepId: string, { live = false } = {}) {
  return useQuery({
    refetchInterval: live ? turnsEveryMs : false,
    queryKey: [...keys.toolCalls, 'turns', runId, stepId],
    queryFn: ({ signal }) => call(listTurns, { params: { id: runId, stepId } }, { signal }),
  });
}

/** Tasks of an agent, the newest first. */
export function useAgentTasks(id: string) {
  return useQuery({
    queryKey: [...keys.toolCalls, 'tasks', id],
    queryFn: ({ signal }) => call(listAgentTasks, { params: { id } }, { signal }),
  });
}

/** What each agent is doing, by its id. */
export function useAgentStatuses() {
  return useQuery({
    queryKey: [...keys.toolCalls, 'statuses'],
    queryFn: ({ signal }) => call(listAgentStatuses, {}, { signal }),
  });
}

/** How an agent's status changed, the newest first. */
export function useStatusChanges(id: string) {
  return useQuery({
    queryKey: [...keys.toolCalls, 'status-changes', id],
    queryFn: ({ signal }) =>
      call(listStatusChanges, { params: { id }, query: { limit: 100 } }, { signal }),
  });
}

/** Worker processes that can do an agent's tasks. */
export function useAgentInstances(id: string, { enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: [...keys.toolCalls, 'instances', id],
    queryFn: ({ signal }) => call(listAgentInstances, { params: { id } }, { signal }),
    enabled,
  });
}

/** Takes an agent out of service with a reason, or without one puts it back. */
export function useMaintenance(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string | undefined) =>
      reason === undefined
        ? call(endMaintenance, { params: { id } })
        : call(startMaintenance, { params: { id }, body: { reason } }),
    onSettled: () =>
      Promise.all(
        [keys.agents, keys.toolCalls].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}

export function useAgentVersions(id: string) {
  return useQuery({
    queryKey: [...keys.agents, 'versions', id],
    queryFn: ({ signal }) => call(listAgentVersions, { params: { id } }, { signal }),
  });
}

export function useStartTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, input }: { id: string; input: string }) =>
      call(startTask, { params: { id }, body: { input } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.toolCalls }),
  });
}

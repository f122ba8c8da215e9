'use client';

import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import { createAgent, deleteAgent, listAgents, updateAgent } from '@/lib/agents/contract';
import type { AgentInput } from '@/lib/agents/schema';
import {
  cancelTurn,
  createThread,
  deleteThread,
  getThread,
  listThreads,
} from '@/lib/chat/contract';
import {
  deleteProviderKey,
  listProviders,
  putProviderKey,
  testProviderKey,
} from '@/lib/models/contract';
import type { ProviderId } from '@/lib/models/schema';
import type { ApprovalValue } from '@/lib/nodes/forms/approval-ask';
import {
  answerStep,
  cancelRun,
  continueRun,
  getRun,
  listRuns,
  listStepChildren,
  pauseRun,
  type StartRunBody,
  startRun,
} from '@/lib/runs/contract';
import type { Debug, RunMode, RunStatus } from '@/lib/runs/schema';
import { search } from '@/lib/search/contract';
import { createWorkflow, getWorkflow, listCallable, listWorkflows } from '@/lib/workflows/contract';
import { type CallInput, call } from './call';

/** First parts of the query keys: a hint about a noun invalidates everything under its key. */
export const keys = {
  workflows: ['workflows'],
  runs: ['runs'],
  agents: ['agents'],
  models: ['models'],
  threads: ['threads'],
  members: ['members'],
  comments: ['comments'],
  suggestions: ['suggestions'],
  notifications: ['notifications'],
  history: ['history'],
  triggers: ['triggers'],
  connections: ['connections'],
  budgets: ['budgets'],
  experiments: ['experiments'],
  calls: ['calls'],
  tables: ['tables'],
  memory: ['memory'],
  messages: ['messages'],
  services: ['services'],
  tools: ['tools'],
  toolCalls: ['tool-calls'],
} as const;

export type RunFilters = Omit<NonNullable<CallInput<typeof listRuns>['query']>, 'cursor'>;

export function useWorkflows(q = '') {
  return useInfiniteQuery({
    queryKey: [...keys.workflows, 'list', q],
    queryFn: ({ pageParam, signal }) =>
      call(listWorkflows, { query: { q: q || undefined, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Workflows that a step of `by` may run: those that fit some words, or one by its id. */
export function useCallable(
  query: NonNullable<CallInput<typeof listCallable>['query']>,
  on = true,
) {
  return useQuery({
    queryKey: [...keys.workflows, 'callable', query],
    queryFn: ({ signal }) => call(listCallable, { query }, { signal }),
    placeholderData: keepPreviousData,
    enabled: on,
  });
}

export function useWorkflow(id: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...keys.workflows, 'one', id],
    queryFn: ({ signal }) => call(getWorkflow, { params: { id } }, { signal }),
  });
}

export function useRuns(filters: RunFilters = {}, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...keys.runs, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      call(listRuns, { query: { ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useRunView(id: string) {
  return useQuery({
    queryKey: [...keys.runs, 'one', id],
    queryFn: ({ signal }) => call(getRun, { params: { id } }, { signal }),
  });
}

/** What the workspace has that fits some words; nothing is asked for fewer than two letters. */
export function useSearch(q: string) {
  return useQuery({
    // Under the nouns' own keys it would be asked again with every change of any of them.
    queryKey: ['search', q],
    queryFn: ({ signal }) => call(search, { query: { q } }, { signal }),
    enabled: q.length > 1,
    placeholderData: q.length > 1 ? keepPreviousData : undefined,
  });
}

export function useAgents() {
  return useQuery({
    queryKey: [...keys.agents, 'list'],
    queryFn: ({ signal }) => call(listAgents, { query: { limit: 200 } }, { signal }),
  });
}

export function useProviders() {
  return useQuery({
    queryKey: [...keys.models, 'list'],
    queryFn: ({ signal }) => call(listProviders, {}, { signal }),
  });
}

/** Whether a provider can be called; the scripted model is none. Undefined as long as it is not known. */
export function useHasModel(): boolean | undefined {
  const { data } = useProviders();
  return data?.items.some(({ state, provider }) => state === 'ready' && provider !== 'rehearsal');
}

export function useThreads() {
  return useQuery({
    queryKey: [...keys.threads, 'list'],
    queryFn: ({ signal }) => call(listThreads, { query: { limit: 100 } }, { signal }),
  });
}

export function useThread(id: string | undefined) {
  return useQuery({
    queryKey: [...keys.threads, 'one', id],
    queryFn: ({ signal }) => call(getThread, { params: { id: id ?? '' } }, { signal }),
    enabled: id !== undefined,
  });
}

/** A mutation that refetches the given nouns when it succeeded. */
export function useChange<Input, Result>(
  change: (input: Input) => Promise<Result>,
  ...touched: (readonly string[])[]
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Not awaited: the caller continues, the lists follow.
    onSuccess: () => {
      for (const queryKey of touched) void client.invalidateQueries({ queryKey: [...queryKey] });
    },
  });
}

type WorkflowFile = { body: unknown; contentType?: string; folder?: string | undefined };

export function useCreateWorkflow() {
  return useChange(
    ({ body, contentType, folder }: WorkflowFile) =>
      call(createWorkflow, { body, query: { folder } }, { contentType }),
    keys.workflows,
  );
}

export type StartRunInput = {
  workflowId: string;
  input?: StartRunBody['input'];
  mode?: RunMode;
  version?: number | 'live' | 'draft';
  /** Of the draft that the person sees, in Base64. */
  stateVector?: string;
  /** The step that it ends with. */
  until?: string;
  debug?: Debug;
} & Pick<StartRunBody, 'only' | 'outputs' | 'outputsFrom' | 'names'>;

export function useStartRun() {
  return useChange(
    ({ workflowId, input, ...how }: StartRunInput) =>
      call(
        startRun,
        { params: { id: workflowId }, body: { input: input ?? {}, ...how } },
        { idempotencyKey: crypto.randomUUID() },
      ),
    keys.runs,
    keys.workflows,
  );
}

export function useCancelRun() {
  return useChange((id: string) => call(cancelRun, { params: { id } }), keys.runs);
}

/** Pauses a run, or lets a paused one go on. */
export function usePauseRun() {
  return useChange(
    ({ id, paused }: { id: string; paused: boolean }) =>
      call(paused ? pauseRun : continueRun, { params: { id } }),
    keys.runs,
  );
}

/** How often the runs of a step are looked at while it waits for them. */
const childrenEveryMs = 2_000;

/** The runs that a step started, in pages; `going`: while it waits for them. */
export function useStepChildren(
  at: { runId: string; stepId: string },
  { going, status, limit = 50 }: { going: boolean; status?: RunStatus | undefined; limit?: number },
) {
  const { runId, stepId } = at;
  return useInfiniteQuery({
    // The end of the wait is a reason to look once more.
    queryKey: [...keys.runs, 'children', runId, stepId, { status, limit }, going],
    queryFn: ({ pageParam, signal }) =>
      call(
        listStepChildren,
        { params: { id: runId, stepId }, query: { status, limit, cursor: pageParam } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: going ? childrenEveryMs : false,
  });
}

export function useAnswerStep() {
  return useChange(
    ({ runId, stepId, answer }: { runId: string; stepId: string; answer: ApprovalValue }) =>
      call(answerStep, { params: { id: runId, stepId }, body: { answer } }),
    keys.runs,
  );
}

export function useSaveAgent() {
  return useChange(
    ({ id, agent, version }: { id?: string; agent: AgentInput; version?: number }) =>
      id
        ? call(updateAgent, { params: { id }, query: { version }, body: agent })
        : call(createAgent, { body: agent }),
    keys.agents,
  );
}

export function useDeleteAgent() {
  return useChange((id: string) => call(deleteAgent, { params: { id } }), keys.agents);
}

type NewKey = { provider: ProviderId; key: string; baseUrl?: string; name?: string };

export function useSaveKey() {
  return useChange(
    ({ provider, ...body }: NewKey) => call(putProviderKey, { params: { provider }, body }),
    keys.models,
  );
}

/** The first key of a provider has no name. */
const named = (name: string) => (name === '' ? {} : { name });

export function useForgetKey() {
  return useChange(
    ({ provider, name }: { provider: ProviderId; name: string }) =>
      call(deleteProviderKey, { params: { provider }, query: named(name) }),
    keys.models,
  );
}

export function useTestKey() {
  return useChange(
    ({ provider, name }: { provider: ProviderId; name: string }) =>
      call(testProviderKey, { params: { provider }, body: named(name) }),
    keys.models,
  );
}

export function useCreateThread() {
  return useChange(
    (body: NonNullable<CallInput<typeof createThread>['body']>) => call(createThread, { body }),
    keys.threads,
  );
}

export function useDeleteThread() {
  return useChange((id: string) => call(deleteThread, { params: { id } }), keys.threads);
}

export function useCancelTurn() {
  return useChange(
    ({ id, messageId }: { id: string; messageId?: string }) =>
      call(cancelTurn, { params: { id }, body: messageId === undefined ? {} : { messageId } }),
    keys.threads,
    keys.runs,
  );
}

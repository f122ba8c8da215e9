'use client';

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import { deleteModelLimit, putModelLimit } from '@/lib/models/contract';
import type { ProviderId } from '@/lib/models/schema';
import { answerStep } from '@/lib/runs/contract';
import type { BudgetAnswer } from '@/lib/spending/breach';
import {
  clearAnswerCache,
  createBudget,
  deleteBudget,
  deleteModelPrice,
  estimateAgent,
  estimateWorkflow,
  getBudget,
  listBudgets,
  listCalls,
  listRunCalls,
  putModelPrice,
  showAnswerCache,
  updateBudget,
} from '@/lib/spending/contract';
import {
  type SpendingGroup,
  spendingBySubject,
  type spendingDays,
} from '@/lib/spending/figures-contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

export function useBudgets() {
  return useQuery({
    queryKey: [...keys.budgets, 'list'],
    queryFn: ({ signal }) => call(listBudgets, {}, { signal }),
  });
}

/** A budget with who has used most of it. */
export function useBudget(id: string) {
  return useQuery({
    queryKey: [...keys.budgets, 'one', id],
    queryFn: ({ signal }) => call(getBudget, { params: { id } }, { signal }),
  });
}

type CallFilter = Pick<
  NonNullable<CallInput<typeof listCalls>['query']>,
  'provider' | 'model' | 'agent' | 'workflow' | 'person'
>;

/** Model calls of the workspace, or of one subject, newest first. */
export function useCalls(filter: CallFilter = {}) {
  return useInfiniteQuery({
    queryKey: [...keys.calls, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(listCalls, { query: { ...filter, limit: 25, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** What calls cost in some days of the person's time zone, by day and by subject. */
export function useSpendingBySubject(asked: {
  by: SpendingGroup;
  days: (typeof spendingDays)[number];
  filter?: CallFilter;
}) {
  const { by, days, filter = {} } = asked;
  return useQuery({
    queryKey: [...keys.calls, 'by-subject', by, days, filter],
    queryFn: ({ signal }) => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      return call(spendingBySubject, { query: { ...filter, by, days, timeZone } }, { signal });
    },
    placeholderData: (before) => before,
  });
}

/** What an answer of an agent would cost. */
export function useAgentEstimate(id: string) {
  return useQuery({
    queryKey: [...keys.calls, 'agent-estimate', id],
    queryFn: ({ signal }) => call(estimateAgent, { params: { id } }, { signal }),
    retry: false,
  });
}

/** How often the answer cache answered lately. */
export function useAnswerCache() {
  return useQuery({
    queryKey: [...keys.calls, 'cache'],
    queryFn: ({ signal }) => call(showAnswerCache, {}, { signal }),
  });
}

export function useClearAnswerCache() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(clearAnswerCache, {}),
    onSettled: () => client.invalidateQueries({ queryKey: [...keys.calls, 'cache'] }),
  });
}

/** Model calls of a run, once they are asked for. */
export function useRunCalls(id: string, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.calls, 'run', id],
    queryFn: ({ signal }) =>
      call(listRunCalls, { params: { id }, query: { limit: 200 } }, { signal }),
    enabled,
  });
}

/** What a run would cost; nothing where it cannot be said, for instance of a draft with problems. */
export function useEstimate(id: string, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.calls, 'estimate', id],
    queryFn: ({ signal }) => call(estimateWorkflow, { params: { id }, body: {} }, { signal }),
    enabled,
    retry: false,
    staleTime: 10_000,
  });
}

function useBudgetChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.budgets] });
    },
  });
}

export type NewBudget = NonNullable<CallInput<typeof createBudget>['body']>;
export type BudgetChange = NonNullable<CallInput<typeof updateBudget>['body']>;

export const useCreateBudget = () =>
  useBudgetChange((body: NewBudget) => call(createBudget, { body }));
export const useUpdateBudget = () =>
  useBudgetChange(({ id, ...body }: { id: string } & BudgetChange) =>
    call(updateBudget, { params: { id }, body }),
  );
export const useDeleteBudget = () =>
  useBudgetChange((id: string) => call(deleteBudget, { params: { id } }));

type Priced = NonNullable<CallInput<typeof putModelPrice>['params']>;
type Price = NonNullable<CallInput<typeof putModelPrice>['body']>;

/** Sets a model's own price; without one, the listed price counts again. */
export function useSavePrice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ params, price }: { params: Priced; price: Price | undefined }) => {
      if (price) await call(putModelPrice, { params, body: price });
      else await call(deleteModelPrice, { params });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.models] });
    },
  });
}

type NewLimit = NonNullable<CallInput<typeof putModelLimit>['body']>;

export function useSaveLimit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ provider, body }: { provider: ProviderId; body: NewLimit }) =>
      call(putModelLimit, { params: { provider }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.models] }),
  });
}

export function useRemoveLimit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ provider, model }: { provider: ProviderId; model: string }) =>
      call(deleteModelLimit, { params: { provider }, query: { model } }),
    onSettled: () => client.invalidateQueries({ queryKey: [...keys.models] }),
  });
}

/** Answers a step that waits for its budget. */
export function useAnswerBudget() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: { runId: string; stepId: string; answer: BudgetAnswer }) =>
      call(answerStep, {
        params: { id: given.runId, stepId: given.stepId },
        body: { answer: given.answer },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.runs] });
      void client.invalidateQueries({ queryKey: [...keys.budgets] });
    },
  });
}

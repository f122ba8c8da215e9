'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  createPool,
  deletePool,
  getPoolUses,
  listPools,
  updatePool,
} from '@/lib/messages/pool-contract';
import {
  listSubscriptions,
  type Subscriber,
  subscribe,
  unsubscribe,
} from '@/lib/messages/topic-contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

export function usePools(enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...keys.messages, 'pools'],
    queryFn: ({ signal }) => call(listPools, {}, { signal }),
  });
}

/** What the deletion of a pool would affect, at this moment. */
export function usePoolUses(id: string) {
  return useQuery({
    queryKey: [...keys.messages, 'pool-uses', id],
    queryFn: ({ signal }) => call(getPoolUses, { params: { id } }, { signal }),
  });
}

/** Of agents, pools and oneself, by topic. */
export function useSubscriptions() {
  return useQuery({
    queryKey: [...keys.messages, 'subscriptions'],
    queryFn: ({ signal }) => call(listSubscriptions, {}, { signal }),
  });
}

function useMessageChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: [...keys.messages] }),
  });
}

type NewPool = NonNullable<CallInput<typeof createPool>['body']>;
type PoolChange = NonNullable<CallInput<typeof updatePool>['body']>;

export const useMakePool = () => useMessageChange((body: NewPool) => call(createPool, { body }));

export const useChangePool = () =>
  useMessageChange(({ id, ...body }: { id: string } & PoolChange) =>
    call(updatePool, { params: { id }, body }),
  );

export const useDeletePool = () =>
  useMessageChange((id: string) => call(deletePool, { params: { id } }));

export const useSubscribe = () =>
  useMessageChange((body: { topic: string; to: Subscriber }) => call(subscribe, { body }));

export const useUnsubscribe = () =>
  useMessageChange((id: string) => call(unsubscribe, { params: { id } }));

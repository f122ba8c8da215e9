'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import { createPool, listPools, updatePool } from '@/lib/messages/pool-contract';
import {
  listSubscriptions,
  type Subscriber,
  subscribe,
  unsubscribe,
} from '@/lib/messages/topic-contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

export function usePools() {
  return useQuery({
    queryKey: [...keys.messages, 'pools'],
    queryFn: ({ signal }) => call(listPools, {}, { signal }),
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

export const useSubscribe = () =>
  useMessageChange((body: { topic: string; to: Subscriber }) => call(subscribe, { body }));

export const useUnsubscribe = () =>
  useMessageChange((id: string) => call(unsubscribe, { params: { id } }));

'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import { listChatWorkflows } from '@/lib/chat/contract';
import {
  createTrigger,
  deleteTrigger,
  endOldSecret,
  getListening,
  listDeliveries,
  listenForTest,
  listTriggers,
  rotateSecret,
  showAddress,
  stopListening,
  testTrigger,
  updateTrigger,
} from '@/lib/triggers/contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

/** What starts a workflow by itself. */
export function useTriggers(workflowId: string) {
  return useQuery({
    queryKey: [...keys.triggers, 'list', workflowId],
    queryFn: ({ signal }) => call(listTriggers, { params: { id: workflowId } }, { signal }),
  });
}

/** Workflows that one can write to. */
export function useChatWorkflows() {
  return useQuery({
    queryKey: [...keys.triggers, 'chat'],
    queryFn: ({ signal }) => call(listChatWorkflows, {}, { signal }),
  });
}

export function useDeliveries(id: string) {
  return useQuery({
    queryKey: [...keys.triggers, 'deliveries', id],
    queryFn: ({ signal }) => call(listDeliveries, { params: { id } }, { signal }),
  });
}

function useTriggerChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.triggers] });
    },
  });
}

export function useCreateTrigger(workflowId: string) {
  return useTriggerChange((body: NonNullable<CallInput<typeof createTrigger>['body']>) =>
    call(createTrigger, { params: { id: workflowId }, body }),
  );
}

export function useUpdateTrigger() {
  return useTriggerChange(
    ({ id, ...body }: { id: string } & NonNullable<CallInput<typeof updateTrigger>['body']>) =>
      call(updateTrigger, { params: { id }, body }),
  );
}

export function useDeleteTrigger() {
  return useTriggerChange((id: string) => call(deleteTrigger, { params: { id } }));
}

export function useRotateSecret() {
  return useTriggerChange(
    ({ id, ...body }: { id: string } & NonNullable<CallInput<typeof rotateSecret>['body']>) =>
      call(rotateSecret, { params: { id }, body }),
  );
}

/** Kept by whoever asked, and nowhere else. */
export function useShowAddress() {
  return useMutation({
    mutationFn: (id: string) => call(showAddress, { params: { id } }),
    gcTime: 0,
  });
}

/** Where people open a form or a chat: made to be handed on, so it is shown without being asked for. */
export function useSharedLink(id: string, wanted: boolean) {
  return useQuery({
    queryKey: [...keys.triggers, 'link', id],
    queryFn: ({ signal }) => call(showAddress, { params: { id } }, { signal }),
    enabled: wanted,
  });
}

export function useEndOldSecret() {
  return useTriggerChange((id: string) => call(endOldSecret, { params: { id } }));
}

export function useTestTrigger() {
  return useTriggerChange(
    ({ id, ...body }: { id: string } & NonNullable<CallInput<typeof testTrigger>['body']>) =>
      call(testTrigger, { params: { id }, body }),
  );
}

/** A request that is waited for; asked for again while none has come, should the hint of it be lost. */
export function useListening(id: string) {
  return useQuery({
    queryKey: [...keys.triggers, 'listening', id],
    queryFn: ({ signal }) => call(getListening, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.listening?.request === null ? 2_000 : false),
  });
}

export function useListen() {
  return useTriggerChange((id: string) => call(listenForTest, { params: { id } }));
}

export function useStopListening() {
  return useTriggerChange((id: string) => call(stopListening, { params: { id } }));
}

'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  countNewMessages,
  createPool,
  finishMessage,
  getMessage,
  listDeliveries,
  listMailboxes,
  messageStats,
  redriveDead,
  replyToMessage,
  sendMessages,
  updateMailbox,
} from '@/lib/messages/contract';
import type { DeliveryView } from '@/lib/messages/schema';
import { type CallInput, call } from './call';
import { keys } from './queries';

export function useMailboxes() {
  return useQuery({
    queryKey: [...keys.messages, 'mailboxes'],
    queryFn: ({ signal }) => call(listMailboxes, {}, { signal }),
  });
}

/** How many messages wait for who looks; undefined until it is known. */
export function useNewMessages(): number | undefined {
  return useQuery({
    queryKey: [...keys.messages, 'new'],
    queryFn: ({ signal }) => call(countNewMessages, {}, { signal }),
  }).data?.new;
}

/** Of all mailboxes together: their sum is what was sent. */
export function useMessageStats() {
  return useQuery({
    queryKey: [...keys.messages, 'stats'],
    queryFn: ({ signal }) => call(messageStats, {}, { signal }),
  });
}

export function useDeliveries(id: string, state: DeliveryView['state']) {
  return useQuery({
    queryKey: [...keys.messages, 'deliveries', id, state],
    queryFn: ({ signal }) => call(listDeliveries, { params: { id }, query: { state } }, { signal }),
  });
}

/** A message with what became of it in each mailbox. */
export function useMessage(id: string) {
  return useQuery({
    queryKey: [...keys.messages, 'one', id],
    queryFn: ({ signal }) => call(getMessage, { params: { id } }, { signal }),
  });
}

function useMessageChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: [...keys.messages] }),
  });
}

type SendBody = NonNullable<CallInput<typeof sendMessages>['body']>;
type RedriveBody = NonNullable<CallInput<typeof redriveDead>['body']>;

export const useSendMessage = () =>
  useMessageChange((body: SendBody) => call(sendMessages, { body }));

export const useCreatePool = () =>
  useMessageChange((name: string) => call(createPool, { body: { name } }));

type MailboxChange = NonNullable<CallInput<typeof updateMailbox>['body']>;

export const useChangeMailbox = () =>
  useMessageChange(({ id, ...body }: { id: string } & MailboxChange) =>
    call(updateMailbox, { params: { id }, body }),
  );

export const useReply = () =>
  useMessageChange(({ id, body, key }: { id: string; body: string; key: string }) =>
    call(replyToMessage, { params: { id }, body: { body, dedupeKey: key } }),
  );

/** Marks a message of one’s own as done. */
export const useFinish = () =>
  useMessageChange((id: string) => call(finishMessage, { params: { id } }));

export const useRedrive = () =>
  useMessageChange((body: RedriveBody) => call(redriveDead, { body }));

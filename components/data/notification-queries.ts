'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  getNotificationSettings,
  listChoices,
  listNotificationDeliveries,
  putChoice,
  putNotificationSettings,
  testNotification,
} from '@/lib/notifications/settings-contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

const deliveriesKey = [...keys.notifications, 'deliveries'];

export function useChoices() {
  return useQuery({
    queryKey: [...keys.notifications, 'choices'],
    queryFn: ({ signal }) => call(listChoices, {}, { signal }),
  });
}

export function usePutChoice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<typeof putChoice>['body']) => call(putChoice, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: [...keys.notifications] }),
  });
}

export function useNotificationSettings() {
  return useQuery({
    queryKey: [...keys.notifications, 'settings'],
    queryFn: ({ signal }) => call(getNotificationSettings, {}, { signal }),
  });
}

export function useSaveNotificationSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CallInput<typeof putNotificationSettings>['body']) =>
      call(putNotificationSettings, { body }),
    onSuccess: (saved) => {
      client.setQueryData([...keys.notifications, 'settings'], saved);
      return client.invalidateQueries({ queryKey: [...keys.notifications] });
    },
  });
}

export function useTestNotification() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (channel: 'mail' | 'webhook') => call(testNotification, { body: { channel } }),
    onSuccess: () => client.invalidateQueries({ queryKey: deliveriesKey }),
  });
}

/** The newest e-mails and webhooks; looked at again while one of them is on its way. */
export function useDeliveries() {
  return useQuery({
    queryKey: deliveriesKey,
    queryFn: ({ signal }) => call(listNotificationDeliveries, { query: { limit: 20 } }, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.state === 'due') ? 2_000 : false,
  });
}

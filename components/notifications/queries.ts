'use client';

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { keys } from '@/components/data/queries';
import {
  countNotifications,
  listNotifications,
  readNotifications,
} from '@/lib/notifications/contract';

export function useUnread(): number {
  const { data } = useQuery({
    queryKey: [...keys.notifications, 'count'],
    queryFn: ({ signal }) => call(countNotifications, {}, { signal }),
  });
  return data?.unread ?? 0;
}

export function useNotifications() {
  return useInfiniteQuery({
    queryKey: [...keys.notifications, 'list'],
    queryFn: ({ pageParam, signal }) =>
      call(listNotifications, { query: { cursor: pageParam, limit: 20 } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** What steps ask of one that nobody has answered yet, in all workflows. */
export function useWaiting() {
  return useQuery({
    queryKey: [...keys.notifications, 'waiting'],
    queryFn: ({ signal }) =>
      call(listNotifications, { query: { waiting: 'true', limit: 20 } }, { signal }),
  });
}

/** Marks one as read, what tells of one run, or all. */
export function useReadNotifications() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: { id?: string; runId?: string }) =>
      call(readNotifications, { body: which }),
    onSuccess: ({ read }) => {
      if (read > 0) void client.invalidateQueries({ queryKey: [...keys.notifications] });
    },
  });
}

/** Marks what tells of a run as read while one looks at it; `concerns`: there may be such. */
export function useReadOfRun(runId: string, concerns: boolean): void {
  const unread = useUnread();
  const { mutate } = useReadNotifications();
  useEffect(() => {
    // The notification may come a moment after what it tells of.
    if (concerns && unread > 0) mutate({ runId });
  }, [runId, concerns, unread, mutate]);
}

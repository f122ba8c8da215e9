'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import * as contracts from '@/lib/people/profile';

const sessions = ['me', 'sessions'];

/** Where one is signed in, and whether two-factor is on. */
export function useSessions() {
  return useQuery({
    queryKey: sessions,
    queryFn: ({ signal }) => call(contracts.listSessions, {}, { signal }),
  });
}

/** Looks anew, after something about signing in was changed. */
export function useSessionsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: sessions });
}

export function useChangeName() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call(contracts.changeProfile, { body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'], exact: true }),
  });
}

export function useEndSession() {
  const onSettled = useSessionsChanged();
  return useMutation({
    mutationFn: (id: string) => call(contracts.endSession, { params: { id } }),
    onSettled,
  });
}

export function useEndOtherSessions() {
  const onSettled = useSessionsChanged();
  return useMutation({ mutationFn: () => call(contracts.endOtherSessions, {}), onSettled });
}

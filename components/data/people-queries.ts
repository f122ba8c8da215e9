'use client';

import { useQuery } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  createWorkspace,
  getMe,
  listInvitations,
  listMembers,
  switchWorkspace,
} from '@/lib/people/contract';
import { call } from './call';
import { keys } from './queries';

export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => call(getMe, {}, { signal }),
    staleTime: 60_000,
  });
}

export function useMembers() {
  return useQuery({
    queryKey: [...keys.members, 'list'],
    queryFn: ({ signal }) => call(listMembers, {}, { signal }),
  });
}

export function useInvitations(enabled: boolean) {
  return useQuery({
    queryKey: [...keys.members, 'invitations'],
    queryFn: ({ signal }) => call(listInvitations, {}, { signal }),
    enabled,
  });
}

/** After either of these the whole page is loaded anew: everything on it belongs to a workspace. */
export function useChangeWorkspace() {
  return useMutation({
    mutationFn: (id: string) => call(switchWorkspace, { params: { id } }),
  });
}

export function useCreateWorkspace() {
  return useMutation({ mutationFn: (name: string) => call(createWorkspace, { body: { name } }) });
}

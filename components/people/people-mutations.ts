'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { keys } from '@/components/data/queries';
import * as contracts from '@/lib/people/contract';
import type { Role } from '@/lib/people/schema';

/** Refetches everything that shows members or invitations. */
function useMembersChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [...keys.members] });
}

export function useChangeRole() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: ({ userId, role }: { userId: string; role: Role }) =>
      call(contracts.changeRole, { params: { userId }, body: { role } }),
    onSettled,
  });
}

export function useRemoveMember() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: (userId: string) => call(contracts.removeMember, { params: { userId } }),
    onSettled,
  });
}

export function useInvite() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: (body: { email: string; role: Exclude<Role, 'owner'> }) =>
      call(contracts.createInvitation, { body }),
    onSettled,
  });
}

export function useRevokeInvitation() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: (id: string) => call(contracts.revokeInvitation, { params: { id } }),
    onSettled,
  });
}

const apiKeys = ['api-keys'];

export function useApiKeys() {
  return useQuery({
    queryKey: apiKeys,
    queryFn: ({ signal }) => call(contracts.listApiKeys, {}, { signal }),
  });
}

export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; expiresInDays?: number }) =>
      call(contracts.createApiKey, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: apiKeys }),
  });
}

export function useRevokeApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(contracts.deleteApiKey, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: apiKeys }),
  });
}

export function useWorkspace() {
  return useQuery({
    queryKey: ['workspace'],
    queryFn: ({ signal }) => call(contracts.getWorkspace, {}, { signal }),
  });
}

export function useRenameWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call(contracts.renameWorkspace, { body: { name } }),
    onSuccess: async (workspace) => {
      client.setQueryData(['workspace'], workspace);
      await client.invalidateQueries({ queryKey: ['me'] });
    },
  });
}

/** Afterwards the page is loaded anew: everything on it belonged to the workspace. */
export function useLeaveWorkspace() {
  return useMutation({ mutationFn: () => call(contracts.leaveWorkspace, {}) });
}

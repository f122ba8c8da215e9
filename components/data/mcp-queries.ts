'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  acceptMcpServer,
  createMcpServer,
  deleteMcpServer,
  getMcpServer,
  listMcpServers,
  refreshMcpServer,
  updateMcpServer,
} from '@/lib/mcp/contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

const root = [...keys.services, 'mcp'];

export function useMcpServers() {
  return useQuery({
    queryKey: [...root, 'list'],
    queryFn: ({ signal }) => call(listMcpServers, {}, { signal }),
  });
}

export function useMcpServer(id: string, enabled = true) {
  return useQuery({
    queryKey: [...root, 'one', id],
    queryFn: ({ signal }) => call(getMcpServer, { params: { id } }, { signal }),
    enabled,
  });
}

function useServerChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Also after a failure: how a server was tried last is part of the list.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: root });
      void client.invalidateQueries({ queryKey: [...keys.tools] });
    },
  });
}

export type NewMcpServer = NonNullable<CallInput<typeof createMcpServer>['body']>;
export type McpServerChange = NonNullable<CallInput<typeof updateMcpServer>['body']>;

export const useCreateMcpServer = () =>
  useServerChange((body: NewMcpServer) => call(createMcpServer, { body }));

export const useUpdateMcpServer = () =>
  useServerChange(({ id, ...body }: { id: string } & McpServerChange) =>
    call(updateMcpServer, { params: { id }, body }),
  );

export const useDeleteMcpServer = () =>
  useServerChange(({ id, force }: { id: string; force: boolean }) =>
    call(deleteMcpServer, { params: { id }, query: force ? { force: 'true' } : {} }),
  );

export const useRefreshMcpServer = () =>
  useServerChange((id: string) => call(refreshMcpServer, { params: { id } }));

export const useAcceptMcpServer = () =>
  useServerChange(({ id, print }: { id: string; print: string }) =>
    call(acceptMcpServer, { params: { id }, body: { print } }),
  );

'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createConnection,
  deleteConnection,
  getConnectionUses,
  listConnections,
  testConnection,
  updateConnection,
} from '@/lib/connections/contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

/** Connections of the workspace; asks nothing for those who may not see them. */
export function useConnections(enabled = true) {
  return useQuery({
    queryKey: [...keys.connections, 'list'],
    queryFn: ({ signal }) => call(listConnections, {}, { signal }),
    enabled,
  });
}

export function useConnectionUses(id: string) {
  return useQuery({
    queryKey: [...keys.connections, 'uses', id],
    queryFn: ({ signal }) => call(getConnectionUses, { params: { id } }, { signal }),
  });
}

function useConnectionChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.connections] });
    },
  });
}

export type NewConnection = NonNullable<CallInput<typeof createConnection>['body']>;
export type ConnectionChange = NonNullable<CallInput<typeof updateConnection>['body']>;

export function useCreateConnection() {
  return useConnectionChange((body: NewConnection) => call(createConnection, { body }));
}

export function useUpdateConnection() {
  return useConnectionChange(({ id, ...body }: { id: string } & ConnectionChange) =>
    call(updateConnection, { params: { id }, body }),
  );
}

export function useDeleteConnection() {
  return useConnectionChange(({ id, force }: { id: string; force: boolean }) =>
    call(deleteConnection, { params: { id }, query: force ? { force: 'true' } : {} }),
  );
}

export function useTestConnection() {
  return useMutation({ mutationFn: (id: string) => call(testConnection, { params: { id } }) });
}

'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  beginSignIn,
  createConnection,
  deleteConnection,
  finishSignIn,
  listConnections,
  listConnectionUses,
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

/** Where one is used: all are asked for at once, since a list shows them side by side. */
export function useConnectionUses(id: string) {
  return useQuery({
    queryKey: [...keys.connections, 'uses'],
    queryFn: ({ signal }) => call(listConnectionUses, {}, { signal }),
    select: ({ items }) => items.find((item) => item.id === id)?.uses ?? [],
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

export function useBeginSignIn() {
  return useMutation({ mutationFn: (id: string) => call(beginSignIn, { params: { id } }) });
}

export type SignInAnswer = NonNullable<CallInput<typeof finishSignIn>['body']>;

export function useFinishSignIn() {
  return useConnectionChange((body: SignInAnswer) => call(finishSignIn, { body }));
}

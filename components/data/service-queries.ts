'use client';

import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  createService,
  deleteService,
  getOperation,
  getServiceUses,
  listServices,
  refreshService,
  searchOperations,
  updateService,
} from '@/lib/services/contract';
import { at } from '@/lib/values/unknown';
import type { KnownOperation } from '@/lib/workflows/problems/service-problems';
import { type CallInput, call } from './call';
import { keys } from './queries';

export function useServices(enabled = true) {
  return useQuery({
    queryKey: [...keys.services, 'list'],
    queryFn: ({ signal }) => call(listServices, {}, { signal }),
    enabled,
  });
}

export function useServiceUses(id: string, enabled = true) {
  return useQuery({
    queryKey: [...keys.services, 'uses', id],
    queryFn: ({ signal }) => call(getServiceUses, { params: { id } }, { signal }),
    enabled,
  });
}

/** Operations of all services, or of one, that fit some words. */
export function useOperations(query: NonNullable<CallInput<typeof searchOperations>['query']>) {
  return useQuery({
    queryKey: [...keys.services, 'operations', query],
    queryFn: ({ signal }) => call(searchOperations, { query }, { signal }),
    placeholderData: keepPreviousData,
  });
}

type Named = { service: string; operation: string };
const operationQuery = (named: Named) => ({
  queryKey: [...keys.services, 'operation', named],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call(getOperation, { query: named }, { signal }),
  retry: false,
  staleTime: 60_000,
});

/** One operation with its fields; asks nothing until both names are there. */
export function useOperation({ service, operation }: Named) {
  return useQuery({
    ...operationQuery({ service, operation }),
    enabled: service !== '' && operation !== '',
  });
}

/** What the checks of a workflow need to know of the operations that its steps name; those still asked for are left out. */
export function useKnownOperations(named: readonly Named[]): KnownOperation[] {
  return useQueries({
    queries: named.map(operationQuery),
    combine: (results) =>
      results.flatMap(({ data, error }, index): KnownOperation[] => {
        const one = named[index];
        if (one === undefined) return [];
        if (data === undefined) return missing(one, error);
        const { name, serverUrl, auth } = data.service;
        const asksWho = auth.some(({ kind }) => kind !== 'none');
        return [{ ...one, found: { name, serverUrl, asksWho, operation: data.operation } }];
      }),
  });
}

/** Of one that is not there, which part is not; nothing where it could not be asked for. */
function missing(one: Named, error: unknown): KnownOperation[] {
  const what = at(error, 'details', 'missing');
  if (what === 'service') return [{ ...one, found: undefined }];
  if (what !== 'operation') return [];
  const name = String(at(error, 'details', 'name'));
  return [{ ...one, found: { name, serverUrl: '', asksWho: false, operation: undefined } }];
}

function useServiceChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.services] });
    },
  });
}

export type NewService = NonNullable<CallInput<typeof createService>['body']>;
export type ServiceChange = NonNullable<CallInput<typeof updateService>['body']>;

export function useCreateService() {
  return useServiceChange((body: NewService) => call(createService, { body }));
}

export function useUpdateService() {
  return useServiceChange(({ id, ...body }: { id: string } & ServiceChange) =>
    call(updateService, { params: { id }, body }),
  );
}

export function useDeleteService() {
  return useServiceChange(({ id, force }: { id: string; force: boolean }) =>
    call(deleteService, { params: { id }, query: force ? { force: 'true' } : {} }),
  );
}

type Refresh = { id: string; check: boolean; document?: string };
export function useRefreshService() {
  return useServiceChange(({ id, check, document }: Refresh) =>
    call(refreshService, {
      params: { id },
      query: check ? { check: 'true' } : {},
      body: document === undefined ? {} : { document },
    }),
  );
}

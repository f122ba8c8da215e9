'use client';

import { useQuery } from '@tanstack/react-query';
import { listConnections } from '@/lib/connections/contract';
import { call } from './call';
import { keys } from './queries';

/** Connections of the workspace; asks nothing for those who may not see them. */
export function useConnections(enabled = true) {
  return useQuery({
    queryKey: [...keys.connections, 'list'],
    queryFn: ({ signal }) => call(listConnections, {}, { signal }),
    enabled,
  });
}

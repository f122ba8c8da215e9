'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../call';
import { keepErrorsWhileAsking } from './lasting-errors';

function shouldRetry(count: number, error: unknown): boolean {
  if (ApiError.isInstance(error) && error.status >= 400 && error.status < 500) return false;
  return count < 2;
}

export function queryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: shouldRetry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
  keepErrorsWhileAsking(client.getQueryCache());
  return client;
}

/** The query cache of the page. Live hints invalidate it, so it does not poll. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(queryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

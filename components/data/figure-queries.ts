'use client';

import { useQuery } from '@tanstack/react-query';
import { failuresByWorkflow } from '@/lib/runs/contract';
import { spendingByDay } from '@/lib/spending/contract';
import { call } from './call';
import { keys } from './queries';

/** What model calls cost on each of the last 30 days of the person's time zone. */
export function useSpendingByDay() {
  return useQuery({
    queryKey: [...keys.calls, 'by-day'],
    queryFn: ({ signal }) => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      return call(spendingByDay, { query: { timeZone } }, { signal });
    },
  });
}

/** The workflows that failed most often in the last 30 days. */
export function useFailuresByWorkflow() {
  return useQuery({
    queryKey: [...keys.runs, 'failures'],
    queryFn: ({ signal }) => call(failuresByWorkflow, {}, { signal }),
  });
}

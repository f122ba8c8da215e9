'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '@/components/data/call';
import type { ResultOf } from '@/lib/api/define-route';
import type { StepView } from '@/lib/runs/contract';
import { previewStep } from '@/lib/runs/debug-contract';
import type { Json } from '@/lib/workflows/draft/draft-value';
import type { Settings } from './settings-value';

type Found = ResultOf<typeof previewStep>;
export type PreviewProblem = Found['problems'][number];
export type Preview = Partial<Found> & {
  /** It is of settings that have changed since. */
  stale: boolean;
  error: Error | null;
};

/** The server is called when nothing was typed for this long. */
const restMs = 300;

/** What the settings of a held step become, worked out by the server as they are edited. */
export function usePreview(
  runId: string,
  step: Pick<StepView, 'id' | 'attempt'>,
  settings: Settings,
  on: boolean,
): Preview {
  const [requested, setRequested] = useState(settings);
  useEffect(() => {
    const timer = setTimeout(() => setRequested(settings), restMs);
    return () => clearTimeout(timer);
  }, [settings]);
  const { data, error, isFetching } = useQuery({
    queryKey: ['preview', runId, step.id, step.attempt, requested],
    queryFn: ({ signal }) =>
      call(
        previewStep,
        {
          params: { id: runId, stepId: step.id },
          body: { settings: requested as Record<string, Json> },
        },
        { signal },
      ),
    enabled: on,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { ...data, stale: isFetching || requested !== settings, error };
}

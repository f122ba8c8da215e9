'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { useRun } from '@/components/realtime/use-run';
import { listHeld, type PausedStepView } from '@/lib/runs/debug-contract';
import type { RunState } from '@/lib/runs/schema';
import { viewStep } from '@/lib/runs/view/view';
import { isOver } from './run-marks';

/** Reports of child runs can be lost: this often they are read again. */
const everyMs = 4_000;
const none: readonly PausedStepView[] = [];

/** Whether runs below may be held: it is debugged, and a step waits for runs that it started. */
const mayHoldBelow = (state: RunState | undefined): boolean =>
  state?.debug !== undefined &&
  !isOver(state.status) &&
  Object.values(state.steps).some((step) => step.spawned && step.status === 'waiting');

/** Steps that the debugger holds in the runs inside a run; they come and go live. */
export function useHeldBelow(runId: string | undefined): readonly PausedStepView[] {
  const { state, below } = useRun(runId);
  const client = useQueryClient();
  const on = mayHoldBelow(state);
  const key = useMemo(() => [...keys.runs, 'held', runId], [runId]);
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(listHeld, { params: { id: runId ?? '' } }, { signal }),
    enabled: on && runId !== undefined,
    refetchInterval: everyMs,
  });
  const news = below.at(-1);
  useEffect(() => {
    if (news) void client.invalidateQueries({ queryKey: key });
  }, [news, client, key]);
  const items = on ? data?.items : undefined;
  return useMemo(() => items?.filter((item) => item.runId !== runId) ?? none, [items, runId]);
}

/** All steps that the debugger holds in a run and inside it, those of the run itself first. */
export function useHeld(runId: string): readonly PausedStepView[] {
  const { state } = useRun(runId);
  const below = useHeldBelow(runId);
  return useMemo(() => {
    const own = (state?.plan.steps ?? []).flatMap((step) => {
      const now = state?.steps[step.id];
      if (!state || now?.wait?.kind !== 'debugger') return [];
      return [{ runId, place: [], step: viewStep(step, state.mode, now) }];
    });
    return [...own, ...below];
  }, [state, runId, below]);
}

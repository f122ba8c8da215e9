'use client';

import { useMemo } from 'react';
import { useRunView } from '@/components/data/queries';
import { useRun } from '@/components/realtime/use-run';
import type { RunView } from '@/lib/runs/contract';
import type { Plan, RunStatus } from '@/lib/runs/schema';
import { viewRun } from '@/lib/runs/view/view';
import { isOver } from './run-marks';

export type LiveRun = {
  run: RunView | undefined;
  /** The graph; absent until the live state came. */
  plan: Plan | undefined;
  /** Text of steps that is being written, by step. */
  streams: Record<string, string>;
  retryAt: Record<string, number>;
  error: Error | null;
  reload: () => void;
};

/** A run as it is now: its row over REST, folded forward by the events that the socket brings. */
export function useLiveRun(id: string): LiveRun {
  const query = useRunView(id);
  const { state, streams } = useRun(id);
  const rest = query.data;
  const run = useMemo(() => {
    if (!rest) return undefined;
    if (!state || state.seq < rest.seq) return rest;
    return viewRun(rest, state);
  }, [rest, state]);
  const retryAt = useMemo(() => {
    const due: Record<string, number> = {};
    for (const [stepId, step] of Object.entries(state?.steps ?? {})) {
      if (step.status === 'retrying' && step.retryAt !== undefined) due[stepId] = step.retryAt;
    }
    return due;
  }, [state]);
  return {
    run,
    plan: state?.plan,
    streams,
    retryAt,
    error: query.error,
    reload: () => void query.refetch(),
  };
}

/** Live figures of a run for a row of a list: falls back to what the list knew. */
export function useRunProgress(id: string, known: RunStatus) {
  const { state } = useRun(id);
  const steps = state ? Object.values(state.steps) : [];
  const done = steps.filter((step) => ['succeeded', 'failed', 'skipped'].includes(step.status));
  const current = state?.plan.steps.filter((step) => state.steps[step.id]?.status === 'running');
  const status = state?.status ?? known;
  return {
    status,
    over: isOver(status),
    done: done.length,
    total: state?.plan.steps.length ?? 0,
    current: current?.map((step) => step.name) ?? [],
  };
}

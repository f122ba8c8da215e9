'use client';

import { useEffect } from 'react';
import { useRuns, useRunView } from '@/components/data/queries';
import { createObservable, type WritableObservable } from '@/components/observable/observable';
import { useObservable } from '@/components/observable/use-observable';
import { type Session, useSession } from '@/components/session/session';
import { stepIdOf } from '@/lib/canvas/run-steps';
import type { RunView } from '@/lib/runs/contract';
import { isOver } from './run-marks';

const byRun = new WeakMap<Session['run'], WritableObservable<RunView | undefined>>();

/** The last run of the workflow that ended, whether or not the canvas shows it: where sample values come from. */
export function lastRunOf(session: Session): WritableObservable<RunView | undefined> {
  let observable = byRun.get(session.run);
  if (!observable) {
    observable = createObservable<RunView | undefined>(undefined);
    byRun.set(session.run, observable);
  }
  return observable;
}

/** Keeps the last run at hand. Mounted once; renders nothing. */
export function LastRun() {
  const { workflowId } = useSession();
  const runs = useRuns({ workflowId, limit: 25 }).data;
  const last = runs?.pages[0]?.items.find((run) => isOver(run.status));
  return last ? <Fetched key={last.id} runId={last.id} /> : null;
}

function Fetched({ runId }: { runId: string }) {
  const session = useSession();
  const { data } = useRunView(runId);
  useEffect(() => {
    if (data) lastRunOf(session).set(data);
  }, [session, data]);
  return null;
}

/** A value of a step with where it comes from. */
export type Sample = {
  value: unknown;
  from: 'run' | 'last-run' | 'pinned' | 'sample' | 'nothing';
};

type Side = 'input' | 'output';

/** What a step took or gave: in the run that is shown, else in the last one. */
export function seenIn(session: Session, nodeId: string, side: Side): Sample | undefined {
  const state = session.run.get()?.state;
  const stepId = state ? stepIdOf(state, nodeId) : undefined;
  const shown = stepId === undefined ? undefined : state?.steps[stepId]?.[side];
  if (shown !== undefined) return { value: shown, from: 'run' };
  const last = lastRunOf(session).get();
  const before = last?.steps.find((step) => step.nodeId === nodeId)?.[side];
  return before === undefined ? undefined : { value: before, from: 'last-run' };
}

/** Re-renders when the run that is shown or the last one changes. */
export function useRunValues(): unknown {
  const session = useSession();
  const shown = useObservable(session.run, (run) => run?.state);
  const last = useObservable(lastRunOf(session), (run) => run);
  return shown ?? last;
}

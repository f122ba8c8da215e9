'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useRuns } from '@/components/data/queries';
import { useRun } from '@/components/realtime/use-run';
import { useSession } from '@/components/session/session';
import { isOver } from './run-marks';
import { starterName } from './run-starter';
import { useHeldBelow } from './use-held';

const ShowContext = createContext<(runId: string | undefined) => void>(() => undefined);

/** Chooses the run that the canvas shows; undefined shows none. */
export const useShowRun = () => useContext(ShowContext);

/**
 * Follows one run on the canvas. A run that somebody starts is followed by itself, unless this person looks at another
 * one that is still going. What schedules and webhooks start would take the canvas away again and again.
 */
export function ShownRunProvider({ children }: { children: ReactNode }) {
  const session = useSession();
  const [runId, setRunId] = useState<string>();
  const followed = useRun(runId);
  const { state, streams } = followed;
  const heldInside = useHeldBelow(runId);
  const busy = state !== undefined && !isOver(state.status);

  useEffect(() => {
    session.run.set(
      runId === undefined ? undefined : { runId, streams, heldInside, ...(state ? { state } : {}) },
    );
  }, [session, runId, state, streams, heldInside]);

  const runs = useRuns({ workflowId: session.workflowId, limit: 25 }).data;
  const items = runs?.pages[0]?.items;
  // A test of one step shows in that step's panel: the canvas keeps what it shows.
  const newest = items?.find((run) => run.only === undefined);
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (!runs || (newest?.id ?? '') === seen.current) return;
    // A run that came while the page was open is shown even when it was over before the news of it arrived.
    const justCame = seen.current !== undefined;
    seen.current = newest?.id ?? '';
    if (!newest || busy || (isOver(newest.status) && !justCame)) return;
    const byItself = ['schedule', 'webhook', 'form', 'mail', 'message'].includes(newest.trigger);
    if (byItself) return;
    setRunId(newest.id);
    session.announcement.set(`${starterName(newest)} started a run`);
  }, [runs, newest, busy, session]);

  const show = useCallback((next: string | undefined) => {
    setRunId(next);
  }, []);
  return <ShowContext value={show}>{children}</ShowContext>;
}

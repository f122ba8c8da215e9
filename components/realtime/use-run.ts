'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { followRun, loadingRun, type RunView } from './run-connection';
import { sharedWire } from './socket';

type Entry = { followed: ReturnType<typeof followRun>; users: number };
const followedRuns = new Map<string, Entry>();
const loading = () => loadingRun;

/** Follows a run live, without gaps, with the text that its steps are writing. Undefined follows nothing. */
export function useRun(runId: string | undefined): RunView {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (runId === undefined) return () => undefined;
      const mine = followedRuns.get(runId) ?? {
        followed: followRun(sharedWire(), runId),
        users: 0,
      };
      followedRuns.set(runId, mine);
      mine.users += 1;
      const stop = mine.followed.view.subscribe(listener);
      return () => {
        stop();
        mine.users -= 1;
        if (mine.users > 0) return;
        followedRuns.delete(runId);
        mine.followed.stop();
      };
    },
    [runId],
  );
  const read = () =>
    runId === undefined ? loadingRun : (followedRuns.get(runId)?.followed.view.get() ?? loadingRun);
  return useSyncExternalStore(subscribe, read, loading);
}

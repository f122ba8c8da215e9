'use client';

import { useEffect, useMemo, useState } from 'react';
import { call } from '@/components/data/call';
import { useRun } from '@/components/realtime/use-run';
import { listRunEvents } from '@/lib/runs/contract';
import type { RunEvent } from '@/lib/runs/schema';
import { withRecent } from './with-recent';

type Journal = { events: readonly RunEvent[]; error?: Error; complete: boolean };
const none: readonly RunEvent[] = [];

/** The journal of a run up to `seq`: what comes live is there at once, what was before is fetched piece by piece. */
export function useJournal(runId: string, seq: number | undefined): Journal {
  const [fetched, setFetched] = useState<{ of: string; events: readonly RunEvent[] }>();
  const [error, setError] = useState<Error>();
  const [turn, setTurn] = useState(0);
  const { recent } = useRun(runId === '' ? undefined : runId);
  const known = fetched?.of === runId ? fetched.events : none;
  const events = useMemo(() => withRecent(known, recent), [known, recent]);
  const last = events.at(-1)?.seq ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks again after a failure; events follow from last
  useEffect(() => {
    if (seq === undefined || last >= seq) return;
    const stop = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    call(
      listRunEvents,
      { params: { id: runId }, query: { after: last } },
      { signal: stop.signal },
    ).then(
      ({ items }) =>
        setFetched({ of: runId, events: withRecent(events, items as unknown as RunEvent[]) }),
      (reason: Error) => {
        if (stop.signal.aborted) return;
        setError(reason);
        again = setTimeout(() => setTurn((value) => value + 1), 3_000);
      },
    );
    return () => {
      stop.abort();
      clearTimeout(again);
    };
  }, [runId, seq, last, turn]);
  return { events, complete: seq !== undefined && last >= seq, ...(error ? { error } : {}) };
}

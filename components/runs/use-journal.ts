'use client';

import { useEffect, useState } from 'react';
import { call } from '@/components/data/call';
import { listRunEvents } from '@/lib/runs/contract';
import type { RunEvent } from '@/lib/runs/schema';

type Journal = { events: RunEvent[]; error?: Error; complete: boolean };

/** The journal of a run up to `seq`, fetched piece by piece: what was fetched is never asked for again. */
export function useJournal(runId: string, seq: number | undefined): Journal {
  const [journal, setJournal] = useState<Journal>({ events: [], complete: false });
  const [turn, setTurn] = useState(0);
  const last = journal.events.at(-1)?.seq ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks again after a failure
  useEffect(() => {
    if (seq === undefined || last >= seq) return;
    const stop = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    call(
      listRunEvents,
      { params: { id: runId }, query: { after: last } },
      { signal: stop.signal },
    ).then(
      ({ items, more }) =>
        setJournal(({ events }) => ({
          events: [...events, ...(items as unknown as RunEvent[])].filter(
            (event, index, all) => index === 0 || event.seq > (all[index - 1]?.seq ?? 0),
          ),
          complete: !more,
        })),
      (error: Error) => {
        if (stop.signal.aborted) return;
        setJournal((known) => ({ ...known, error }));
        again = setTimeout(() => setTurn((value) => value + 1), 3_000);
      },
    );
    return () => {
      stop.abort();
      clearTimeout(again);
    };
  }, [runId, seq, last, turn]);
  return journal;
}

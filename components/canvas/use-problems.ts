'use client';

import { useEffect } from 'react';
import { useAgents } from '@/components/data/queries';
import { onIdle } from '@/components/ui/on-idle';
import { catalogue } from '@/lib/nodes/catalogue';
import { readDraft } from '@/lib/workflows/draft';
import { findProblems } from '@/lib/workflows/problems';
import type { Session } from './session';

/** Checking waits until nobody typed for this long, and for a moment in which nothing else is to be done. */
const pauseMs = 250;
const latestMs = 1_000;

/** Keeps the session's problems true to the document: the same checks as the server's, as one edits. */
export function useProblems(session: Session): void {
  const agents = useAgents();
  const items = agents.data?.items;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = '';
    const check = () => {
      const { doc } = session.copy;
      const known = items ? { agents: items.map((agent) => agent.handle) } : {};
      const found = findProblems(readDraft(doc, catalogue), catalogue, known);
      const line = JSON.stringify(found);
      if (line !== last) session.problems.set(found);
      last = line;
    };
    let cancelIdle = () => {};
    const whenIdle = () => {
      cancelIdle();
      cancelIdle = onIdle(check, latestMs);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(whenIdle, pauseMs);
    };
    // The canvas is painted first.
    whenIdle();
    const stop = session.graph.subscribe(later);
    return () => {
      stop();
      clearTimeout(timer);
      cancelIdle();
    };
  }, [session, items]);
}

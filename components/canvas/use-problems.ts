'use client';

import { useEffect, useRef } from 'react';
import { useAgents } from '@/components/data/queries';
import { catalogue } from '@/lib/nodes/catalogue';
import { readDraft } from '@/lib/workflows/draft';
import { findProblems } from '@/lib/workflows/problems';
import type { Session } from './session';

/** Checking waits until nobody typed for this long. */
const pauseMs = 250;

/** Keeps the session's problems true to the document: the same checks as the server's, as one edits. */
export function useProblems(session: Session): void {
  const agents = useAgents();
  const handles = useRef<string[] | undefined>(undefined);
  const items = agents.data?.items;
  handles.current = items?.map((agent) => agent.handle);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = '';
    const check = () => {
      const { doc } = session.copy;
      const known = handles.current ? { agents: handles.current } : {};
      const found = findProblems(readDraft(doc, catalogue), catalogue, known);
      const line = JSON.stringify(found);
      if (line !== last) session.problems.set(found);
      last = line;
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(check, pauseMs);
    };
    check();
    const stop = session.graph.subscribe(later);
    return () => {
      stop();
      clearTimeout(timer);
    };
    // A change of the workspace's agents checks anew.
    // biome-ignore lint/correctness/useExhaustiveDependencies: `items` is read through the reference
  }, [session, items]);
}

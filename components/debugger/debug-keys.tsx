'use client';

import { useStore } from '@xyflow/react';
import { useEffect } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { type ShownRun, useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { useHotkeys } from '@/components/shell/hotkeys';
import { toggleBreakpoint } from './breakpoints';

/** Until an editor that opens stands still. */
const restMs = 200;

/** The node of the first step that the debugger holds. */
function heldNode(run: ShownRun | undefined): string | undefined {
  const { state, heldInside } = run ?? {};
  const own = state?.plan.steps.find(({ id }) => state.steps[id]?.wait?.kind === 'debugger');
  return own?.nodeId ?? heldInside?.[0]?.step.nodeId;
}

/** B sets and takes away breakpoints, Shift+B asks for a condition; a step that is stopped comes into sight. Renders nothing. */
export function DebugKeys() {
  const session = useSession();
  const allowed = useCan('runs.start');
  const held = useObservable(session.run, heldNode);
  const ready = useStore(({ panZoom, width }) => panZoom !== null && width > 0);
  const there = useGraph(({ nodes }) => held !== undefined && nodes.has(held));
  useHotkeys({
    B: () => {
      const { nodes, history } = session.local.get();
      if (allowed && !history) for (const id of nodes) toggleBreakpoint(session, id);
    },
    'Shift+B': () => {
      const { nodes, history } = session.local.get();
      const [first] = nodes;
      if (allowed && !history && first !== undefined) {
        session.local.set((now) => ({ ...now, breaking: first }));
      }
    },
  });
  useEffect(() => {
    const node = held === undefined ? undefined : session.graph.get().nodes.get(held);
    if (node) session.announcement.set(`Paused before ${node.name}`);
  }, [held, session]);
  useEffect(() => {
    if (held === undefined || !there || !ready) return;
    // The first view and the console, which opens at the same time, come first.
    const timer = setTimeout(() => session.actions.reveal([held]), restMs);
    return () => clearTimeout(timer);
  }, [held, there, ready, session]);
  return null;
}

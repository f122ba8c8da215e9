'use client';

import { useEffect } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { isOver } from '@/components/runs/run-marks';
import { useGraph, useSession } from '@/components/session/session';
import { useTour } from '@/components/tour/tour-context';

/** Tells the first tour what has been done in this editor. */
export function TourFacts() {
  return useTour().tour?.state === 'on' ? <Facts /> : null;
}

function Facts() {
  const { workflowId, run } = useSession();
  const { facts } = useTour();
  const steps = useGraph((graph) => graph.nodes.size);
  const wires = useGraph((graph) => graph.edges.size);
  const status = useObservable(run, (shown) => shown?.state?.status);
  const shown = status === undefined ? 'none' : isOver(status) ? 'over' : 'going';
  useEffect(() => {
    facts.set({ workflowId, steps, wires, run: shown });
  }, [facts, workflowId, steps, wires, shown]);
  useEffect(() => () => facts.set(undefined), [facts]);
  return null;
}

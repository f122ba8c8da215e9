'use client';

import { createObservable, type WritableObservable } from '@/components/observable/observable';
import { useObservable } from '@/components/observable/use-observable';
import { isOver } from '@/components/runs/run-marks';
import { type Session, type ShownRun, useSession } from '@/components/session/session';
import { toastError } from '@/components/ui/controls/toast';
import type { Debug } from '@/lib/runs/schema';
import { putDebug } from './queries';

/** Where a run stops: conditions by step, empty for always. */
type Breakpoints = Debug['breakpoints'];

const byWorkflow = new Map<string, WritableObservable<Breakpoints>>();
const storageKey = (workflowId: string) => `ensemble.breakpoints.${workflowId}`;

function kept(workflowId: string): Breakpoints {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey(workflowId)) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    return {};
  }
}

/** This person's breakpoints in a workflow, kept in this browser. */
function ownOf(workflowId: string): WritableObservable<Breakpoints> {
  let observable = byWorkflow.get(workflowId);
  if (!observable) {
    observable = createObservable(kept(workflowId));
    byWorkflow.set(workflowId, observable);
  }
  return observable;
}

/** The debugging of the run that the canvas shows, while it goes on. */
export const debugOf = (run: ShownRun | undefined): Debug | undefined =>
  run?.state && !isOver(run.state.status) ? run.state.debug : undefined;

/** The breakpoints that hold now: of the run that is debugged, else this person's own. */
function breakpointsOf(session: Session): Breakpoints {
  return debugOf(session.run.get())?.breakpoints ?? ownOf(session.workflowId).get();
}

/** The condition of a step's breakpoint; undefined: it has none. */
export function useBreakpoint(nodeId: string): string | undefined {
  const session = useSession();
  const debug = useObservable(session.run, debugOf);
  const own = useObservable(ownOf(session.workflowId), (all) => all[nodeId]);
  if (!debug) return own;
  return Object.hasOwn(debug.breakpoints, nodeId) ? debug.breakpoints[nodeId] : undefined;
}

/** Where a run stops that starts now: own breakpoints on steps that are there, or before each step without any. */
export function debugToStart(session: Session): Debug {
  const { nodes } = session.graph.get();
  const breakpoints = Object.fromEntries(
    Object.entries(ownOf(session.workflowId).get()).filter(([id]) => nodes.has(id)),
  );
  return { breakpoints, stepping: Object.keys(breakpoints).length === 0 };
}

/** Sets, changes or takes away (undefined) a breakpoint: this person's, and that of the run that is debugged. */
export function setBreakpoint(
  session: Session,
  nodeId: string,
  condition: string | undefined,
): void {
  const change = (now: Breakpoints): Breakpoints => {
    const { [nodeId]: _, ...others } = now;
    return condition === undefined ? others : { ...others, [nodeId]: condition };
  };
  changeAll(session, change);
}

/** Whether there is any breakpoint now. */
export const hasBreakpoints = (session: Session): boolean =>
  Object.keys({ ...breakpointsOf(session), ...ownOf(session.workflowId).get() }).length > 0;

/** Takes all breakpoints away: this person's, and those of the run that is debugged. */
export function removeBreakpoints(session: Session): void {
  changeAll(session, () => ({}));
  session.announcement.set('No breakpoints');
}

function changeAll(session: Session, change: (now: Breakpoints) => Breakpoints): void {
  const own = ownOf(session.workflowId);
  own.set(change);
  localStorage.setItem(storageKey(session.workflowId), JSON.stringify(own.get()));
  const shown = session.run.get();
  const debug = debugOf(shown);
  if (!shown || !debug) return;
  putDebug(shown.runId, { ...debug, breakpoints: change(debug.breakpoints) }).catch(
    (error: unknown) => toastError('The breakpoint was not set in the run', error),
  );
}

/** Sets a breakpoint that always stops, or takes the one away that is there. */
export function toggleBreakpoint(session: Session, nodeId: string): void {
  const set = Object.hasOwn(breakpointsOf(session), nodeId);
  setBreakpoint(session, nodeId, set ? undefined : '');
  const name = session.graph.get().nodes.get(nodeId)?.name ?? '';
  session.announcement.set(set ? `Breakpoint removed from ${name}` : `Breakpoint set on ${name}`);
}

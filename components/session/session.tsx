'use client';

import { createContext, useContext, useMemo } from 'react';
import type { Observable, WritableObservable } from '@/components/observable/observable';
import { useObservable } from '@/components/observable/use-observable';
import type { DraftHandle } from '@/components/realtime/draft/use-draft';
import type { DraftCopy, DraftStatus } from '@/components/realtime/draft-status';
import type { Peer, PresenceChange } from '@/components/realtime/presence';
import type { Point } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { stepIdOf } from '@/lib/canvas/run-steps';
import type { DraftLock } from '@/lib/realtime/messages';
import type { PausedStepView } from '@/lib/runs/debug-contract';
import type { RunState, StepState } from '@/lib/runs/schema';
import type { KnownConnection } from '@/lib/workflows/problems/connection-problems';
import type { Problem } from '@/lib/workflows/schema';
import type { Actions } from './actions/actions';
import type { ObservableComments } from './state/comment-state';
import type { GraphView } from './state/graph-view';
import type { LocalState } from './state/local-state';
import type { TogetherState } from './state/others-state';
import { isToDo } from './state/to-do';

/** The run that the canvas shows, followed live. */
export type ShownRun = {
  runId: string;
  /** Absent until the first answer. */
  state?: RunState;
  /** Text that is being written, by step id. */
  streams: Readonly<Record<string, string>>;
  /** Steps inside containers that the debugger holds. */
  heldInside: readonly PausedStepView[];
};

/** Everything that one open editor consists of. The same object for as long as the page is open. */
export type Session = {
  workflowId: string;
  copy: DraftCopy;
  graph: GraphView;
  local: WritableObservable<LocalState>;
  problems: WritableObservable<readonly Problem[]>;
  /** Connections that may be used here; none before they were read. */
  connections: WritableObservable<readonly KnownConnection[]>;
  /** Everybody else who has this workflow open. */
  people: Observable<readonly Peer[]>;
  run: WritableObservable<ShownRun | undefined>;
  /** Threads on the canvas, and the one that is open. */
  comments: ObservableComments;
  actions: Actions;
  /** Brings nodes into view, selects them, and gives the first the focus. */
  jumpTo(nodeIds: readonly string[]): void;
  /** Centres the view on a point of the canvas. */
  centreOn(point: Point): void;
  /** What screen readers announce. */
  announcement: WritableObservable<string>;
  /** Tells others what this person does. */
  tell(change: PresenceChange): void;
  /** What the others did to this person's work. */
  together: WritableObservable<TogetherState>;
  /** Who alone may change what. */
  locks: Observable<readonly DraftLock[]>;
  /** How the copy and the server stand. */
  status: Observable<DraftStatus>;
};

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of an editor');
  return session;
}

const DraftContext = createContext<DraftHandle | undefined>(undefined);
export const DraftProvider = DraftContext.Provider;

/** How the open draft stands. It renders twice with each edit: for what shows that, and nothing larger. */
export function useOpenDraft(): DraftHandle {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error('useOpenDraft outside of an editor');
  return draft;
}

/** Whether this person may change the workflow; the server has the last word. */
const CanEditContext = createContext(false);
export const CanEditProvider = CanEditContext.Provider;
export const useCanEdit = () => useContext(CanEditContext);

export function useGraph<Part>(pick: (graph: Graph) => Part): Part {
  return useObservable(useSession().graph, pick);
}

export function useLocal<Part>(pick: (local: LocalState) => Part): Part {
  return useObservable(useSession().local, pick);
}

/** A node's part in the run that the canvas shows. */
export function useStep(nodeId: string): StepState | undefined {
  return useObservable(useSession().run, (run) => {
    if (!run?.state) return undefined;
    const stepId = stepIdOf(run.state, nodeId);
    return stepId === undefined ? undefined : run.state.steps[stepId];
  });
}

const noProblems: readonly Problem[] = [];

/** A node's problems, in a list that keeps its identity while they stay the same; without what is still to do. */
export function useNodeProblems(nodeId: string): readonly Problem[] {
  const { all, touched } = useAllOf(nodeId);
  return useMemo(() => kept(all, (problem) => !isToDo(problem, touched)), [all, touched]);
}

/** What of a node is still to be filled in, before anybody was at it. */
export function useNodeToDos(nodeId: string): readonly Problem[] {
  const { all, touched } = useAllOf(nodeId);
  return useMemo(() => kept(all, (problem) => isToDo(problem, touched)), [all, touched]);
}

function useAllOf(nodeId: string) {
  const all = useObservable(
    useSession().problems,
    (problems) => groupByNode(problems).get(nodeId) ?? noProblems,
  );
  return { all, touched: useLocal((local) => local.touched?.get(nodeId)) };
}

function kept(all: readonly Problem[], which: (problem: Problem) => boolean): readonly Problem[] {
  const found = all.filter(which);
  return found.length === all.length ? all : found.length === 0 ? noProblems : found;
}

const grouped = new WeakMap<readonly Problem[], Map<string, readonly Problem[]>>();
function groupByNode(problems: readonly Problem[]) {
  let groups = grouped.get(problems);
  if (!groups) {
    groups = new Map();
    for (const problem of problems) {
      if (!problem.nodeId) continue;
      groups.set(problem.nodeId, [...(groups.get(problem.nodeId) ?? []), problem]);
    }
    grouped.set(problems, groups);
  }
  return groups;
}

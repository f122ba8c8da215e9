'use client';

import { useEffect, useMemo, useState } from 'react';
import { lockAgainst, lockReason } from '@/components/locks/locks';
import { sayLocked } from '@/components/locks/use-lock-hints';
import { createObservable, type WritableObservable } from '@/components/observable/observable';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { createActions } from '@/components/session/actions/actions';
import { guardActions } from '@/components/session/actions/guard-actions';
import type { Session, ShownRun } from '@/components/session/session';
import { createCommentsState } from '@/components/session/state/comment-state';
import { createGraphView } from '@/components/session/state/graph-view';
import { createLocalState, select } from '@/components/session/state/local-state';
import { nothingTogether } from '@/components/session/state/others-state';
import { useView, type View } from '@/components/session/state/use-view';
import { isThere } from '@/lib/canvas/flow-ids';
import { type KnownConnection, onlyConnection } from '@/lib/workflows/problems/connection-problems';
import type { Problem } from '@/lib/workflows/schema';

/** Presence carries at most this many selected nodes. */
const shownSelection = 100;

/** Frames in which a card that was out of sight must appear. */
const framesToAppear = 20;

function focusNode(nodeId: string, frames = framesToAppear) {
  requestAnimationFrame(() => {
    const selector = `.react-flow__node[data-id="${CSS.escape(nodeId)}"]`;
    const card = document.querySelector<HTMLElement>(selector);
    if (card) card.focus({ preventScroll: true });
    else if (frames > 0) focusNode(nodeId, frames - 1);
  });
}

type Kept = {
  local: Session['local'];
  run: WritableObservable<ShownRun | undefined>;
  comments: Session['comments'];
  announcement: WritableObservable<string>;
  together: Session['together'];
  locks: Session['locks'];
  status: Session['status'];
  connections: Session['connections'];
};

function createSession(workflowId: string, copy: DraftCopy, view: View, kept: Kept): Session {
  const { draft, undo, presence } = copy;
  const graph = createGraphView(draft);
  const say = (message: string) => kept.announcement.set(message);
  const reveal = (ids: readonly string[]) => view.reveal(graph.get(), ids);
  const newId = () => crypto.randomUUID();
  const { local } = kept;
  const asker = { workflowId, userId: copy.userId };
  return {
    ...kept,
    workflowId,
    copy,
    graph,
    problems: createObservable<readonly Problem[]>([]),
    people: presence.others,
    actions: guardActions(
      createActions({
        ...{ draft, undo, graph, local, newId, ...view, reveal, say },
        onlyConnection: (kinds) => onlyConnection(kept.connections.get(), kinds, asker),
        isLocked: (id) => lockAgainst({ locks: kept.locks, copy }, id) !== undefined,
      }),
      () => ({ local: local.get(), graph: graph.get() }),
      (ids) => lockReason({ locks: kept.locks, copy, graph }, ids),
      sayLocked,
    ),
    jumpTo(nodeIds) {
      select(local, nodeIds);
      reveal(nodeIds);
      const [first] = nodeIds;
      if (first !== undefined) focusNode(first);
    },
    centreOn: view.centreOn,
    tell: presence.set,
  };
}

/** The session of one open copy. Selection and the shown run outlive a copy that had to be replaced. */
export function useEditorSession(
  workflowId: string,
  copy: DraftCopy,
  { locks, status }: Pick<Session, 'locks' | 'status'>,
): Session {
  const view = useView();
  const [kept] = useState<Kept>(() => ({
    local: createLocalState(),
    run: createObservable<ShownRun | undefined>(undefined),
    comments: createCommentsState(),
    announcement: createObservable(''),
    together: createObservable(nothingTogether),
    connections: createObservable<readonly KnownConnection[]>([]),
    locks,
    status,
  }));
  const session = useMemo(
    () => createSession(workflowId, copy, view, kept),
    [workflowId, copy, view, kept],
  );

  useEffect(() => session.graph.start(), [session]);
  useEffect(() => {
    const { local, graph, tell } = session;
    let last: ReadonlySet<string> | undefined;
    const follow = () => {
      const { nodes, tab } = local.get();
      tell({ panel: tab });
      if (nodes === last) return;
      last = nodes;
      const [only] = nodes;
      tell({
        selection: [...nodes].slice(0, shownSelection),
        focus: nodes.size === 1 && only !== undefined ? { nodeId: only } : undefined,
      });
    };
    // What somebody removed cannot stay selected.
    const prune = () => {
      const { nodes, edges, objects } = local.get();
      const now = graph.get();
      const left = [...nodes].filter((id) => now.nodes.has(id));
      const leftEdges = [...edges].filter((id) => now.edges.has(id));
      const leftObjects = [...objects].filter((id) => isThere(now, id));
      if (
        left.length < nodes.size ||
        leftEdges.length < edges.size ||
        leftObjects.length < objects.size
      ) {
        select(local, left, leftEdges, leftObjects);
      }
    };
    follow();
    const stops = [local.subscribe(follow), graph.subscribe(prune)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [session]);
  return session;
}

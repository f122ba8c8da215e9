'use client';

import {
  type EdgeChange,
  type IsValidConnection,
  type NodeChange,
  type OnConnectEnd,
  useReactFlow,
  useStoreApi,
} from '@xyflow/react';
import { useCallback, useEffect, useMemo } from 'react';
import { wire } from '@/components/session/actions/add-step';
import type { Session } from '@/components/session/session';
import { select } from '@/components/session/state/local-state';
import { throttle } from '@/components/session/state/throttle';
import { elementOf } from '@/lib/canvas/flow-ids';
import type { Point } from '@/lib/canvas/geometry';
import type { Box } from '@/lib/canvas/layout/box';
import { startDrag } from '@/lib/canvas/layout/drag-session';
import { connectionProblem } from '@/lib/workflows/edits/edits';
import type { CanvasNode } from '../cards/canvas-node';
import type { StepEdge } from '../edges/step-edge';
import { useDropTarget } from './use-drop-target';

/** Others see a drag and a pointer at most 20 times a second. */
const dragInterval = 50;
const cursorInterval = 50;

function changeSelection(
  now: ReadonlySet<string>,
  changes: readonly (NodeChange<CanvasNode> | EdgeChange<StepEdge>)[],
): ReadonlySet<string> {
  const next = new Set(now);
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected) next.add(change.id);
    else next.delete(change.id);
  }
  return next;
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}

type Drag = ReturnType<typeof startDrag>;
/** The part of the canvas in sight, in its own pixels, and the zoom. */
type Sight = () => { seen: Box; zoom: number };

/** Presence is small: of a larger drag others see the beginning. */
const maxDragged = 150;

function selectionHandlers(
  { local, graph, tell }: Session,
  drags: ReturnType<typeof throttle<null>>,
  sight: Sight,
) {
  let drag: Drag | undefined;
  const onSelect = (changes: readonly NodeChange<CanvasNode>[]) => {
    const now = local.get();
    const all = changeSelection(new Set([...now.nodes, ...now.objects]), changes);
    const steps = [...all].filter((id) => elementOf(id).kind === 'node');
    const objects = [...all].filter((id) => elementOf(id).kind !== 'node');
    select(local, steps, now.edges, objects);
  };
  return {
    onNodesChange(changes: NodeChange<CanvasNode>[]) {
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length > 0) onSelect(selects);
      const moves = new Map<string, Point>();
      for (const change of changes) {
        if (change.type !== 'position' || !change.dragging || !change.position) continue;
        // A frame follows its cards.
        if (elementOf(change.id).kind !== 'group') moves.set(change.id, change.position);
      }
      if (moves.size === 0) return;
      if (!drag) {
        const { seen, zoom } = sight();
        drag = startDrag(graph.get(), new Set(moves.keys()), seen, zoom);
      }
      const { positions, guides, dropEdge, dropGroup } = drag.move(moves);
      local.set((now) => ({ ...now, dragging: positions, guides, dropEdge, dropGroup }));
      drags.call(null);
    },
    onEdgesChange(changes: EdgeChange<StepEdge>[]) {
      const { nodes, edges, objects } = local.get();
      select(local, nodes, changeSelection(edges, changes), objects);
    },
    tellDrag() {
      const { dragging } = local.get();
      const sent = [...dragging].slice(0, maxDragged);
      tell({ drag: sent.length > 0 ? Object.fromEntries(sent) : undefined });
    },
    endDrag() {
      drag = undefined;
      local.set((now) => ({
        ...now,
        dragging: new Map(),
        guides: undefined,
        dropEdge: undefined,
        dropGroup: undefined,
      }));
    },
  };
}

function connectionHandlers({ copy, actions }: Session) {
  const isValidConnection: IsValidConnection<StepEdge> = ({ source, target, sourceHandle }) =>
    connectionProblem(copy.draft, wire('', source, sourceHandle ?? 'out', target)) === undefined;
  const onConnectEnd: OnConnectEnd = (event, state) => {
    if (state.toNode || !state.fromNode || !state.fromHandle) return;
    const end = { nodeId: state.fromNode.id, port: state.fromHandle.id ?? 'out' };
    const screen = pointOf(event);
    actions.openPalette({
      screen,
      drop: screen,
      ...(state.fromHandle.type === 'source' ? { from: end } : { to: end }),
    });
  };
  return { isValidConnection, onConnectEnd };
}

/** What gestures on the canvas do. Handlers keep their identity for as long as the page is open. */
export function useCanvasEvents(session: Session, canEdit: boolean) {
  const { screenToFlowPosition } = useReactFlow();
  const store = useStoreApi();
  const target = useDropTarget(session);
  const sight = useCallback(() => {
    const { width, height, transform } = store.getState();
    const [x, y, zoom] = transform;
    return {
      seen: { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom },
      zoom,
    };
  }, [store]);
  const events = useMemo(() => {
    const { local, actions, tell } = session;
    const drags = throttle<null>(dragInterval, () => handlers.tellDrag());
    const handlers = selectionHandlers(session, drags, sight);
    const cursor = throttle<Point | undefined>(cursorInterval, (at) => {
      tell({ cursor: at ? screenToFlowPosition(at, { snapToGrid: false }) : undefined });
    });
    const drop = () => {
      const { dragging } = local.get();
      drags.cancel();
      if (dragging.size > 0) actions.drop(dragging);
      handlers.endDrag();
      tell({ drag: undefined });
    };
    return {
      cancel() {
        drags.cancel();
        cursor.cancel();
      },
      flow: {
        onNodesChange: handlers.onNodesChange,
        onEdgesChange: handlers.onEdgesChange,
        onNodeDragStop: drop,
        onSelectionDragStop: drop,
        ...connectionHandlers(session),
        onConnect: actions.connect,
        onReconnect: actions.reconnect,
        onEdgeMouseEnter: (_: unknown, edge: StepEdge) => actions.hoverEdge(edge.id),
        onEdgeMouseLeave: () => actions.hoverEdge(undefined),
        onNodeDoubleClick: (event: React.MouseEvent, node: { id: string; type?: string }) => {
          const card = (event.target as Element).closest('input, button') === null;
          if (card && node.type === 'step') actions.focusStep(node.id);
        },
        onNodeContextMenu: (_: unknown, node: { id: string }) => {
          const { kind, id } = elementOf(node.id);
          const { nodes, objects } = local.get();
          if (nodes.has(node.id) || objects.has(node.id)) return;
          if (kind === 'group') actions.selectGroup(id, false);
          else if (kind === 'note') select(local, [], [], [node.id]);
          else select(local, [node.id]);
        },
        onPaneContextMenu: () => select(local, []),
        // The pane takes no focus by itself: keys would go on into the field that had it.
        onPaneClick: () => {
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        },
        onEdgeContextMenu: (_: unknown, edge: StepEdge) => select(local, [], [edge.id]),
      },
      pane: {
        onPointerMove(event: React.PointerEvent) {
          cursor.call({ x: event.clientX, y: event.clientY });
        },
        onPointerLeave: () => cursor.call(undefined),
        onDoubleClick(event: React.MouseEvent) {
          const pane = (event.target as Element).classList.contains('react-flow__pane');
          if (!pane || !canEdit) return;
          const screen = { x: event.clientX, y: event.clientY };
          actions.openPalette({ screen, drop: screen });
        },
        ...(canEdit ? target : {}),
      },
    };
  }, [session, canEdit, screenToFlowPosition, sight, target]);
  useEffect(() => events.cancel, [events]);
  return events;
}

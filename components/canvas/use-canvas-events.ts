'use client';

import {
  type EdgeChange,
  type IsValidConnection,
  type NodeChange,
  type OnConnectEnd,
  useReactFlow,
} from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { snap } from './geometry';
import { closesLoop } from './graph-walk';
import { type Point, select } from './local-state';
import { dragType } from './palette-list';
import type { Session } from './session';
import type { StepNode } from './step-card';
import type { StepEdge } from './step-edge';
import { throttle } from './throttle';

/** Others see a drag and a pointer at most 20 times a second. */
const dragInterval = 50;
const cursorInterval = 50;

function changeSelection(
  now: ReadonlySet<string>,
  changes: readonly (NodeChange<StepNode> | EdgeChange<StepEdge>)[],
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

function selectionHandlers({ local, tell }: Session, drags: ReturnType<typeof throttle<null>>) {
  return {
    onNodesChange(changes: NodeChange<StepNode>[]) {
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length > 0) {
        const nodes = changeSelection(local.get().nodes, selects);
        select(local, nodes, local.get().edges);
      }
      const moves = changes.filter((change) => change.type === 'position' && change.dragging);
      if (moves.length === 0) return;
      const dragging = new Map(local.get().dragging);
      for (const move of moves) {
        if (move.type === 'position' && move.position) dragging.set(move.id, move.position);
      }
      local.set((now) => ({ ...now, dragging }));
      drags.call(null);
    },
    onEdgesChange(changes: EdgeChange<StepEdge>[]) {
      const edges = changeSelection(local.get().edges, changes);
      select(local, local.get().nodes, edges);
    },
    tellDrag() {
      const { dragging } = local.get();
      tell({ drag: dragging.size > 0 ? Object.fromEntries(dragging) : undefined });
    },
  };
}

function connectionHandlers({ graph, actions }: Session) {
  const isValidConnection: IsValidConnection<StepEdge> = ({ source, target, sourceHandle }) => {
    const { edges } = graph.get();
    for (const edge of edges.values()) {
      const same = edge.source === source && edge.target === target;
      if (same && edge.sourcePort === (sourceHandle ?? 'out')) return false;
    }
    return !closesLoop(edges.values(), source, target);
  };
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
  const events = useMemo(() => {
    const { local, actions, tell } = session;
    const drags = throttle<null>(dragInterval, () => handlers.tellDrag());
    const handlers = selectionHandlers(session, drags);
    const cursor = throttle<Point | undefined>(cursorInterval, (at) => {
      tell({ cursor: at ? screenToFlowPosition(at, { snapToGrid: false }) : undefined });
    });
    const drop = () => {
      const { dragging } = local.get();
      drags.cancel();
      if (dragging.size > 0) actions.move(dragging);
      local.set((now) => ({ ...now, dragging: new Map() }));
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
        onNodeContextMenu: (_: unknown, node: StepNode) => {
          if (!local.get().nodes.has(node.id)) select(local, [node.id]);
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
        onDragOver(event: React.DragEvent) {
          if (!canEdit || !event.dataTransfer.types.includes(dragType)) return;
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
        },
        onDrop(event: React.DragEvent) {
          const type = event.dataTransfer.getData(dragType);
          if (!type || !canEdit) return;
          event.preventDefault();
          const at = screenToFlowPosition({ x: event.clientX - 24, y: event.clientY - 32 });
          actions.addStep(type, { x: snap(at.x), y: snap(at.y) });
        },
      },
    };
  }, [session, canEdit, screenToFlowPosition]);
  useEffect(() => events.cancel, [events]);
  return events;
}

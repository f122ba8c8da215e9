'use client';

import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useLocal, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { useHotkeys } from '@/components/shell/hotkeys';
import type { Point } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { placeName } from '@/lib/comments/place-name';
import type { Anchor } from '@/lib/comments/schema';
import { workflowLimits } from '@/lib/workflows/schema';
import { startComment } from './open-thread';

/** An anchor on a node or an edge, named as it is now; undefined for anything else. */
export function anchorOn(
  graph: Graph,
  { nodeId, edgeId }: { nodeId?: string | null | undefined; edgeId?: string | null | undefined },
): Anchor | undefined {
  const label = (anchor: Anchor) => placeName(anchor, graph).slice(0, workflowLimits.nameLength);
  if (nodeId && graph.nodes.has(nodeId)) {
    const anchor = { kind: 'node', nodeId, label: '' } as const;
    return { ...anchor, label: label(anchor) };
  }
  if (edgeId && graph.edges.has(edgeId)) {
    const anchor = { kind: 'edge', edgeId, label: '' } as const;
    return { ...anchor, label: label(anchor) };
  }
  return undefined;
}

function isTyping(target: EventTarget | null) {
  const fields =
    'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]';
  return target instanceof Element && target.closest(fields) !== null;
}

/**
 * The comment tool: while it is chosen, a click puts a comment where it lands, and Enter one on what is selected.
 * Wheel and touch go on moving the canvas.
 */
export function CommentTool() {
  const session = useSession();
  const mayWrite = useCan('workflows.comment');
  const chosen = useLocal((local) => local.tool === 'comment') && mayWrite;
  const { screenToFlowPosition } = useReactFlow();
  useHotkeys(mayWrite ? { C: () => session.actions.pickTool('comment') } : {});

  useEffect(() => {
    const canvas = document.querySelector<HTMLElement>('[data-canvas]');
    if (!chosen || !canvas) return undefined;
    const { actions, graph, local } = session;
    const onCanvas = ({ target }: Event) => {
      const element = target instanceof Element ? target : null;
      return element?.closest('.react-flow__renderer') && !element.closest('.comment-pins')
        ? element
        : undefined;
    };
    const pointAt = (at: Point): Anchor => {
      const { x, y } = screenToFlowPosition(at, { snapToGrid: false });
      return { kind: 'point', x: Math.round(x), y: Math.round(y) };
    };
    const hold = (event: Event) => {
      const touch = event instanceof PointerEvent && event.pointerType === 'touch';
      if (!touch && onCanvas(event)) event.stopPropagation();
    };
    const place = (event: MouseEvent) => {
      const element = onCanvas(event);
      if (!element) return;
      event.stopPropagation();
      event.preventDefault();
      const idOf = (kind: string) =>
        element.closest(`.react-flow__${kind}`)?.getAttribute('data-id');
      const anchor = anchorOn(graph.get(), { nodeId: idOf('node'), edgeId: idOf('edge') });
      startComment(session, anchor ?? pointAt({ x: event.clientX, y: event.clientY }));
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.isComposing) return;
      if (event.key === 'Escape') actions.pickTool('pointer');
      else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
        const { nodes, edges } = local.get();
        const anchor = anchorOn(graph.get(), { nodeId: [...nodes][0], edgeId: [...edges][0] });
        const box = canvas.getBoundingClientRect();
        const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
        startComment(session, anchor ?? pointAt(middle));
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    canvas.classList.add('comment-tool');
    canvas.addEventListener('pointerdown', hold, true);
    canvas.addEventListener('mousedown', hold, true);
    canvas.addEventListener('dblclick', hold, true);
    canvas.addEventListener('click', place, true);
    document.addEventListener('keydown', onKeyDown, true);
    return () => {
      canvas.classList.remove('comment-tool');
      canvas.removeEventListener('pointerdown', hold, true);
      canvas.removeEventListener('mousedown', hold, true);
      canvas.removeEventListener('dblclick', hold, true);
      canvas.removeEventListener('click', place, true);
      document.removeEventListener('keydown', onKeyDown, true);
    };
  }, [session, chosen, screenToFlowPosition]);
  return null;
}

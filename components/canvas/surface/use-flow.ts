'use client';

import { useMemo, useRef } from 'react';
import { looksLikeFile } from '@/components/data/use-files';
import { cardHandles } from '@/components/nodes/card-handles';
import type { RemoteDrags } from '@/components/presence/use-remote-drags';
import type { LocalState } from '@/components/session/state/local-state';
import type { Point } from '@/lib/canvas/geometry';
import { cardHeight, cardWidth } from '@/lib/canvas/geometry';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { drawingOf, sameCard, typeOf } from '@/lib/canvas/node-types';
import type { WorkflowEdge } from '@/lib/workflows/schema';
import type { CanvasNode } from '../cards/canvas-node';
import type { StepNode } from '../cards/step-card';
import type { StepEdge } from '../edges/step-edge';
import { useObjectNodes } from './use-objects';

type NodeEntry = {
  from: DraftNode;
  x: number;
  y: number;
  selected: boolean;
  dragging: boolean;
  node: StepNode;
};

function toFlowNode(from: DraftNode, at: Point, selected: boolean, dragging: boolean): StepNode {
  const { accepts, ports, subtitle } = drawingOf(from);
  const height = cardHeight(ports);
  const title = typeOf(from.type)?.title ?? from.type;
  return {
    id: from.id,
    type: 'step',
    position: at,
    data: { node: from },
    selected,
    dragging,
    width: cardWidth,
    height,
    measured: { width: cardWidth, height },
    handles: cardHandles(accepts, ports),
    ariaLabel: [
      from.name || title,
      title,
      looksLikeFile(subtitle) ? '' : subtitle,
      ...marksOf(from),
    ]
      .filter((part, index, all) => part && all.indexOf(part) === index)
      .join(', '),
  };
}

function marksOf(node: DraftNode): string[] {
  return [
    node.disabled ? 'disabled' : '',
    node.pinnedOutput === undefined ? '' : 'output pinned',
    node.fixed ? 'position pinned' : '',
  ];
}

/**
 * The document and the local state as React Flow wants them. A node or an edge keeps its identity
 * until something that shows changed, so that one edit re-renders one card.
 */
export function useFlowNodes(
  graph: Graph,
  local: Pick<LocalState, 'dragging' | 'nodes' | 'objects' | 'sizing'>,
  remote: RemoteDrags,
): CanvasNode[] {
  const objects = useObjectNodes(graph, local, remote);
  const steps = useStepNodes(graph, local, remote);
  return useMemo(() => [...objects, ...steps], [objects, steps]);
}

function useStepNodes(
  graph: Graph,
  local: Pick<LocalState, 'dragging' | 'nodes'>,
  remote: RemoteDrags,
): StepNode[] {
  const cache = useRef(new Map<string, NodeEntry>());
  const shown = useRef<StepNode[]>([]);
  return useMemo(() => {
    const next = new Map<string, NodeEntry>();
    const nodes: StepNode[] = [];
    let alike = true;
    for (const from of graph.nodes.values()) {
      const own = local.dragging.get(from.id);
      const { x, y } = own ?? remote.get(from.id) ?? from.position;
      const selected = local.nodes.has(from.id);
      const dragging = own !== undefined;
      const known = cache.current.get(from.id);
      const same =
        known !== undefined &&
        known.x === x &&
        known.y === y &&
        known.selected === selected &&
        known.dragging === dragging &&
        (known.from === from || sameCard(known.from, from));
      const entry = same
        ? { ...known, from }
        : { from, x, y, selected, dragging, node: toFlowNode(from, { x, y }, selected, dragging) };
      alike &&= shown.current[nodes.length] === entry.node;
      next.set(from.id, entry);
      nodes.push(entry.node);
    }
    cache.current = next;
    if (!alike || shown.current.length !== nodes.length) shown.current = nodes;
    return shown.current;
  }, [graph.nodes, local.dragging, local.nodes, remote]);
}

type EdgeEntry = { from: WorkflowEdge; selected: boolean; edge: StepEdge };

/** The same array while all edges look the same: React Flow builds its lookups anew for another one. */
export function useFlowEdges(graph: Graph, local: Pick<LocalState, 'edges'>): StepEdge[] {
  const cache = useRef(new Map<string, EdgeEntry>());
  const shown = useRef<StepEdge[]>([]);
  return useMemo(() => {
    const next = new Map<string, EdgeEntry>();
    const edges: StepEdge[] = [];
    let same = true;
    for (const from of graph.edges.values()) {
      if (!graph.nodes.has(from.source) || !graph.nodes.has(from.target)) continue;
      const selected = local.edges.has(from.id);
      const known = cache.current.get(from.id);
      const entry =
        known?.from === from && known.selected === selected
          ? known
          : { from, selected, edge: toFlowEdge(from, selected, graph) };
      same &&= shown.current[edges.length] === entry.edge;
      next.set(from.id, entry);
      edges.push(entry.edge);
    }
    cache.current = next;
    if (!same || shown.current.length !== edges.length) shown.current = edges;
    return shown.current;
  }, [graph, local.edges]);
}

function toFlowEdge(from: WorkflowEdge, selected: boolean, graph: Graph): StepEdge {
  const name = (id: string) => graph.nodes.get(id)?.name ?? id;
  return {
    id: from.id,
    type: 'step',
    source: from.source,
    sourceHandle: from.sourcePort,
    target: from.target,
    targetHandle: from.targetPort,
    selected,
    data: {},
    ariaLabel: `Wire from ${name(from.source)} to ${name(from.target)}`,
  };
}

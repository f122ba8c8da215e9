'use client';

import type { Edge, Node } from '@xyflow/react';
import { useMemo } from 'react';
import { cardHandles } from '@/components/nodes/card-handles';
import { useMaking } from '@/components/suggestions/use-making';
import { isOpen, useReview } from '@/components/suggestions/use-review';
import { flowIdOf } from '@/lib/canvas/flow-ids';
import { cardHeight, cardWidth } from '@/lib/canvas/geometry';
import type { Graph } from '@/lib/canvas/graph';
import { drawingOf } from '@/lib/canvas/node-types';
import { edgeOf, type Review } from '@/lib/suggestions/review';
import { nodeSchema, noteSchema, type WorkflowNode } from '@/lib/workflows/schema';
import type { GhostNode } from '../cards/ghost-card';
import { type GhostFrameNode, ghostFrames } from '../cards/ghost-frame';
import type { GhostEdge } from '../edges/ghost-edge';

type Marks = {
  classes: Map<string, string>;
  nodes: (GhostNode | GhostFrameNode)[];
  edges: GhostEdge[];
};

const noMarks: Marks = { classes: new Map(), nodes: [], edges: [] };
const words = { removed: 'suggested for removal', changed: 'with a suggested change' } as const;

/**
 * What the canvas draws, with the suggestion under review laid over it; the same arrays while there is none. Ghosts
 * travel under the canvas's own types: React Flow hands them to their own components alone, and they keep their events.
 */
export function useMarked<N extends Node, E extends Edge>(
  graph: Graph,
  nodes: N[],
  edges: E[],
): { nodes: N[]; edges: E[] } {
  const { view, reviews } = useReview();
  const making = useMaking();
  const marks = useMemo(() => {
    const reviewed = view ? reviews.filter(({ change }) => isOpen(view, change.key)) : [];
    const open = [
      ...reviewed.map((review) => ({ ...review, by: undefined })),
      ...making.flatMap((each) =>
        each.reviews.map((review) => ({ ...review, by: each.view.agent?.name })),
      ),
    ];
    return open.length === 0 ? noMarks : marksOf(open, graph);
  }, [view, reviews, making, graph]);
  const shownNodes = useMemo(
    () =>
      marks === noMarks
        ? nodes
        : [...nodes.map((node) => marked(node, marks)), ...(marks.nodes as Node[] as N[])],
    [nodes, marks],
  );
  const shownEdges = useMemo(() => {
    if (marks === noMarks) return edges;
    const there = new Set(shownNodes.map((node) => node.id));
    const ghosts = marks.edges.filter((edge) => there.has(edge.source) && there.has(edge.target));
    return [...edges, ...(ghosts as Edge[] as E[])];
  }, [edges, marks, shownNodes]);
  return { nodes: shownNodes, edges: shownEdges };
}

function marked<N extends Node>(node: N, { classes }: Marks): N {
  const kind = classes.get(node.id);
  if (kind === undefined) return node;
  const word = words[kind as keyof typeof words];
  return {
    ...node,
    className: `${node.className ?? ''} suggested-${kind}`.trim(),
    ariaLabel: [node.ariaLabel, word].filter(Boolean).join(', '),
  };
}

/** `by`: the agent that is making it at this moment. */
type Marked = Review & { by: string | undefined };

function marksOf(open: readonly Marked[], graph: Graph): Marks {
  const marks: Marks = { classes: new Map(), nodes: [], edges: [] };
  const added: WorkflowNode[] = [];
  for (const { change, state, by } of open) {
    if (state === 'done' || state === 'gone') continue;
    const { part, id, change: kind } = change;
    const edge = part === 'edges' ? edgeOf(change) : undefined;
    if (edge && kind !== 'changed') {
      marks.edges.push({
        id: `ghost:${id}`,
        type: 'ghost',
        source: edge.source,
        sourceHandle: edge.sourcePort,
        target: edge.target,
        targetHandle: edge.targetPort,
        data: { kind },
        selectable: false,
        focusable: false,
        reconnectable: false,
        deletable: false,
        zIndex: 2,
        ariaLabel: `Wire ${change.name}, suggested ${kind === 'added' ? 'as new' : 'for removal'}`,
      });
    } else if (kind === 'added') {
      const ghosts = ghostsOf(change, by);
      marks.nodes.push(...ghosts);
      added.push(...ghosts.flatMap(({ data }) => data.node ?? []));
    } else if (part === 'nodes') marks.classes.set(id, kind);
    else if (part === 'notes') marks.classes.set(flowIdOf('note', id), kind);
    else if (part === 'groups') marks.classes.set(flowIdOf('group', id), kind);
  }
  marks.nodes.unshift(...ghostFrames(graph, added));
  return marks;
}

function ghostsOf({ part, key, element, id }: Review['change'], by?: string): GhostNode[] {
  const passive = {
    type: 'ghost' as const,
    draggable: false,
    selectable: false,
    connectable: false,
    deletable: false,
    focusable: false,
    zIndex: 1,
  };
  if (part === 'notes') {
    const note = noteSchema.safeParse(element);
    if (!note.success) return [];
    const { position, width, height, text } = note.data;
    const size = { width, height, measured: { width, height } };
    return [{ ...passive, ...size, id: flowIdOf('note', id), position, data: { key, text, by } }];
  }
  const node = part === 'nodes' ? nodeSchema.safeParse(element) : undefined;
  if (!node?.success) return [];
  const { accepts, ports } = drawingOf(node.data);
  const size = { width: cardWidth, height: cardHeight(ports) };
  return [
    {
      ...passive,
      ...size,
      id,
      measured: size,
      position: node.data.position,
      handles: cardHandles(accepts, ports),
      data: { key, node: node.data, by },
      ariaLabel: `${node.data.name}, suggested step`,
    },
  ];
}

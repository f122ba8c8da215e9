'use client';

import { later } from '@/components/ui/later';

import './canvas.css';
import '../cards/objects.css';
import './suggesting.css';
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore,
  type Viewport,
} from '@xyflow/react';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { CommentLayer } from '@/components/comments/comment-layer';
import { CommentPins } from '@/components/comments/comment-pins';
import { useUnmovable } from '@/components/locks/locks';
import { useRemoteDrags } from '@/components/presence/use-remote-drags';
import { useCanEdit, useGraph, useLocal, useSession } from '@/components/session/session';
import type { GraphView } from '@/components/session/state/graph-view';
import { cn } from '@/components/ui/cn';
import { cardHeight, grid } from '@/lib/canvas/geometry';
import { firstView, leastWhole } from '@/lib/canvas/layout/first-view';
import { drawingOf } from '@/lib/canvas/node-types';
import { ContainerFrame } from '../cards/container-frame';
import { FrameCard } from '../cards/frame-card';
import { GhostCard } from '../cards/ghost-card';
import { GhostFrame } from '../cards/ghost-frame';
import { NoteCard } from '../cards/note-card';
import { StepCard } from '../cards/step-card';
import { useLinkedStep } from '../cards/use-linked-step';
import { GhostEdgeLine } from '../edges/ghost-edge';
import { StepEdgeLine } from '../edges/step-edge';
import { ConnectionHint } from '../gestures/connection-hint';
import { useCanvasEvents } from '../gestures/use-canvas-events';
import { Palette } from '../palette/palette';
import { BarScale } from './bar-scale';
import { CanvasControls } from './canvas-controls';
import { CanvasMap } from './canvas-map';
import { CanvasMenu } from './canvas-menu';
import { EmptyCanvas } from './empty-canvas';
import { Guides } from './guides';
import { ShowRelated } from './show-related';
import { Together } from './together';
import { useFlowEdges, useFlowNodes } from './use-flow';
import { useMarked } from './use-marked';

const PinDialog = later(
  () => import('@/components/pins/pin-dialog').then((found) => found.PinDialog),
  () => null,
);

const nodeTypes = {
  step: StepCard,
  frame: FrameCard,
  container: ContainerFrame,
  note: NoteCard,
  ghost: GhostCard,
  'ghost-frame': GhostFrame,
};
const edgeTypes = { step: StepEdgeLine, ghost: GhostEdgeLine };
const snapGrid: [number, number] = [grid, grid];
const proOptions = { hideAttribution: true };
const manySelect = ['Meta', 'Control', 'Shift'];

/** The canvas: draws the shared document and turns gestures into named edits. */
export function Canvas() {
  const session = useSession();
  const canEdit = useCanEdit();
  const wrapper = useRef<HTMLDivElement>(null);
  const { flow, pane } = useCanvasEvents(session, canEdit);
  const initial = useFirstView(session.graph, wrapper);
  const empty = useGraph((graph) => graph.nodes.size + graph.notes.size === 0);
  const gliding = useLocal((local) => local.gliding);
  const hand = useLocal((local) => local.tool === 'hand');
  useLinkedStep(session);

  return (
    <CanvasMenu>
      <section
        ref={wrapper}
        aria-label="Workflow canvas"
        data-canvas
        className={cn(
          'relative h-full min-w-0 flex-1 bg-bg',
          hand && '[&_.react-flow__pane]:!cursor-grab',
          gliding && 'gliding',
        )}
        {...pane}
      >
        {initial ? (
          <Flow events={flow} initial={initial} hand={hand}>
            {empty ? null : <CanvasMap />}
            {onCanvas}
          </Flow>
        ) : null}
        <Together />
        {empty ? <EmptyCanvas /> : null}
        <CanvasControls />
        <Palette />
        <CommentLayer />
        <ShowRelated />
        <PinDialog />
      </section>
    </CanvasMenu>
  );
}

const onCanvas = (
  <>
    <KeepMiddle />
    <RefitBeside />
    <BarScale />
    <Guides />
    <Background variant={BackgroundVariant.Dots} gap={grid * 3} size={1.25} />
    <CommentPins />
    <ConnectionHint />
  </>
);

type FlowProps = {
  events: ReturnType<typeof useCanvasEvents>['flow'];
  initial: Viewport;
  hand: boolean;
  children: ReactNode;
};

/** What changes with each edit and each drag, own or not: nothing else on the canvas renders with it. */
function Flow({ events, initial, hand, children }: FlowProps) {
  const session = useSession();
  const canEdit = useCanEdit();
  const graph = useGraph((now) => now);
  const local = {
    dragging: useLocal((now) => now.dragging),
    nodes: useLocal((now) => now.nodes),
    edges: useLocal((now) => now.edges),
    objects: useLocal((now) => now.objects),
    sizing: useLocal((now) => now.sizing),
  };
  const nodes = useUnmovable(useFlowNodes(graph, local, useRemoteDrags(session)));
  const edges = useFlowEdges(graph, local);
  const marked = useMarked(graph, nodes, edges);
  const panButtons = useMemo(() => (hand ? [0, 1] : [1]), [hand]);
  return (
    <ReactFlow
      nodes={marked.nodes}
      edges={marked.edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      {...events}
      defaultViewport={initial}
      minZoom={0.1}
      maxZoom={2}
      snapToGrid
      snapGrid={snapGrid}
      nodesDraggable={canEdit && !hand}
      // From the press on: else a card lags by what the pointer moved before it was heard.
      nodeDragThreshold={0}
      nodesConnectable={canEdit}
      edgesReconnectable={canEdit}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={manySelect}
      selectionOnDrag={!hand}
      selectionMode={SelectionMode.Partial}
      panOnDrag={panButtons}
      panOnScroll
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      onlyRenderVisibleElements
      connectionLineType={ConnectionLineType.Bezier}
      connectionRadius={28}
      proOptions={proOptions}
    >
      {children}
    </ReactFlow>
  );
}

/** What was seen whole stays whole beside a panel that opens, as long as it can be read then. */
function RefitBeside() {
  const width = useStore((state) => state.width);
  const { getViewport, getNodes, getNodesBounds, fitView } = useReactFlow();
  const last = useRef(width);
  useLayoutEffect(() => {
    const before = last.current;
    last.current = width;
    const nodes = getNodes();
    if (before === 0 || width === 0 || width >= before || nodes.length === 0) return;
    const { x, zoom } = getViewport();
    const bounds = getNodesBounds(nodes);
    const left = bounds.x * zoom + x;
    const right = left + bounds.width * zoom;
    const fits = (width - 48) / bounds.width >= leastWhole;
    if (left >= 0 && right <= before && right > width && fits) {
      void fitView({ padding: 0.06, maxZoom: zoom, minZoom: leastWhole });
    }
  }, [width, getViewport, getNodes, getNodesBounds, fitView]);
  return null;
}

/** As the run console opens, closes or grows, what stood in the middle of the canvas stays there. */
function KeepMiddle() {
  const height = useStore((state) => state.height);
  const { getViewport, setViewport } = useReactFlow();
  const last = useRef(height);
  useLayoutEffect(() => {
    const moved = (height - last.current) / 2;
    const known = last.current > 0 && height > 0;
    last.current = height;
    if (!known || moved === 0) return;
    const { x, y, zoom } = getViewport();
    void setViewport({ x, y: y + moved, zoom });
  }, [height, getViewport, setViewport]);
  return null;
}

/** Measured once, before the canvas is painted for the first time: nothing moves on opening. */
function useFirstView(graph: GraphView, wrapper: React.RefObject<HTMLDivElement | null>) {
  const [initial, setInitial] = useState<Viewport>();
  const [opened] = useState(() => graph.get());
  useLayoutEffect(() => {
    if (!wrapper.current) return;
    const cards = [...opened.nodes.values()].map((node) => ({
      ...node.position,
      height: cardHeight(drawingOf(node).ports),
    }));
    const notes = [...opened.notes.values()].map((note) => ({ ...note, ...note.position }));
    setInitial(firstView([...cards, ...notes], wrapper.current.getBoundingClientRect()));
  }, [wrapper, opened]);
  return initial;
}

'use client';

import './canvas.css';
import './objects/objects.css';
import './suggesting/suggesting.css';
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
import { cn } from '@/components/ui/cn';
import { cardHeight, grid } from '@/lib/canvas/geometry';
import { firstView } from '@/lib/canvas/layout/first-view';
import { drawingOf } from '@/lib/canvas/node-types';
import { BarScale } from './bar-scale';
import { CanvasControls } from './canvas-controls';
import { CanvasMap } from './canvas-map';
import { CanvasMenu } from './canvas-menu';
import { CommentLayer } from './comments/comment-layer';
import { CommentPins } from './comments/comment-pins';
import { ConnectionHint } from './connection-hint';
import { EmptyCanvas } from './empty-canvas';
import type { GraphView } from './graph-view';
import { Guides } from './layout/guides';
import { ContainerFrame } from './objects/container-frame';
import { FrameCard } from './objects/frame-card';
import { NoteCard } from './objects/note-card';
import { PinDialog } from './objects/pin-dialog';
import { ShowRelated } from './objects/show-related';
import { useLinkedStep } from './objects/use-linked-step';
import { Palette } from './palette';
import { useCanEdit, useGraph, useLocal, useSession } from './session';
import { StepCard } from './step-card';
import { StepEdgeLine } from './step-edge';
import { GhostCard } from './suggesting/ghost-card';
import { GhostEdgeLine } from './suggesting/ghost-edge';
import { GhostFrame } from './suggesting/ghost-frame';
import { useMarked } from './suggesting/use-marked';
import { useUnmovable } from './together/locks';
import { Together } from './together/together';
import { useCanvasEvents } from './use-canvas-events';
import { useFlowEdges, useFlowNodes } from './use-flow';
import { useRemoteDrags } from './use-remote-drags';

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

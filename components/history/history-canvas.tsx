'use client';

import {
  Background,
  BackgroundVariant,
  Controls,
  Handle,
  type NodeProps,
  Position,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react';
import { memo, useEffect, useMemo } from 'react';
import { NodeIcon } from '@/components/icons/node-icon';
import { Joint } from '@/components/nodes/joint';
import { StepSubtitle } from '@/components/nodes/step-subtitle';
import { cn } from '@/components/ui/cn';
import { cardHeight, cardWidth, grid, portMiddle } from '@/lib/canvas/geometry';
import { drawingOf, typeOf } from '@/lib/canvas/node-types';
import type { DefinitionDiff } from '@/lib/workflows/changes/diff';
import type { Definition } from '@/lib/workflows/schema';
import {
  type Mark,
  type MarkedGroup,
  type MarkedNode,
  type MarkedNote,
  markedGraph,
} from './marked-graph';

type Props = {
  shown: Definition;
  base: Definition | undefined;
  diff: DefinitionDiff | undefined;
  /** The element to bring into view; `at` counts the requests. */
  target: { id: string; at: number } | undefined;
  onPick: (nodeId: string) => void;
};

/** A state of the workflow to look at, with what differs from another marked by colour. */
export function HistoryCanvas({ shown, base, diff, target, onPick }: Props) {
  const { nodes, edges } = useMemo(() => markedGraph(shown, base, diff), [shown, base, diff]);
  const picked = useMemo(
    () => nodes.map((node) => (node.id === target?.id ? { ...node, selected: true } : node)),
    [nodes, target],
  );
  return (
    <ReactFlow
      nodes={picked}
      edges={edges}
      nodeTypes={nodeTypes}
      fitView
      fitViewOptions={{ maxZoom: 1, padding: 0.15 }}
      minZoom={0.1}
      maxZoom={2}
      nodesDraggable={false}
      nodesConnectable={false}
      elementsSelectable={false}
      edgesFocusable={false}
      panOnScroll
      disableKeyboardA11y
      onlyRenderVisibleElements
      onNodeClick={(_, node) => onPick(node.id)}
      proOptions={{ hideAttribution: true }}
      aria-label="Preview of the workflow"
    >
      <Reveal target={target} />
      <Background variant={BackgroundVariant.Dots} gap={grid * 3} size={1.25} />
      <Controls
        showInteractive={false}
        className="overflow-hidden rounded-lg border bg-surface [&_button]:!border-b-border [&_button]:!bg-surface [&_button]:!fill-muted [&_button:hover]:!bg-hover"
      />
    </ReactFlow>
  );
}

function Reveal({ target }: Pick<Props, 'target'>) {
  const flow = useReactFlow();
  useEffect(() => {
    const node = target ? flow.getNode(target.id) : undefined;
    if (!node) return;
    const { width = 0, height = 0, position } = node;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    void flow.setCenter(position.x + width / 2, position.y + height / 2, {
      zoom: Math.max(flow.getZoom(), 0.8),
      duration: still ? 0 : 140,
    });
  }, [target, flow]);
  return null;
}

const marks = {
  added: {
    label: 'Added',
    ring: 'border-success ring-1 ring-success',
    chip: 'bg-success-soft text-success',
  },
  removed: {
    label: 'Removed',
    ring: 'border-dashed border-danger',
    chip: 'bg-danger-soft text-danger',
  },
  changed: {
    label: 'Changed',
    ring: 'border-warning ring-1 ring-warning',
    chip: 'bg-warning-soft text-warning',
  },
} as const;

function Chip({ mark }: { mark: Mark }) {
  if (!mark) return null;
  return (
    <span
      className={cn(
        'absolute bottom-full left-0 mb-1 rounded-sm px-1.5 text-2xs leading-4 font-medium',
        marks[mark].chip,
      )}
    >
      {marks[mark].label}
    </span>
  );
}

const dot = '!size-2 !min-h-0 !min-w-0 !rounded-full !border-0 !bg-faint !pointer-events-none';

const MarkedCard = memo(function MarkedCard({ data, selected }: NodeProps<MarkedNode>) {
  const { node, mark } = data;
  const type = typeOf(node.type);
  const { accepts, ports, subtitle } = drawingOf(node);
  return (
    <div
      data-mark={mark}
      data-testid={`preview-${node.id}`}
      style={{ width: cardWidth, height: cardHeight(ports) }}
      className={cn(
        'relative rounded-lg border border-border-strong bg-surface',
        mark && marks[mark].ring,
        mark === 'removed' && 'opacity-70',
        selected && 'outline-2 outline-offset-4 outline-accent',
        node.disabled && 'border-dashed opacity-60',
      )}
    >
      <Chip mark={mark} />
      <div className="flex h-[62px] items-center gap-2.5 px-3">
        <NodeIcon icon={type?.icon} group={type?.group} />
        <div className="min-w-0 flex-1">
          <div className={cn('truncate text-sm font-medium', mark === 'removed' && 'line-through')}>
            {node.name || type?.title}
          </div>
          <div className="truncate text-xs text-muted">
            <StepSubtitle text={subtitle} otherwise={type?.title} />
          </div>
        </div>
      </div>
      {accepts ? (
        <Handle
          type="target"
          position={Position.Left}
          id="in"
          className={dot}
          style={{ top: 31 }}
          isConnectable={false}
        />
      ) : null}
      {ports.map((port, index) => (
        <Handle
          key={port.id}
          type="source"
          position={Position.Right}
          id={port.id}
          className={dot}
          style={{ top: portMiddle(ports, index) - 1 }}
          isConnectable={false}
        />
      ))}
      {ports.length > 1
        ? ports.map((port, index) => (
            <span
              key={port.id}
              className="absolute right-3 left-3 truncate text-right text-xs leading-6 text-muted"
              style={{ top: portMiddle(ports, index) - 13 }}
            >
              {port.label || port.id}
            </span>
          ))
        : null}
    </div>
  );
});

function MarkedPaper({ data, selected }: NodeProps<MarkedNote>) {
  const { note, mark } = data;
  return (
    <div
      data-mark={mark}
      style={{ width: note.width, height: note.height }}
      className={cn(
        'relative rounded-md border bg-raised p-2.5 text-xs whitespace-pre-wrap text-muted',
        mark && marks[mark].ring,
        selected && 'outline-2 outline-offset-4 outline-accent',
      )}
    >
      <Chip mark={mark} />
      <div className="h-full overflow-hidden">{note.text}</div>
    </div>
  );
}

function MarkedFrame({ data, width = 0, height }: NodeProps<MarkedGroup>) {
  const { name, color, mark, card } = data;
  return (
    <div
      data-tint={color}
      style={{ width, height }}
      className={cn(
        'relative rounded-xl border border-(--edge) bg-(--wash)',
        mark && marks[mark].ring,
      )}
    >
      {card ? <Joint card={card} width={width} /> : null}
      <div className="truncate px-3 pt-2 text-xs font-medium text-muted">
        {name}
        {mark && !card ? (
          <span className="ml-2 text-2xs">({marks[mark].label.toLowerCase()})</span>
        ) : null}
      </div>
    </div>
  );
}

const nodeTypes = { step: MarkedCard, note: MarkedPaper, 'group-frame': MarkedFrame };

'use client';

import { useMemo } from 'react';
import { NodeIcon } from '@/components/icons/node-icon';
import { cn } from '@/components/ui/cn';
import { cardHeight, cardWidth, portMiddle } from '@/lib/canvas/geometry';
import { drawingOf, typeOf } from '@/lib/canvas/node-types';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';

const margin = 24;

type Props = {
  definition: Definition;
  /** Pixels of the window that it may take. */
  width: number;
  height: number;
  /** Cards with names, or their icons alone where there is little room. */
  show?: 'cards' | 'icons';
};

/** A workflow as small as it takes: the same steps and ways as on the canvas, to look at. Decorative. */
export function MiniCanvas({ definition, width, height, show = 'icons' }: Props) {
  const boxes = useMemo(
    () => new Map(definition.nodes.map((node) => [node.id, boxOf(node, show)])),
    [definition, show],
  );
  const frame = useMemo(() => frameOf([...boxes.values()]), [boxes]);
  const scale = Math.min(width / frame.width, height / frame.height, 1);
  return (
    <div aria-hidden className="relative overflow-hidden" style={{ width, height }}>
      <div
        className="absolute top-1/2 left-1/2"
        style={{
          width: frame.width,
          height: frame.height,
          transform: `translate(-50%, -50%) scale(${scale})`,
        }}
      >
        <Ways definition={definition} boxes={boxes} frame={frame} />
        {[...boxes.values()].map((box) => (
          <Tile key={box.node.id} box={box} frame={frame} show={show} />
        ))}
      </div>
    </div>
  );
}

type Show = 'cards' | 'icons';
type Frame = { x: number; y: number; width: number; height: number };
type Box = Frame & { node: WorkflowNode };

/** How far apart icons stand, beside cards. */
const squeeze = { x: 0.38, y: 0.66 };
const tile = 48;

function boxOf(node: WorkflowNode, show: Show): Box {
  const { x, y } = node.position;
  if (show === 'icons') {
    return { node, x: x * squeeze.x, y: y * squeeze.y, width: tile, height: tile };
  }
  return { node, x, y, width: cardWidth, height: cardHeight(drawingOf(node).ports) };
}

function frameOf(boxes: readonly Box[]): Frame {
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return {
    x: left - margin,
    y: top - margin,
    width: right - left + 2 * margin,
    height: bottom - top + 2 * margin,
  };
}

function Tile({ box, frame, show }: { box: Box; frame: Frame; show: Show }) {
  const { node, width, height } = box;
  const type = typeOf(node.type);
  const { ports } = drawingOf(node);
  const named = show === 'cards';
  return (
    <div
      className="absolute rounded-lg border border-border-strong bg-surface"
      style={{ left: box.x - frame.x, top: box.y - frame.y, width, height }}
    >
      <div
        className={cn(
          'flex items-center gap-2.5',
          named ? 'h-[62px] px-3' : 'h-full justify-center',
        )}
      >
        <NodeIcon icon={type?.icon} group={type?.group} />
        {named ? <span className="min-w-0 truncate text-md font-medium">{node.name}</span> : null}
      </div>
      {named && ports.length > 1
        ? ports.map((port, index) => (
            <span
              key={port.id}
              className="absolute right-3 max-w-32 -translate-y-1/2 truncate text-xs text-muted"
              style={{ top: portMiddle(ports, index) }}
            >
              {port.label}
            </span>
          ))
        : null}
    </div>
  );
}

/** Where a way leaves a box, below its top. */
function leaves({ node, height }: Box, port: string): number {
  const { ports } = drawingOf(node);
  if (height === tile) return tile / 2;
  const index = ports.findIndex((one) => one.id === port);
  return portMiddle(ports, Math.max(0, index));
}

type WaysProps = { definition: Definition; boxes: ReadonlyMap<string, Box>; frame: Frame };

function Ways({ definition, boxes, frame }: WaysProps) {
  return (
    <svg className="absolute inset-0 overflow-visible" width={frame.width} height={frame.height}>
      <title>Wires</title>
      {definition.edges.map((edge) => {
        const source = boxes.get(edge.source);
        const target = boxes.get(edge.target);
        if (!source || !target) return null;
        const x1 = source.x - frame.x + source.width;
        const y1 = source.y - frame.y + leaves(source, edge.sourcePort);
        const x2 = target.x - frame.x;
        const y2 = target.y - frame.y + (target.height === tile ? tile / 2 : 32);
        const bend = Math.max(12, (x2 - x1) / 2);
        const path = `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
        return (
          <g key={edge.id} fill="none" strokeLinecap="round">
            <path d={path} className="stroke-border-strong" strokeWidth={2} />
            <path
              d={path}
              pathLength={1}
              strokeWidth={3}
              strokeDasharray="0.16 1"
              className={cn(
                'stroke-accent opacity-0 transition-opacity duration-100',
                'motion-safe:group-hover/preview:animate-[flow_1.4s_linear_infinite] motion-safe:group-hover/preview:opacity-100',
                'motion-safe:group-focus-visible/preview:animate-[flow_1.4s_linear_infinite] motion-safe:group-focus-visible/preview:opacity-100',
              )}
            />
          </g>
        );
      })}
    </svg>
  );
}

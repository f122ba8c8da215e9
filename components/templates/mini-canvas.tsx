'use client';

import { useMemo } from 'react';
import { cardHeight, cardWidth, portMiddle } from '@/components/canvas/geometry';
import { NodeIcon } from '@/components/canvas/node-icon';
import { drawingOf, typeOf } from '@/components/canvas/node-types';
import { cn } from '@/components/ui/cn';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';

const margin = 24;

type Props = {
  definition: Definition;
  /** Pixels of the window that it may take. */
  width: number;
  height: number;
  /** Nothing is drawn larger than on the canvas itself, times this. */
  maxScale?: number;
};

/** A workflow as small as it takes: the same cards, ports and ways as on the canvas, to look at. Decorative. */
export function MiniCanvas({ definition, width, height, maxScale = 0.72 }: Props) {
  const { nodes } = definition;
  const frame = useMemo(() => frameOf(nodes), [nodes]);
  const scale = Math.min(width / frame.width, height / frame.height, maxScale);
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
        <Ways definition={definition} frame={frame} />
        {nodes.map((node) => (
          <Card
            key={node.id}
            node={node}
            left={node.position.x - frame.x}
            top={node.position.y - frame.y}
          />
        ))}
      </div>
    </div>
  );
}

type Frame = { x: number; y: number; width: number; height: number };

function frameOf(nodes: readonly WorkflowNode[]): Frame {
  const left = Math.min(...nodes.map((node) => node.position.x), 0);
  const top = Math.min(...nodes.map((node) => node.position.y), 0);
  const right = Math.max(...nodes.map((node) => node.position.x + cardWidth), cardWidth);
  const bottom = Math.max(
    ...nodes.map((node) => node.position.y + cardHeight(drawingOf(node).ports)),
    64,
  );
  return {
    x: left - margin,
    y: top - margin,
    width: right - left + 2 * margin,
    height: bottom - top + 2 * margin,
  };
}

function Card({ node, left, top }: { node: WorkflowNode; left: number; top: number }) {
  const type = typeOf(node.type);
  const { ports } = drawingOf(node);
  return (
    <div
      className="absolute rounded-lg border border-border-strong bg-surface"
      style={{ left, top, width: cardWidth, height: cardHeight(ports) }}
    >
      <div className="flex h-[62px] items-center gap-2.5 px-3">
        <NodeIcon icon={type?.icon} group={type?.group} />
        <span className="min-w-0 truncate text-md font-medium">{node.name}</span>
      </div>
      {ports.length > 1
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

function Ways({ definition, frame }: { definition: Definition; frame: Frame }) {
  const nodes = new Map(definition.nodes.map((node) => [node.id, node]));
  return (
    <svg className="absolute inset-0 overflow-visible" width={frame.width} height={frame.height}>
      <title>Connections</title>
      {definition.edges.map((edge) => {
        const source = nodes.get(edge.source);
        const target = nodes.get(edge.target);
        if (!source || !target) return null;
        const { ports } = drawingOf(source);
        const port = Math.max(
          0,
          ports.findIndex((one) => one.id === edge.sourcePort),
        );
        const x1 = source.position.x - frame.x + cardWidth;
        const y1 = source.position.y - frame.y + portMiddle(ports, port);
        const x2 = target.position.x - frame.x;
        const y2 = target.position.y - frame.y + 32;
        const bend = Math.max(40, (x2 - x1) / 2);
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

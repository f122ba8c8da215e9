import { type NodeHandle, Position } from '@xyflow/react';
import type { Port } from '@/lib/nodes/define-node';

/**
 * The size of a card follows from its ports alone, so that edges and the minimap are right before a
 * card was ever rendered, and nothing moves while a run fills it in. Pixels of the canvas at zoom 1.
 */
export const grid = 8;
export const cardWidth = 224;
const headHeight = 64;
const portHeight = 24;
const handleSize = 12;

export function cardHeight(ports: readonly Port[]): number {
  return ports.length > 1 ? headHeight + ports.length * portHeight + 8 : headHeight;
}

/** Height above a card's top of the middle of an output, by its place in the list. */
export function portMiddle(ports: readonly Port[], index: number): number {
  return ports.length > 1 ? headHeight + index * portHeight + portHeight / 2 : headHeight / 2;
}

function handle(type: 'source' | 'target', id: string, x: number, y: number): NodeHandle {
  return {
    id,
    type,
    position: type === 'source' ? Position.Right : Position.Left,
    x: x - handleSize / 2,
    y: y - handleSize / 2,
    width: handleSize,
    height: handleSize,
  };
}

/** The handles of a card as React Flow wants them. */
export function cardHandles(accepts: boolean, ports: readonly Port[]): NodeHandle[] {
  const outputs = ports.map((port, index) =>
    handle('source', port.id, cardWidth, portMiddle(ports, index)),
  );
  return accepts ? [handle('target', 'in', 0, headHeight / 2), ...outputs] : outputs;
}

export function snap(value: number): number {
  return Math.round(value / grid) * grid;
}

import { type NodeHandle, Position } from '@xyflow/react';
import { cardWidth, headHeight, portMiddle } from '@/lib/canvas/geometry';
import type { Port } from '@/lib/nodes/node-type/define-node';

const handleSize = 12;

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

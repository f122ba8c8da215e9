import type { Point } from '@/lib/canvas/geometry';
import { type Box, boxAround } from './box';

export type Side = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'horizontal' | 'vertical';
export type Placed = { id: string; box: Box };
type Moves = Map<string, Point>;

/** Moves that put one side, or the middles, of all boxes on one line of the box around them. */
export function align(placed: readonly Placed[], side: Side): Moves {
  const all = boxAround(placed.map(({ box }) => box));
  if (!all) return new Map();
  const position = ({ x, y, width, height }: Box): Point => {
    switch (side) {
      case 'left':
        return { x: all.x, y };
      case 'centre':
        return { x: Math.round(all.x + (all.width - width) / 2), y };
      case 'right':
        return { x: all.x + all.width - width, y };
      case 'top':
        return { x, y: all.y };
      case 'middle':
        return { x, y: Math.round(all.y + (all.height - height) / 2) };
      case 'bottom':
        return { x, y: all.y + all.height - height };
    }
  };
  return moved(placed, position);
}

/** Moves that make the gaps along an axis equal; the first and the last stay. Fewer than three stay as they are. */
export function distribute(placed: readonly Placed[], axis: Axis): Moves {
  if (placed.length < 3) return new Map();
  const start = axis === 'horizontal' ? 'x' : 'y';
  const size = axis === 'horizontal' ? 'width' : 'height';
  const order = placed.toSorted((a, b) => a.box[start] - b.box[start] || (a.id < b.id ? -1 : 1));
  const first = order[0]?.box[start] ?? 0;
  const end = Math.max(...order.map(({ box }) => box[start] + box[size]));
  const used = order.reduce((sum, { box }) => sum + box[size], 0);
  const gap = (end - first - used) / (order.length - 1);
  const positions = new Map<string, number>();
  let at = first;
  for (const { id, box } of order) {
    positions.set(id, Math.round(at));
    at += box[size] + gap;
  }
  return moved(placed, (box, id) => ({ x: box.x, y: box.y, [start]: positions.get(id) ?? 0 }));
}

function moved(placed: readonly Placed[], position: (box: Box, id: string) => Point): Moves {
  const moves: Moves = new Map();
  for (const { id, box } of placed) {
    const { x, y } = position(box, id);
    if (x !== box.x || y !== box.y) moves.set(id, { x, y });
  }
  return moves;
}

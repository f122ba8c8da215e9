import type { Point } from '@/lib/canvas/geometry';
import { cardWidth } from '@/lib/canvas/geometry';

type Box = Point & { height: number; width?: number };
type Size = { width: number; height: number };
type Viewport = Point & { zoom: number };

/** Below this a workflow is not shown whole: its cards would be mere spots. */
export const leastWhole = 0.5;
/** The size at which a workflow begins that is not shown whole. */
export const readable = 0.8;
/** Pixels of the window around the cards: the toolbars stand there. */
const room = 44;

/**
 * Where the view begins: all of the workflow when its cards can be read then, else its beginning, at a size that
 * can be read.
 */
export function firstView(cards: readonly Box[], { width, height }: Size): Viewport {
  if (cards.length === 0) return { x: 0, y: 0, zoom: 1 };
  const left = Math.min(...cards.map((card) => card.x));
  const right = Math.max(...cards.map((card) => card.x + (card.width ?? cardWidth)));
  const top = Math.min(...cards.map((card) => card.y));
  const bottom = Math.max(...cards.map((card) => card.y + card.height));
  const across = (width - 2 * room) / (right - left);
  const down = (height - 2 * room) / (bottom - top);
  const whole = Math.min(1, across, down);
  const zoom = whole >= leastWhole ? whole : readable;
  const first = cards.find((card) => card.x === left);
  return {
    zoom,
    x: across >= zoom ? (width - (right + left) * zoom) / 2 : room - left * zoom,
    y:
      down >= zoom
        ? (height - (bottom + top) * zoom) / 2
        : height / 2 - ((first?.y ?? top) + 32) * zoom,
  };
}

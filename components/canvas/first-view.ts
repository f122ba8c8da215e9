import { cardWidth } from './geometry';
import type { Point } from './local-state';

type Box = Point & { height: number };
type Size = { width: number; height: number };
type Viewport = Point & { zoom: number };

/** Below this a card cannot be read. */
export const leastReadable = 0.6;
/** Pixels of the window around the cards: the toolbars stand there. */
const room = 44;

/**
 * Where the view begins: all of the workflow when its cards can be read then, else its beginning, at a size that
 * can be read.
 */
export function firstView(cards: readonly Box[], { width, height }: Size): Viewport {
  if (cards.length === 0) return { x: 0, y: 0, zoom: 1 };
  const left = Math.min(...cards.map((card) => card.x));
  const right = Math.max(...cards.map((card) => card.x + cardWidth));
  const top = Math.min(...cards.map((card) => card.y));
  const bottom = Math.max(...cards.map((card) => card.y + card.height));
  const across = (width - 2 * room) / (right - left);
  const down = (height - 2 * room) / (bottom - top);
  const zoom = Math.min(1, Math.max(leastReadable, Math.min(across, down)));
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

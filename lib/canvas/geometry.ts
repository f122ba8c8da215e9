import type { Port } from '@/lib/nodes/node-type/define-node';

/** A point of the canvas, or of the window where it says so. */
export type Point = { x: number; y: number };

/**
 * The size of a card follows from its ports alone, so that edges and the minimap are right before a
 * card was ever rendered, and nothing moves while a run fills it in. Pixels of the canvas at zoom 1.
 */
export const grid = 8;
export const cardWidth = 224;
export const headHeight = 64;
const portHeight = 24;

export function cardHeight(ports: readonly Port[]): number {
  return ports.length > 1 ? headHeight + ports.length * portHeight + 8 : headHeight;
}

/** Height above a card's top of the middle of an output, by its place in the list. */
export function portMiddle(ports: readonly Port[], index: number): number {
  return ports.length > 1 ? headHeight + index * portHeight + portHeight / 2 : headHeight / 2;
}

export function snap(value: number): number {
  return Math.round(value / grid) * grid;
}

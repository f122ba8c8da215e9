import type { Definition } from '@/lib/workflows/schema';

type Point = { x: number; y: number };
type Placed = { position: Point };

/** A card with the room around it. */
const card = { width: 272, height: 112, grid: 8 };

/**
 * Where an agent puts a step: behind those that it comes after, or before those that it comes before, at the nearest free
 * place at or below. Nothing that is there is moved.
 */
export function freeSpot(
  { nodes }: Pick<Definition, 'nodes'>,
  after: readonly Placed[],
  before: readonly Placed[],
): Point {
  const wanted = wantedSpot(nodes, after, before);
  const spot = { x: snap(wanted.x), y: snap(wanted.y) };
  const isTaken = () => nodes.some(({ position }) => isNear(position, spot));
  while (isTaken()) spot.y += card.grid;
  return spot;
}

function wantedSpot(
  nodes: readonly Placed[],
  after: readonly Placed[],
  before: readonly Placed[],
): Point {
  const [first] = after;
  const [next] = before;
  if (first && next) {
    // Between them, so that no wire leads far back.
    return { x: (first.position.x + next.position.x) / 2, y: first.position.y };
  }
  if (first) {
    const x = Math.max(...after.map(({ position }) => position.x)) + card.width;
    return { x, y: first.position.y };
  }
  if (next) return { x: next.position.x - card.width, y: next.position.y };
  const bottom = Math.max(0, ...nodes.map(({ position }) => position.y + card.height));
  return { x: Math.min(0, ...nodes.map(({ position }) => position.x)), y: bottom };
}

const isNear = (one: Point, other: Point) =>
  Math.abs(one.x - other.x) < card.width - 24 && Math.abs(one.y - other.y) < card.height - 16;
const snap = (value: number) => Math.round(value / card.grid) * card.grid;

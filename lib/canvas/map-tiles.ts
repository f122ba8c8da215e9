import { type Box, boxAround } from '@/lib/canvas/layout/box';
import { elementOf } from './flow-ids';

type Placed = {
  id: string;
  position: { x: number; y: number };
  width?: number;
  height?: number;
};

export type MapTiles = {
  /** The outlines of all that have a colour, by that colour; what lies below comes first. */
  paths: ReadonlyMap<string, string>;
  box: Box | undefined;
};

const step = 'var(--faint)';
const group = 'color-mix(in srgb, var(--border-strong) 35%, transparent)';
const note = 'color-mix(in srgb, var(--warning) 30%, transparent)';
/** Room around the map's content, as a share of it. */
const room = 0.05;

/** What the map shows of the canvas; `colourOf` gives the colour of a step that is not an ordinary one. */
export function tilesOf(
  nodes: readonly Placed[],
  colourOf: (nodeId: string) => string | undefined,
): MapTiles {
  const paths = new Map<string, string>();
  const boxes: Box[] = [];
  for (const { id, position, width = 0, height = 0 } of nodes) {
    const [x, y] = [Math.round(position.x), Math.round(position.y)];
    const { kind } = elementOf(id);
    const fill = kind === 'group' ? group : kind === 'note' ? note : (colourOf(id) ?? step);
    paths.set(fill, `${paths.get(fill) ?? ''}M${x} ${y}h${width}v${height}h${-width}z`);
    boxes.push({ x, y, width, height });
  }
  return { paths, box: boxAround(boxes) };
}

export function sameTiles(a: MapTiles, b: MapTiles): boolean {
  return (
    a.paths.size === b.paths.size && [...a.paths].every(([fill, d]) => b.paths.get(fill) === d)
  );
}

/** The part of the canvas on the map: all tiles and what is seen, in the map's own proportions. */
export function boundsOfMap(
  tiles: Box | undefined,
  view: Box,
  size: { width: number; height: number },
): Box {
  const all = boxAround(tiles ? [tiles, view] : [view]) ?? view;
  const scale = Math.max(all.width / size.width, all.height / size.height) * (1 + 2 * room) || 1;
  const [width, height] = [size.width * scale, size.height * scale];
  return {
    x: all.x + (all.width - width) / 2,
    y: all.y + (all.height - height) / 2,
    width,
    height,
  };
}

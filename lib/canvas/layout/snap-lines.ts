import type { Box } from './box';

/** A line that an edge or a middle of a standing card lies on, and how far that card reaches along it. */
type Line = { at: number; from: number; to: number };
/** Lines in the order of their position: `across` are vertical, `along` horizontal. */
export type SnapLines = { across: readonly Line[]; along: readonly Line[] };
/** A hairline to draw, in canvas pixels. */
export type Guide = { vertical: boolean; at: number; from: number; to: number };

/** What can be aligned with: edges and middles of all that stands still. Once per drag. */
export function snapLines(boxes: Iterable<Box>): SnapLines {
  const across: Line[] = [];
  const along: Line[] = [];
  for (const { x, y, width, height } of boxes) {
    for (const at of [x, x + width / 2, x + width]) across.push({ at, from: y, to: y + height });
    for (const at of [y, y + height / 2, y + height]) along.push({ at, from: x, to: x + width });
  }
  const byPlace = (a: Line, b: Line) => a.at - b.at;
  return { across: across.sort(byPlace), along: along.sort(byPlace) };
}

/**
 * How far to shift a moving box so that it aligns with what stands within `maxDistance` of it, and the hairlines that show
 * where it does. Logarithmic in the lines.
 */
export function snapTo(
  moving: Box,
  lines: SnapLines,
  maxDistance: number,
): { dx: number; dy: number; guides: Guide[] } {
  const { x, y, width, height } = moving;
  const dx = shift(lines.across, [x, x + width / 2, x + width], maxDistance);
  const dy = shift(lines.along, [y, y + height / 2, y + height], maxDistance);
  const guides: Guide[] = [];
  const span = (vertical: boolean) =>
    vertical ? [y + dy, y + dy + height] : [x + dx, x + dx + width];
  const add = (vertical: boolean, marks: readonly number[], found: readonly Line[]) => {
    for (const at of marks) {
      const on = linesAt(found, at);
      if (on.length === 0) continue;
      const [start = 0, end = 0] = span(vertical);
      const from = Math.min(start, ...on.map((line) => line.from));
      const to = Math.max(end, ...on.map((line) => line.to));
      guides.push({ vertical, at, from, to });
    }
  };
  add(true, [x + dx, x + dx + width / 2, x + dx + width], lines.across);
  add(false, [y + dy, y + dy + height / 2, y + dy + height], lines.along);
  return { dx, dy, guides };
}

/** Index of the first line at or after a position. */
function firstFrom(lines: readonly Line[], at: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The least move that puts one of the marks on a line; 0 when none is near. */
function shift(lines: readonly Line[], marks: readonly number[], maxDistance: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const mark of marks) {
    const next = firstFrom(lines, mark);
    for (const line of [lines[next - 1], lines[next]]) {
      const distance = line ? Math.abs(line.at - mark) : maxDistance + 1;
      if (!line || distance > maxDistance || distance >= least) continue;
      best = line.at - mark;
      least = distance;
    }
  }
  return best;
}

function linesAt(lines: readonly Line[], at: number): Line[] {
  const found: Line[] = [];
  for (let i = firstFrom(lines, at - 0.01); i < lines.length; i += 1) {
    const line = lines[i];
    if (!line || line.at > at + 0.01) break;
    found.push(line);
  }
  return found;
}

/** A box to be placed: its corner is set. */
export type Box = { id: string; width: number; height: number };
type Edge = readonly [from: string, to: string];

const gaps = { column: 48, row: 40 } as const;

/** For each box how many stand before it on the longest way. Boxes of a circle count as far as the way leads. */
export function ranksOf(ids: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const after = new Map<string, string[]>(ids.map((id) => [id, []]));
  const open = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const [from, to] of edges) {
    after.get(from)?.push(to);
    open.set(to, (open.get(to) ?? 0) + 1);
  }
  const ranks = new Map<string, number>(ids.map((id) => [id, 0]));
  const next = ids.filter((id) => open.get(id) === 0);
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    for (const to of after.get(id) ?? []) {
      ranks.set(to, Math.max(ranks.get(to) ?? 0, (ranks.get(id) ?? 0) + 1));
      const left = (open.get(to) ?? 0) - 1;
      open.set(to, left);
      if (left === 0) next.push(to);
    }
  }
  return ranks;
}

/** Centres of boxes in columns by their rank, each column from the top down. Takes linear time. */
export function inColumns(
  boxes: readonly Box[],
  ranks: ReadonlyMap<string, number>,
): Map<string, { x: number; y: number }> {
  const columns: Box[][] = [];
  for (const box of boxes) {
    const rank = ranks.get(box.id) ?? 0;
    const column = columns[rank] ?? [];
    column.push(box);
    columns[rank] = column;
  }
  const places = new Map<string, { x: number; y: number }>();
  let left = 0;
  for (const column of columns) {
    if (!column) continue;
    let top = 0;
    let widest = 0;
    for (const { id, width, height } of column) {
      places.set(id, { x: left + width / 2, y: top + height / 2 });
      top += height + gaps.row;
      widest = Math.max(widest, width);
    }
    left += widest + gaps.column;
  }
  return places;
}

import type { ListedEntry } from '@/lib/memory/schema';

export type TreeRow =
  | { kind: 'folder'; path: string; name: string; depth: number; entries: number }
  | { kind: 'entry'; path: string; name: string; depth: number; entry: ListedEntry };

/** Entries, given by path, as lines of a tree; what lies in a closed folder has none. */
export function treeRows(entries: readonly ListedEntry[], closed: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  walk(entries, '', 0, closed, rows);
  return rows;
}

function walk(
  entries: readonly ListedEntry[],
  above: string,
  depth: number,
  closed: ReadonlySet<string>,
  rows: TreeRow[],
): void {
  const start = above === '' ? 0 : above.length + 1;
  const groups = Map.groupBy(entries, ({ path }) => path.slice(start).split('/')[0] ?? '');
  for (const [name, group] of groups) {
    const path = above === '' ? name : `${above}/${name}`;
    const own = group.find((entry) => entry.path === path);
    if (own !== undefined) rows.push({ kind: 'entry', path, name, depth, entry: own });
    const below = group.filter((entry) => entry.path !== path);
    if (below.length === 0) continue;
    rows.push({ kind: 'folder', path, name, depth, entries: below.length });
    if (!closed.has(path)) walk(below, path, depth + 1, closed, rows);
  }
}

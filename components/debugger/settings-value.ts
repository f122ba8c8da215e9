import type { FieldPath } from '@/components/form/host';

export type Settings = Readonly<Record<string, unknown>>;
type Row = { id?: unknown };

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Settings with the value at a path replaced, or taken away where it is undefined. Rows are named by id or by place. */
export function withValue(settings: Settings, path: FieldPath, value: unknown): Settings {
  return put(settings, path, value) as Settings;
}

function put(at: unknown, [part, ...rest]: FieldPath, value: unknown): unknown {
  if (part === undefined) return value;
  if (Array.isArray(at)) {
    const index = typeof part === 'number' ? part : at.findIndex((row: Row) => row?.id === part);
    return at.map((row, place) => (place === index ? put(row, rest, value) : row));
  }
  const tree = isTree(at) ? (at as Record<string, unknown>) : {};
  const next = put(tree[part], rest, value);
  if (next !== undefined) return { ...tree, [part]: next };
  return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== String(part)));
}

const rowsOf = (settings: Settings, field: string): Row[] => {
  const rows = settings[field];
  return Array.isArray(rows) ? (rows as Row[]) : [];
};

/** Settings with a row more. */
export const withRow = (settings: Settings, field: string, row: Row): Settings => ({
  ...settings,
  [field]: [...rowsOf(settings, field), row],
});

/** Settings without a row. */
export const withoutRow = (settings: Settings, field: string, rowId: string): Settings => ({
  ...settings,
  [field]: rowsOf(settings, field).filter((row) => row.id !== rowId),
});

/** Settings with a row moved by places. */
export function withMovedRow(
  settings: Settings,
  field: string,
  rowId: string,
  by: number,
): Settings {
  const rows = [...rowsOf(settings, field)];
  const from = rows.findIndex((row) => row.id === rowId);
  const [row] = from < 0 ? [] : rows.splice(from, 1);
  if (row) rows.splice(Math.max(0, Math.min(rows.length, from + by)), 0, row);
  return { ...settings, [field]: rows };
}

/** The settings that differ from what they were, by name: what a release or a fork sends. */
export function changedSettings(before: Settings, after: Settings): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}

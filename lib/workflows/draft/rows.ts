import * as Y from 'yjs';

type Row = Record<string, unknown>;
/** Makes a row's map hold what a row says. */
export type WriteRow = (map: Y.Map<unknown>, row: Row) => void;

const isRow = (row: unknown): row is Row =>
  typeof row === 'object' && row !== null && !Array.isArray(row);

/** Where a row keeps its place in its list, once somebody moved one: rows themselves never move in a `Y.Array`. */
export const rowOrder = 'order';

/** A row's place: the number that a move gave it, else where it stands in the array. */
function placeOf(item: unknown, index: number): number {
  const order = item instanceof Y.Map ? item.get(rowOrder) : undefined;
  return typeof order === 'number' && Number.isFinite(order) ? order : index;
}

/** The rows of a list as people see them. */
export function rowsInOrder(array: Y.Array<unknown>): unknown[] {
  const rows = array.toArray();
  if (!rows.some((row) => row instanceof Y.Map && row.has(rowOrder))) return rows;
  return rows
    .map((row, index) => ({ row, index, at: placeOf(row, index) }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ row }) => row);
}

/** Index of a row in its array by its id. */
export function rowIndex(array: Y.Array<unknown>, id: string): number {
  return array.toArray().findIndex((item) => item instanceof Y.Map && item.get('id') === id);
}

/** Puts a row into a list of rows, at a place as people see it. Call inside a transaction. */
export function insertRow(
  array: Y.Array<unknown>,
  index: number,
  row: unknown,
  write: WriteRow,
): void {
  const rows = rowsInOrder(array);
  const ordered = rows.some((each) => each instanceof Y.Map && each.has(rowOrder));
  const before = rows[index];
  const at = before === undefined ? array.length : array.toArray().indexOf(before);
  if (!isRow(row)) {
    array.insert(at, [row]);
    return;
  }
  const item = new Y.Map<unknown>();
  array.insert(at, [item]);
  write(item, row);
  if (ordered) item.set(rowOrder, between(array, rows[index - 1], before));
}

/** A place between two rows; beyond the first or the last one where there is no neighbour. */
function between(array: Y.Array<unknown>, left: unknown, right: unknown): number {
  const items = array.toArray();
  const place = (row: unknown) => placeOf(row, items.indexOf(row));
  if (left === undefined) return right === undefined ? 0 : place(right) - 1;
  return right === undefined ? place(left) + 1 : (place(left) + place(right)) / 2;
}

/** Moves a row by places as people see them; the row itself stays, with the carets in it. Call inside a transaction. */
export function moveRowBy(array: Y.Array<unknown>, id: string, by: number): void {
  const rows = rowsInOrder(array);
  const from = rows.findIndex((row) => row instanceof Y.Map && row.get('id') === id);
  const row = rows[from];
  const to = Math.max(0, Math.min(rows.length - 1, from + by));
  if (!(row instanceof Y.Map) || to === from) return;
  keepPlaces(rows);
  const others = rows.filter((each) => each !== row);
  row.set(rowOrder, between(array, others[to - 1], others[to]));
}

/** Gives every row the place that it has: another that goes or comes does not move it then. */
function keepPlaces(rows: readonly unknown[]): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, row] of rows.entries()) {
    if (!(row instanceof Y.Map)) continue;
    const order = row.get(rowOrder);
    const place = typeof order === 'number' && order > last ? order : Math.max(index, last + 1);
    if (order !== place) row.set(rowOrder, place);
    last = place;
  }
}

const rowId = (row: unknown): string | undefined =>
  isRow(row) && typeof row.id === 'string' ? row.id : undefined;
const idOf = (item: unknown): string | undefined => {
  const id = item instanceof Y.Map ? item.get('id') : undefined;
  return typeof id === 'string' ? id : undefined;
};

/** Makes a list hold these rows by the least edits: a row that stays is edited in place, wherever it goes. */
export function writeRows(
  array: Y.Array<unknown>,
  rows: readonly unknown[],
  write: WriteRow,
): void {
  const ids = rows.map(rowId);
  if (ids.includes(undefined) || new Set(ids).size < ids.length) {
    writeByIndex(array, rows, write);
    return;
  }
  const wanted = new Set(ids);
  for (let i = array.length - 1; i >= 0; i -= 1) {
    const id = idOf(array.get(i));
    if (id === undefined || !wanted.has(id) || rowIndex(array, id) < i) array.delete(i);
  }
  rows.forEach((row, index) => {
    const at = rowIndex(array, rowId(row) ?? '');
    const here: unknown = at < 0 ? undefined : array.get(at);
    if (here instanceof Y.Map && isRow(row)) write(here, row);
    else insertRow(array, index, row, write);
  });
  ids.forEach((id, index) => {
    const now = rowsInOrder(array).findIndex((row) => idOf(row) === id);
    if (id !== undefined && now !== index) moveRowBy(array, id, index - now);
  });
}

/** Rows that no id tells apart are what stands at their place. */
function writeByIndex(array: Y.Array<unknown>, rows: readonly unknown[], write: WriteRow): void {
  rows.forEach((row, i) => {
    const here: unknown = array.length > i ? array.get(i) : undefined;
    if (isRow(row) && here instanceof Y.Map && idOf(here) === rowId(row)) {
      here.delete(rowOrder);
      write(here, row);
    } else {
      if (i < array.length) array.delete(i);
      insertRow(array, i, row, write);
    }
  });
  if (array.length > rows.length) array.delete(rows.length, array.length - rows.length);
}

/** What stands at a place in a list as people see it, for those who know a row by its place. */
export function rowAt(array: Y.Array<unknown>, row: number | string): unknown {
  return typeof row === 'number' ? rowsInOrder(array)[row] : array.get(rowIndex(array, row));
}

import { readJson } from '@/lib/api/json/read-json';
import { isoOf, millisecondsOf } from '@/lib/runs/values/iso';
import { isRecord } from '@/lib/values/unknown';
import type { Cell, Cells, Column, ColumnType } from './schema';

type ReadCell = { ok: true; cell: Cell } | { ok: false; problem: string };

/**
 * A value as a column of this type keeps it. Texts of forms and files are read: `12.5` as a number, `yes` as true, an ISO date
 * as a date. An empty text is nothing, except where the column holds texts.
 */
export function readCell(type: ColumnType, value: unknown): ReadCell {
  if (value === null || value === undefined) return { ok: true, cell: null };
  if (typeof value === 'string' && value.trim() === '' && type !== 'text') {
    return { ok: true, cell: null };
  }
  return readers[type](value);
}

const readers: Readonly<Record<ColumnType, (value: unknown) => ReadCell>> = {
  text(value) {
    if (typeof value === 'string') return { ok: true, cell: value };
    return { ok: true, cell: isScalar(value) ? String(value) : JSON.stringify(value) };
  },
  number(value) {
    const number =
      typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string'
        ? Number(value)
        : Number.NaN;
    if (Number.isFinite(number)) return { ok: true, cell: number };
    return wrong(value, 'is no number');
  },
  boolean(value) {
    if (typeof value === 'boolean') return { ok: true, cell: value };
    const word = String(value).trim().toLowerCase();
    if (['true', 'yes', '1'].includes(word)) return { ok: true, cell: true };
    if (['false', 'no', '0'].includes(word)) return { ok: true, cell: false };
    return wrong(value, 'is neither true nor false');
  },
  date(value) {
    const text = String(value).trim();
    if (/^\d{4}-\d{2}-\d{2}$/.test(text) && millisecondsOf(`${text}T00:00Z`) !== undefined) {
      return { ok: true, cell: text };
    }
    const moment = text.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T');
    const at = millisecondsOf(/(?:Z|[+-]\d{2}:\d{2})$/i.test(moment) ? moment : `${moment}Z`);
    if (at !== undefined) return { ok: true, cell: isoOf(at) };
    return wrong(value, 'is no date such as 2026-11-30 or 2026-11-30T09:00:00Z');
  },
  json(value) {
    if (typeof value !== 'string') return { ok: true, cell: plain(value) };
    const read = readJson(value);
    return { ok: true, cell: read.ok ? plain(read.value) : value };
  },
};

const isScalar = (value: unknown) => ['number', 'bigint', 'boolean'].includes(typeof value);

function plain(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function wrong(value: unknown, what: string): ReadCell {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return { ok: false, problem: `"${text.slice(0, 60)}" ${what}` };
}

type ReadCells = { ok: true; cells: Cells } | { ok: false; problem: string };

/** Values by name as cells. `extra`: whether a name that is no column is wrong, or left out. */
export function readCells(
  columns: readonly Column[],
  values: Readonly<Record<string, unknown>>,
  extra: 'fail' | 'ignore' = 'fail',
): ReadCells {
  const cells: Cells = {};
  for (const [name, value] of Object.entries(values)) {
    const column = columnNamed(columns, name);
    if (column === undefined) {
      if (extra === 'ignore') continue;
      return { ok: false, problem: `There is no column "${name.slice(0, 60)}".` };
    }
    const read = readCell(column.type, value);
    if (!read.ok) return { ok: false, problem: `Column "${column.name}": ${read.problem}.` };
    cells[column.id] = read.cell;
  }
  return { ok: true, cells };
}

/** The column that a name means: the one called so, else the one that differs in case or blanks alone. */
export const columnNamed = <Named extends { name: string }>(
  columns: readonly Named[],
  name: string,
): Named | undefined =>
  columns.find((known) => known.name === name) ??
  columns.find((known) => known.name.toLowerCase() === name.trim().toLowerCase());

/** Cells by the names of their columns, in the order of the columns; what is not there is null. */
export function namedCells(columns: readonly Column[], cells: Cells): Record<string, Cell> {
  return Object.fromEntries(columns.map(({ id, name }) => [name, cells[id] ?? null]));
}

/** The type that fits all texts of a column of a file. */
export function guessType(values: readonly unknown[]): ColumnType {
  const given = values.filter((value) => value !== null && value !== undefined && value !== '');
  if (given.length === 0) return 'text';
  const order: ColumnType[] = ['number', 'boolean', 'date'];
  const fits = (type: ColumnType) =>
    given.every((value) => {
      if (type === 'number' && typeof value === 'string' && !/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value))
        return false;
      if (type === 'boolean' && !/^(true|false|yes|no)$/i.test(String(value))) return false;
      return readCell(type, value).ok;
    });
  return order.find(fits) ?? 'text';
}

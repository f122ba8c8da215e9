import { isRecord } from './unknown';

export type ColumnKind =
  | 'number'
  | 'text'
  | 'date'
  | 'true/false'
  | 'list'
  | 'object'
  | 'mixed'
  | 'empty';
export type Column = { name: string; kind: ColumnKind };
export type Records = {
  /** The field of the value that holds the rows; absent where it is the rows itself. */
  field?: string;
  rows: readonly Record<string, unknown>[];
  columns: readonly Column[];
};

/** Rows that are looked at to say what columns there are. */
const maxLooked = 1_000;
const maxColumns = 200;

/** The rows of a value that a table can show: a list of objects, or the first such list in its fields. */
export function recordsIn(value: unknown): Records | undefined {
  if (Array.isArray(value)) return recordsOf(value);
  if (!isRecord(value)) return undefined;
  const names = Object.keys(value).sort((a, b) => Number(b === 'rows') - Number(a === 'rows'));
  for (const field of names) {
    const list = value[field];
    const found = Array.isArray(list) ? recordsOf(list) : undefined;
    if (found) return { field, ...found };
  }
  return undefined;
}

function recordsOf(list: readonly unknown[]): Records | undefined {
  if (list.length === 0 || !list.every(isRecord)) return undefined;
  const kinds = new Map<string, ColumnKind>();
  for (const row of list.slice(0, maxLooked)) {
    for (const [name, value] of Object.entries(row)) {
      const [before, kind] = [kinds.get(name) ?? 'empty', kindOf(value)];
      if (kind === 'empty' || before === 'empty')
        kinds.set(name, before === 'empty' ? kind : before);
      else if (before !== kind) kinds.set(name, isText(before) && isText(kind) ? 'text' : 'mixed');
    }
    if (kinds.size > maxColumns) return undefined;
  }
  if (kinds.size === 0) return undefined;
  return { rows: list, columns: [...kinds].map(([name, kind]) => ({ name, kind })) };
}

const isText = (kind: ColumnKind) => kind === 'text' || kind === 'date';

function kindOf(value: unknown): ColumnKind {
  if (value === null || value === undefined || value === '') return 'empty';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'true/false';
    case 'string':
      return /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)/.test(value) ? 'date' : 'text';
    default:
      return 'object';
  }
}

/** A cell as people read it. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value);
}

/** Indexes of the rows in which a cell holds a text, whatever its case. */
export function searchRecords({ rows, columns }: Records, search: string): number[] {
  const wanted = search.trim().toLowerCase();
  const found: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (
      wanted === '' ||
      columns.some(({ name }) => cellText(row[name]).toLowerCase().includes(wanted))
    )
      found.push(index);
  }
  return found;
}

import { type Budget, spend } from '@/lib/expressions/values/budget';
import { ExpressionError } from '@/lib/expressions/values/expression-error';
import { type Entries, isEntries, kindOf, shortName } from '@/lib/expressions/values/values';
import { maxRows } from './limits';

/** A row of a table by the names of its fields. */
export type Row = Entries;

/** A list, or the list in the output of a step that gives `rows`. */
export function listIn(value: unknown, title = 'Rows'): unknown[] {
  const list = isEntries(value) && Array.isArray(value.rows) ? value.rows : value;
  if (!Array.isArray(list)) {
    throw new ExpressionError(`“${title}” must be a list of rows, but it is ${kindOf(value)}.`);
  }
  return boundedRows(list);
}

/** The same where each row must have fields. */
export function rowsIn(value: unknown, budget: Budget, title = 'Rows'): Row[] {
  const list = listIn(value, title);
  spend(budget, list.length);
  return list.map((row, index) => {
    if (isEntries(row)) return row;
    throw rowError(index, `it is ${kindOf(row)}, but a row needs fields.`);
  });
}

/** Refuses more rows than a step may give. */
export function boundedRows<T>(rows: T[]): T[] {
  if (rows.length > maxRows) throw tooManyRows();
  return rows;
}

export function tooManyRows(): ExpressionError {
  return new ExpressionError(`This makes more than ${maxRows} rows.`, undefined, true);
}

/** What is wrong about a row; people count them from 1. */
export function rowError(index: number, message: string, fatal = false): ExpressionError {
  return new ExpressionError(`Row ${index + 1}: ${message}`, undefined, fatal);
}

/**
 * A field of a row, or null where it is missing. A name with dots also means a field inside another one; a field of
 * the whole name comes first. Without a name it is the row itself, for lists of plain values.
 */
export function fieldIn(row: unknown, name: string): unknown {
  if (name === '') return row ?? null;
  if (!isEntries(row)) return null;
  if (Object.hasOwn(row, name)) return row[name] ?? null;
  if (!name.includes('.')) return null;
  let inner: unknown = row;
  for (const part of name.split('.')) {
    if (!isEntries(inner) || !Object.hasOwn(inner, part)) return null;
    inner = inner[part];
  }
  return inner ?? null;
}

/** Values of a field, row by row. Throws where no row has it: most likely its name is mistyped. */
export function columnIn(rows: readonly unknown[], name: string, budget: Budget): unknown[] {
  spend(budget, 2 * rows.length);
  requireField(rows, name, budget);
  return rows.map((row) => fieldIn(row, name));
}

/** Throws where there are rows and none has the field. */
export function requireField(rows: readonly unknown[], name: string, budget: Budget): void {
  if (rows.length === 0 || name === '' || rows.some((row) => hasField(row, name))) return;
  const columns = columnsOf(rows, budget);
  const shown = columns.slice(0, 12).map((column) => `“${shortName(column)}”`);
  const more = columns.length > shown.length ? ', …' : '';
  const known = shown.length > 0 ? ` There are: ${shown.join(', ')}${more}.` : '';
  throw new ExpressionError(`No row has a field “${shortName(name)}”.${known}`);
}

function hasField(row: unknown, name: string): boolean {
  if (!isEntries(row)) return false;
  return Object.hasOwn(row, name) || (name.includes('.') && fieldIn(row, name) !== null);
}

/** Names of all fields, in the order in which they first occur. */
export function columnsOf(rows: readonly unknown[], budget: Budget): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    if (!isEntries(row)) continue;
    const own = Object.keys(row);
    spend(budget, 1 + own.length);
    for (const name of own) names.add(name);
  }
  return [...names];
}

/** Nothing to compare or count: missing, null, or a text without a visible character. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && isSpace(value));
}

function isSpace(text: string): boolean {
  return text === '' || (text.length < 1_000 && text.trim() === '');
}

/** A value as sentences show it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `“${shortName(value)}”`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return kindOf(value);
}

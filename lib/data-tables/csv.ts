import { parseCsv } from '@/lib/files/parse-csv';
import { guessType } from './cells';
import { type Cell, type ColumnType, maxColumns, maxTableRows } from './schema';

export type ImportedTable = {
  columns: { name: string; type: ColumnType }[];
  rows: Record<string, Cell>[];
};

/** Rows of a CSV text with the types that fit its columns. `problem`: why it is none that a table can hold. */
export function tableOfCsv(text: string): ImportedTable | { problem: string } {
  const read = parseCsv(text, { numbers: 'text' });
  if (!read.ok) return { problem: read.problem };
  const { columns: names, rows } = read.content;
  if (names.length > maxColumns) return { problem: `It has more than ${maxColumns} columns.` };
  if (rows.length > maxTableRows) return { problem: `It has more than ${maxTableRows} rows.` };
  const columns = names.map((name) => ({
    name: name.trim().slice(0, 60) || 'Column',
    type: guessType(rows.map((row) => row[name])),
  }));
  return {
    columns,
    rows: rows.map((row) =>
      Object.fromEntries(
        names.map((name, index) => [columns[index]?.name ?? name, row[name] ?? null]),
      ),
    ),
  };
}

/** Rows as CSV. Texts that a spreadsheet would run as a formula get an apostrophe in front. */
export function csvOf(
  names: readonly string[],
  rows: readonly Readonly<Record<string, Cell>>[],
): string {
  const lines = [[...names], ...rows.map((row) => names.map((name) => textOf(row[name])))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

function quoted(cell: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(cell) && !/^-?[\d.]+$/.test(cell);
  const text = isFormula ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import { type Cell, columnValues, type NumberStyle } from './cell-values';
import {
  type DelimiterName,
  declaredDelimiter,
  delimiters,
  guessDelimiter,
} from './guess-delimiter';
import { type Record as CsvRecord, readRecord } from './read-record';
import { problemAt } from './text-place';

export type Row = Record<string, Cell>;
export type Table = { columns: string[]; rows: Row[]; rowCount: number };
export type TableSettings = {
  delimiter?: DelimiterName | 'auto';
  /** The row that names the columns, counted from 1 as a spreadsheet does; 0 where there is none. */
  headingRow?: number;
  numbers?: NumberStyle;
  /** Stops behind so many rows: for a preview. */
  most?: number;
};
export type ReadTable =
  | { ok: true; content: Table; delimiter: string }
  | { ok: false; problem: string };

export const tableLimits = { rows: 50_000, columns: 500, cells: 500_000 } as const;

/**
 * Reads a delimited text (CSV, TSV) into rows. Empty rows are left out, so is an empty cell too many at a row's end;
 * a missing one is null. Whatever cannot be read as it stands is refused with line, column and reason.
 */
export function parseCsv(text: string, settings: TableSettings = {}): ReadTable {
  const page = /^\s*<(?:!doctype|html|head|body|table|meta|style|div|\?xml)\b/i.exec(text);
  if (page) {
    return refused(
      text,
      page[0].indexOf('<'),
      'a web page or XML, which some programs save under the name of a table. Open it in Excel and save it as "CSV UTF-8".',
    );
  }
  const declared = declaredDelimiter(text);
  const { delimiter: wanted = 'auto', headingRow = 1 } = settings;
  const start = declared?.next ?? 0;
  const delimiter =
    wanted === 'auto'
      ? (declared?.delimiter ?? guessDelimiter(text, lineStart(text, start, headingRow)))
      : delimiters[wanted];
  const read = readRows(text, start, delimiter, settings);
  if ('problem' in read) return { ok: false, problem: read.problem };
  const content = tableFrom(read.columns, read.lines, settings.numbers ?? 'plain', delimiter);
  return { ok: true, content, delimiter };
}

function tableFrom(
  columns: string[],
  lines: readonly string[][],
  numbers: NumberStyle,
  delimiter: string,
): Table {
  const values = columns.map((_, index) =>
    columnValues(
      lines.map((cells) => cells[index] ?? ''),
      numbers,
      delimiter,
    ),
  );
  const rows = lines.map((_, row) =>
    Object.fromEntries(columns.map((name, index) => [name, values[index]?.[row] ?? null])),
  );
  return { columns, rows, rowCount: rows.length };
}

/** A table of cells that came from elsewhere than a delimited text, within the same limits. */
export function tableOfCells(
  heading: readonly string[],
  lines: readonly string[][],
  numbers: NumberStyle,
): Table | { problem: string } {
  const widest = lines.reduce((most, cells) => Math.max(most, cells.length), 0);
  if (Math.max(heading.length, widest) > tableLimits.columns) return { problem: tooWide };
  if (lines.length > tableLimits.rows || lines.length * widest > tableLimits.cells)
    return { problem: tooLong };
  const filled = lines.filter((cells) => !isBlank(cells));
  return tableFrom(columnNames(heading, widest), filled, numbers, ',');
}

function refused(text: string, at: number, message: string): { ok: false; problem: string } {
  return { ok: false, problem: problemAt(text, at, message) };
}

/** Where the physical line begins that the heading row most likely is: enough to guess a delimiter by. */
function lineStart(text: string, from: number, headingRow: number): number {
  let at = from;
  for (let row = 1; row < headingRow && at < text.length; row += 1) {
    const next = /\r\n|\n|\r/g;
    next.lastIndex = at;
    const found = next.exec(text);
    if (!found) break;
    at = found.index + found[0].length;
  }
  return at;
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');

function readRows(
  text: string,
  start: number,
  delimiter: string,
  { headingRow = 1, most }: TableSettings,
): { columns: string[]; lines: string[][] } | { problem: string } {
  let heading: CsvRecord | undefined;
  const lines: string[][] = [];
  let widest = 0;
  for (let at = start, row = 1; at < text.length && lines.length !== most; row += 1) {
    const record = readRecord(text, at, delimiter);
    if ('problem' in record) return { problem: problemAt(text, record.at, record.problem) };
    at = record.next;
    if (row < headingRow || isBlank(record.cells)) continue;
    if (headingRow > 0 && heading === undefined) {
      heading = record;
      if (record.cells.length > tableLimits.columns) return { problem: tooWide };
      continue;
    }
    const surplus = heading ? record.cells.findIndex(isSurplus(heading.cells.length)) : -1;
    if (heading && surplus >= 0) {
      return { problem: problemAt(text, record.starts[surplus] ?? at, surplusIn(heading, record)) };
    }
    lines.push(record.cells);
    widest = Math.max(widest, record.cells.findLastIndex((cell) => cell.trim() !== '') + 1);
    if (widest > tableLimits.columns) return { problem: tooWide };
    if (lines.length > tableLimits.rows || lines.length * widest > tableLimits.cells)
      return { problem: tooLong };
  }
  if (heading === undefined && lines.length === 0) {
    const rows = headingRow > 1 ? `The file has no row ${headingRow}.` : 'The file is empty.';
    return { problem: rows };
  }
  return { columns: columnNames(heading?.cells ?? [], widest), lines };
}

const tooWide = `It has more than ${tableLimits.columns} columns.`;
const tooLong = `It has more than ${tableLimits.rows} rows or ${tableLimits.cells} cells.`;

const isSurplus = (columns: number) => (cell: string, index: number) =>
  index >= columns && cell.trim() !== '';

function surplusIn({ cells }: CsvRecord, record: CsvRecord): string {
  const names = `${cells.length} ${cells.length === 1 ? 'column' : 'columns'}`;
  return `this row has ${record.cells.length} cells, but the header row has ${names}. If the names are in another row, set the header row; if the cells are separated differently, set the delimiter.`;
}

/** Names of the columns: those that nobody named count themselves, unless they are empty and last. */
export function columnNames(heading: readonly string[], widest: number): string[] {
  const named = heading.findLastIndex((name) => name.trim() !== '') + 1;
  const names = new Set<string>();
  for (let index = 0; index < Math.max(named, widest); index += 1) {
    const plain = heading[index]?.trim() || `column_${index + 1}`;
    const base = ['__proto__', 'constructor', 'prototype'].includes(plain) ? `${plain}_` : plain;
    let name = base;
    for (let count = 2; names.has(name); count++) name = `${base}_${count}`;
    names.add(name);
  }
  return [...names];
}

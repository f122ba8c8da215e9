import Papa from 'papaparse';
import { parseNumber } from '@/lib/expressions/numbers';

export type Cell = string | number | null;
export type Row = Record<string, Cell>;
export type Table = { columns: string[]; rows: Row[]; rowCount: number };

export const tableLimits = { rows: 50_000, columns: 500, cells: 500_000 } as const;

/**
 * Reads a CSV text (comma, semicolon or tab) whose first line names the columns. Numbers become numbers, empty
 * cells null; codes such as `007` stay text. Blank lines are left out.
 */
export function parseCsv(
  text: string,
): { ok: true; content: Table } | { ok: false; problem: string } {
  const read = Papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    preview: tableLimits.rows + 2,
  });
  const quotes = read.errors.find((error) => error.type === 'Quotes');
  if (quotes)
    return { ok: false, problem: `A quoted cell is not closed (row ${(quotes.row ?? 0) + 1}).` };
  const [heading, ...lines] = read.data;
  if (!heading) return { ok: false, problem: 'The file is empty.' };
  if (heading.length > tableLimits.columns) {
    return { ok: false, problem: `It has more than ${tableLimits.columns} columns.` };
  }
  if (lines.length > tableLimits.rows || lines.length * heading.length > tableLimits.cells) {
    return {
      ok: false,
      problem: `It has more than ${tableLimits.rows} rows or ${tableLimits.cells} cells.`,
    };
  }
  const columns = columnNames(heading);
  const long = lines.findIndex((cells) => cells.length > columns.length);
  if (long >= 0)
    return {
      ok: false,
      problem: `Row ${long + 2} has more cells than the first line has columns.`,
    };
  const rows = lines.map((cells) =>
    Object.fromEntries(columns.map((name, index) => [name, cellOf(cells[index])])),
  );
  return { ok: true, content: { columns, rows, rowCount: rows.length } };
}

function columnNames(heading: string[]): string[] {
  const names: string[] = [];
  for (const [index, given] of heading.entries()) {
    const plain = given.trim() || `column_${index + 1}`;
    const base = ['__proto__', 'constructor', 'prototype'].includes(plain) ? `${plain}_` : plain;
    let name = base;
    for (let count = 2; names.includes(name); count++) name = `${base}_${count}`;
    names.push(name);
  }
  return names;
}

function cellOf(cell: string | undefined): Cell {
  const text = (cell ?? '').trim();
  if (text === '') return null;
  if (/^[+-]?0\d/.test(text)) return text;
  return parseNumber(text) ?? text;
}

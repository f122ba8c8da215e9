import { readCells } from '@/lib/data-tables/cells';
import { type Cells, maxRowCharacters, maxTableRows } from '@/lib/data-tables/schema';
import type { TableRecord } from './store';

type CheckedRows = { ok: true; rows: Cells[] } | { ok: false; problem: string };

/** Rows as a table keeps them, or why it does not take them: the row by its number from 1. */
export function checkedRows(
  { columns }: Pick<TableRecord, 'columns'>,
  rows: readonly Readonly<Record<string, unknown>>[],
  extra: 'fail' | 'ignore' = 'fail',
): CheckedRows {
  const checked: Cells[] = [];
  for (const [index, row] of rows.entries()) {
    const at = rows.length === 1 ? '' : `Row ${index + 1}: `;
    const read = readCells(columns, row, extra);
    if (!read.ok) return { ok: false, problem: `${at}${read.problem}` };
    if (JSON.stringify(read.cells).length > maxRowCharacters) {
      return { ok: false, problem: `${at}It is longer than ${maxRowCharacters} characters.` };
    }
    checked.push(read.cells);
  }
  return { ok: true, rows: checked };
}

/** Why a table has no room for so many more rows; undefined where it has. */
export function roomProblem({ name, rowCount }: TableRecord, more: number): string | undefined {
  if (rowCount + more <= maxTableRows) return undefined;
  return `The table "${name}" would have more than ${maxTableRows} rows. Delete rows that you no longer need.`;
}

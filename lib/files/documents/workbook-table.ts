import { columnNames, type Row, type Table, tableLimits } from '../parse-csv';
import type { ReadDocument, WorkbookCell } from './schema';

type Workbook = Extract<ReadDocument, { kind: 'workbook' }>;
type Settings = { sheet?: string; headingRow?: number };
export type ReadSheet =
  | { ok: true; content: Table & { sheet: string; sheets: string[] } }
  | { ok: false; problem: string };

/**
 * One sheet of a workbook as rows: the named one, else the first that holds anything. Numbers stay numbers and texts stay
 * texts; empty rows are left out, as of a CSV file.
 */
export function workbookTable(
  { sheets }: Workbook,
  { sheet, headingRow = 1 }: Settings,
): ReadSheet {
  const names = sheets.map(({ name }) => name);
  const wanted = sheet?.trim() ?? '';
  const found =
    wanted === ''
      ? (sheets.find(({ rows }) => rows.some(isFilled)) ?? sheets[0])
      : sheets.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found === undefined) {
    const known = names.map((name) => `“${name}”`).join(', ');
    return { ok: false, problem: `It has no sheet “${wanted}”. Its sheets: ${known}.` };
  }
  const heading = headingRow > 0 ? found.rows[headingRow - 1] : [];
  if (heading === undefined || !found.rows.some(isFilled)) {
    const which = `The sheet “${found.name}”`;
    const problem = found.rows.some(isFilled) ? `has no row ${headingRow}.` : 'is empty.';
    return { ok: false, problem: `${which} ${problem}` };
  }
  const lines = found.rows.slice(Math.max(headingRow, 0)).filter(isFilled);
  const widest = lines.reduce((most, cells) => Math.max(most, lastFilled(cells) + 1), 0);
  const columns = columnNames(
    heading.map((cell) => String(cell ?? '')),
    widest,
  );
  if (columns.length > tableLimits.columns) {
    return { ok: false, problem: `It has more than ${tableLimits.columns} columns.` };
  }
  if (lines.length > tableLimits.rows || lines.length * columns.length > tableLimits.cells) {
    const { rows, cells } = tableLimits;
    return { ok: false, problem: `It has more than ${rows} rows or ${cells} cells.` };
  }
  const rows = lines.map(
    (cells): Row => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null])),
  );
  return {
    ok: true,
    content: { columns, rows, rowCount: rows.length, sheet: found.name, sheets: names },
  };
}

const isEmpty = (cell: WorkbookCell | undefined) =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
const isFilled = (cells: readonly WorkbookCell[]) => cells.some((cell) => !isEmpty(cell));
const lastFilled = (cells: readonly WorkbookCell[]) =>
  cells.findLastIndex((cell) => !isEmpty(cell));

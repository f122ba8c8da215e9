import { msOf } from '@/lib/expressions/dates/clock-reading';
import { bytesOf, make, read } from '@/lib/expressions/values/budget';
import { displayText } from '@/lib/expressions/values/display-text';
import { ExpressionError } from '@/lib/expressions/values/expression-error';
import { type WorkbookCell, workbookLimits } from '@/lib/files/documents/sheet-xml';
import { writeWorkbook } from '@/lib/files/documents/write-workbook';
import type { Given, Made } from '../operation';
import { columnsOf, fieldIn, requireField, rowsIn } from '../rows';

export type WorkbookSettings = {
  fields: string[];
  heading: boolean;
  protect: boolean;
  /** ISO dates become dates of the workbook. */
  dates: boolean;
  sheet: string;
};

/** Cells of one workbook: each takes some 100 bytes of text before it is packed. */
const mostCells = 1_000_000;

/** A list as the bytes of a workbook. */
export function workbook({ values, budget }: Given, settings: WorkbookSettings): Made {
  const rows = rowsIn(values.rows, budget);
  for (const name of settings.fields) requireField(rows, name, budget);
  const columns = settings.fields.length > 0 ? settings.fields : columnsOf(rows, budget);
  if (columns.length > workbookLimits.columns || columns.length * rows.length > mostCells) {
    throw new ExpressionError(
      `The workbook would have ${columns.length} columns and ${rows.length} rows: at most ${mostCells} cells are possible.`,
      undefined,
      true,
    );
  }
  let cut = 0;
  const cells = rows.map((row) =>
    columns.map((name): WorkbookCell => {
      const value = fieldIn(row, name);
      if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null;
      if (typeof value === 'number') return value;
      const text = displayText(value, budget);
      read(budget, 8 * text.length);
      make(budget, 4 * bytesOf.text(text.length));
      if (text.length > workbookLimits.characters) cut += 1;
      return (settings.dates ? dateIn(text) : undefined) ?? text;
    }),
  );
  make(budget, 100 * columns.length * (rows.length + 1));
  const { sheet, protect, heading } = settings;
  const bytes = writeWorkbook({
    ...{ name: sheet, heading: heading ? columns : undefined, rows: cells, protect },
  });
  const output = { bytes, rowCount: rows.length };
  if (cut === 0) return { output };
  return {
    output,
    note: `${cut} cells were longer than ${workbookLimits.characters} characters and were cut.`,
  };
}

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?Z?)?$/;

/** A date as workbooks count it, in days; undefined for other texts, and for times with an offset, which they do not have. */
function dateIn(text: string): WorkbookCell | undefined {
  if (text.length > 40) return undefined;
  const [whole, year, month, day, hour, minute = '0', second = '0'] = iso.exec(text) ?? [];
  if (whole === undefined || Number(year) < 1901) return undefined;
  const ms = msOf([year, month, day, hour ?? 0, minute, second].map(Number));
  if (ms === undefined) return undefined;
  return { days: ms / 86_400_000 + 25_569, time: hour !== undefined };
}

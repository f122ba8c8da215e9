import readSheets from 'read-excel-file/universal';
import { documentLimits, type ReadDocument, type WorkbookCell } from '@/lib/files/documents/schema';
import { Refused } from './refused';

/** All sheets of an Excel workbook; dates as ISO 8601, formulas as what they came to when it was saved. */
export async function readWorkbook(bytes: Uint8Array): Promise<ReadDocument> {
  const copy = new Uint8Array(bytes);
  const sheets = await readSheets(new Blob([copy]), { trim: false });
  let cells = 0;
  return {
    kind: 'workbook',
    sheets: sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((row) => {
        cells += row.length;
        if (cells > documentLimits.cells) {
          throw new Refused(`It has more than ${documentLimits.cells} cells.`);
        }
        return row.map(cellOf);
      }),
    })),
  };
}

function cellOf(value: unknown): WorkbookCell {
  if (value instanceof Date) {
    const iso = value.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

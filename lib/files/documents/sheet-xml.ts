/** A value of a cell. Texts that are dates come as dates already. */
export type WorkbookCell = string | number | boolean | null | { days: number; time: boolean };

/** What Excel takes at most. */
export const workbookLimits = { rows: 1_048_575, columns: 16_384, characters: 32_767 } as const;

const style = { date: 1, time: 2, heading: 3, quoted: 4 } as const;

type Sheet = {
  heading: readonly string[] | undefined;
  rows: readonly (readonly WorkbookCell[])[];
  protect: boolean;
};

/** A sheet's rows as a workbook stores them. The row with the names stays in view. */
export function sheetXml({ heading, rows, protect }: Sheet): string {
  const widest = rows.reduce((most, row) => Math.max(most, row.length), heading?.length ?? 0);
  const titles = Array.from({ length: widest }, (_, index) => columnTitle(index));
  const pieces = [
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    heading === undefined
      ? ''
      : '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    widths(heading, rows, widest),
    '<sheetData>',
  ];
  const add = (cells: readonly WorkbookCell[], number: number, isHeading: boolean) => {
    const written = cells.map((cell, index) =>
      cellXml(cell, `${titles[index]}${number}`, { protect, isHeading }),
    );
    pieces.push(`<row r="${number}">${written.join('')}</row>`);
  };
  if (heading !== undefined) add(heading, 1, true);
  for (const [index, row] of rows.entries())
    add(row, index + (heading === undefined ? 1 : 2), false);
  pieces.push('</sheetData></worksheet>');
  return pieces.join('');
}

/** Wide enough for the beginning of what stands there. */
function widths(
  heading: readonly string[] | undefined,
  rows: readonly (readonly WorkbookCell[])[],
  widest: number,
): string {
  if (widest === 0) return '';
  const shown = [heading ?? [], ...rows.slice(0, 50)];
  const columns = Array.from({ length: widest }, (_, index) => {
    const longest = shown.reduce((most, row) => Math.max(most, lengthOf(row[index] ?? null)), 0);
    const width = Math.min(Math.max(longest + 2, 9), 60);
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  return `<cols>${columns.join('')}</cols>`;
}

const lengthOf = (cell: WorkbookCell): number =>
  cell === null ? 0 : typeof cell === 'object' ? (cell.time ? 19 : 10) : String(cell).length;

function cellXml(
  cell: WorkbookCell,
  at: string,
  { protect, isHeading }: { protect: boolean; isHeading: boolean },
): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? `<c r="${at}"><v>${cell}</v></c>` : '';
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'object')
    return `<c r="${at}" s="${cell.time ? style.time : style.date}"><v>${cell.days}</v></c>`;
  const marked = isHeading ? style.heading : protect && beginsAsFormula(cell) ? style.quoted : 0;
  const look = marked === 0 ? '' : ` s="${marked}"`;
  return `<c r="${at}"${look} t="inlineStr"><is><t xml:space="preserve">${cellText(cell)}</t></is></c>`;
}

/** What spreadsheet programs may run when such a text is entered or opened. */
export const beginsAsFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

function cellText(text: string): string {
  return (
    text
      .slice(0, workbookLimits.characters)
      .toWellFormed()
      // Excel reads this as a code for a character.
      .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold these.
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}

function columnTitle(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnTitle(Math.floor(index / 26) - 1)}${letter}`;
}

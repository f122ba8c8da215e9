const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  euro: '€',
};

/** A piece of a page: a tag with its name, or text. */
type Piece = { tag: string; closes: boolean } | { text: string };

/**
 * The cells of a page's tables, row by row. Reads tags and text alone, from left to right and each character once;
 * scripts and styles are skipped, a table inside a cell counts as a table of its own.
 */
export function readHtmlTables(text: string): string[][][] {
  const tables: string[][][] = [];
  const open: { rows: string[][]; cell: string[] | undefined }[] = [];
  for (const piece of piecesOf(text)) {
    const table = open.at(-1);
    if ('text' in piece) {
      table?.cell?.push(piece.text);
      continue;
    }
    const { tag, closes } = piece;
    if (tag === 'table' && !closes) {
      const rows: string[][] = [];
      tables.push(rows);
      open.push({ rows, cell: undefined });
    } else if (table === undefined) continue;
    else if (tag === 'table') {
      endCell(table);
      open.pop();
    } else if (tag === 'tr') {
      endCell(table);
      if (!closes) table.rows.push([]);
    } else if (tag === 'td' || tag === 'th') {
      endCell(table);
      if (!closes) table.cell = [];
    } else if (tag === 'br') table.cell?.push('\n');
  }
  for (const table of open) endCell(table);
  return tables.map((rows) => rows.filter((cells) => cells.length > 0));
}

function endCell(table: { rows: string[][]; cell: string[] | undefined }): void {
  if (table.cell === undefined) return;
  if (table.rows.length === 0) table.rows.push([]);
  const lines = decoded(table.cell.join('')).split('\n');
  table.rows.at(-1)?.push(
    lines
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .join('\n')
      .trim(),
  );
  table.cell = undefined;
}

function* piecesOf(text: string): Generator<Piece> {
  const lower = text.toLowerCase();
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf('<', at);
    if (start < 0) return yield { text: text.slice(at) };
    // A line end of the source is a blank.
    if (start > at) yield { text: text.slice(at, start).replace(/[\r\n]+/g, ' ') };
    const comment = text.startsWith('<!--', start);
    const end = comment ? text.indexOf('-->', start) : text.indexOf('>', start);
    if (end < 0) return;
    at = end + (comment ? 3 : 1);
    const found = comment ? null : /^<(\/?)([a-z][a-z0-9]*)/i.exec(text.slice(start, start + 40));
    if (!found) continue;
    const tag = (found[2] ?? '').toLowerCase();
    const closes = found[1] === '/';
    if (!closes && (tag === 'script' || tag === 'style')) {
      const close = lower.indexOf(`</${tag}`, at);
      if (close < 0) return;
      at = close;
      continue;
    }
    yield { tag, closes };
  }
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
    (all, ten, hex, name) => {
      if (name !== undefined) return named[String(name).toLowerCase()] ?? all;
      const code = ten === undefined ? Number.parseInt(hex, 16) : Number(ten);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

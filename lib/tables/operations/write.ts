import { type Budget, bytesOf, make, read } from '@/lib/expressions/values/budget';
import { displayText } from '@/lib/expressions/values/display-text';
import { ExpressionError } from '@/lib/expressions/values/expression-error';
import { toJson } from '@/lib/expressions/values/values';
import { type DelimiterName, delimiters } from '@/lib/files/guess-delimiter';
import { escapeHtml } from '../formats/html-table';
import { escapeMarkdown } from '../formats/markdown-table';
import type { Given, Made } from '../operation';
import { columnsOf, fieldIn, listIn, requireField, rowsIn } from '../rows';

export type WriteSettings = {
  format: 'json' | 'jsonl' | 'csv' | 'markdown' | 'html';
  /** These fields in this order; none: all. */
  fields: string[];
  delimiter: DelimiterName;
  heading: boolean;
  /** Texts that a spreadsheet would take for a formula get an apostrophe. */
  protect: boolean;
  indent: boolean;
};

/** Characters of a text that a step writes. */
const maxLength = 12_000_000;

/** A list as a text in a format of files, mails and pages. */
export function write({ values, budget }: Given, settings: WriteSettings): Made {
  const { format } = settings;
  const list = format === 'json' && !hasRows(values.rows) ? values.rows : listIn(values.rows);
  const rowCount = Array.isArray(list) ? list.length : 1;
  const text =
    format === 'json' || format === 'jsonl'
      ? asJson(list, settings, budget)
      : asTable(values.rows, settings, budget);
  return { output: { text, rowCount, mediaType: mediaTypes[format] } };
}

const mediaTypes = {
  json: 'application/json',
  jsonl: 'application/jsonl',
  csv: 'text/csv',
  markdown: 'text/markdown',
  html: 'text/html',
} as const;

const hasRows = (value: unknown) =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && 'rows' in value);

function asJson(list: unknown, { format, fields, indent }: WriteSettings, budget: Budget): string {
  const chosen = (row: unknown) =>
    fields.length === 0
      ? row
      : Object.fromEntries(fields.map((name) => [name, fieldIn(row, name)]));
  if (!Array.isArray(list)) return toJson(list, budget, indent ? 2 : undefined);
  if (format === 'json' && indent) return toJson(list.map(chosen), budget, 2);
  const lines = linesOf(list, budget, (row) => toJson(chosen(row), budget));
  return format === 'jsonl' ? `${lines.join('\n')}\n` : `[${lines.join(',')}]`;
}

function asTable(value: unknown, settings: WriteSettings, budget: Budget): string {
  const rows = rowsIn(value, budget);
  for (const name of settings.fields) requireField(rows, name, budget);
  const columns = settings.fields.length > 0 ? settings.fields : columnsOf(rows, budget);
  const lineOf =
    writers[settings.format === 'csv' ? 'csv' : settings.format === 'html' ? 'html' : 'markdown'];
  const cell = (value: unknown) => {
    const text = displayText(value, budget);
    read(budget, 8 * text.length);
    make(budget, 2 * bytesOf.text(text.length));
    return text;
  };
  const heads =
    settings.heading || settings.format !== 'csv' ? [lineOf(columns, settings, true)] : [];
  const lines = linesOf(rows, budget, (row) =>
    lineOf(
      columns.map((name) => cell(fieldIn(row, name))),
      settings,
      false,
    ),
  );
  if (settings.format === 'csv') return [...heads, ...lines].map((line) => `${line}\r\n`).join('');
  if (settings.format === 'html')
    return `<table>\n<thead>\n${heads.join('')}\n</thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>\n`;
  return `${[...heads, `|${' --- |'.repeat(columns.length)}`, ...lines].join('\n')}\n`;
}

type Line = (cells: readonly string[], settings: WriteSettings, heading: boolean) => string;

const writers: Record<'csv' | 'markdown' | 'html', Line> = {
  csv(cells, { delimiter, protect }) {
    const between = delimiters[delimiter];
    const written = cells.map((cell) => {
      const text =
        protect && /^[=+\-@\t\r]/.test(cell) && !/^-?[\d.]+$/.test(cell) ? `'${cell}` : cell;
      const quoted = text.includes(between) || /["\r\n]|^\s|\s$/.test(text);
      return quoted ? `"${text.replaceAll('"', '""')}"` : text;
    });
    // A line with nothing in it would be no row.
    return written.length === 1 && written[0] === '' ? '""' : written.join(between);
  },
  markdown: (cells) => `| ${cells.map(escapeMarkdown).join(' | ')} |`,
  html(cells, _, heading) {
    const tag = heading ? 'th' : 'td';
    const inner = cells.map(
      (cell) => `<${tag}>${escapeHtml(cell).replace(/\r\n|\n|\r/g, '<br>')}</${tag}>`,
    );
    return `<tr>${inner.join('')}</tr>`;
  },
};

function linesOf<T>(rows: readonly T[], budget: Budget, write: (row: T) => string): string[] {
  let length = 0;
  make(budget, bytesOf.list(rows.length));
  return rows.map((row) => {
    const line = write(row);
    length += line.length;
    if (length > maxLength)
      throw new ExpressionError(
        `The text is too long: at most ${maxLength} characters.`,
        undefined,
        true,
      );
    return line;
  });
}

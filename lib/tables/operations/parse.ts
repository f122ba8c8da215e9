import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import { bytesOf, make, read } from '@/lib/expressions/values/budget';
import { ExpressionError } from '@/lib/expressions/values/expression-error';
import { kindOf, measure } from '@/lib/expressions/values/values';
import type { NumberStyle } from '@/lib/files/cell-values';
import type { DelimiterName } from '@/lib/files/guess-delimiter';
import { parseCsv, tableOfCells } from '@/lib/files/parse-csv';
import { parseJsonLines } from '@/lib/files/parse-json-file';
import { readHtmlTables } from '../formats/html-table';
import { readMarkdownTable } from '../formats/markdown-table';
import type { Given, Made } from '../operation';

export type ParseSettings = {
  format: 'json' | 'jsonl' | 'csv' | 'markdown' | 'html';
  delimiter: DelimiterName | 'auto';
  headingRow: number;
  numbers: NumberStyle;
  /** Which table of a page, counted from 1. */
  table: number;
};

/** What a text holds: a value, or a table. Whatever cannot be read as it stands is refused with its place. */
export function parse({ values, budget }: Given, settings: ParseSettings): Made {
  const { text } = values;
  if (typeof text !== 'string')
    throw new ExpressionError(`“Text” must be a text, but it is ${kindOf(text)}.`);
  // Reading takes some ten times what looking at it does.
  read(budget, 16 * text.length);
  make(budget, 4 * bytesOf.text(text.length));
  const made = contentOf(text, settings);
  measure(made, budget);
  return { output: made };
}

function contentOf(text: string, settings: ParseSettings): Record<string, unknown> {
  switch (settings.format) {
    case 'json': {
      const found = readJson(text, 65_536);
      if (!found.ok)
        throw new ExpressionError(`The text is not JSON: ${jsonProblemText(found.problem)}.`);
      const { value } = found;
      return Array.isArray(value) ? { value, rows: value, rowCount: value.length } : { value };
    }
    case 'jsonl': {
      const found = parseJsonLines(text);
      if (!found.ok) throw new ExpressionError(found.problem);
      return { ...found.content };
    }
    case 'csv': {
      const found = parseCsv(text, settings);
      if (!found.ok) throw new ExpressionError(found.problem);
      return { ...found.content };
    }
    case 'markdown':
      return tableOf(readMarkdownTable(text), 'The text has no Markdown table.', settings.numbers);
    case 'html': {
      const tables = readHtmlTables(text);
      const none = `The page has ${tables.length} tables, so there is no table ${settings.table}.`;
      return tableOf(tables[settings.table - 1], none, settings.numbers);
    }
  }
}

function tableOf(cells: string[][] | undefined, none: string, numbers: NumberStyle) {
  if (cells === undefined) throw new ExpressionError(none);
  const [heading = [], ...lines] = cells;
  const table = tableOfCells(heading, lines, numbers);
  if ('problem' in table) throw new ExpressionError(table.problem);
  return { ...table };
}

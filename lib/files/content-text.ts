import type { Row } from './parse-csv';
import type { ReadContent } from './read-text-file';

/** What was read of a file as one text, as an agent sees it: a table as Markdown, JSON indented, a text as it is. */
export function contentText(content: ReadContent): string {
  if ('text' in content) return content.text;
  if ('value' in content) return JSON.stringify(content.value, null, 2);
  const { columns, rows } = content;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cellsOf = (row: Row) => columns.map((name) => cellText(row[name]));
  const heading = [line(columns), line(columns.map(() => '---'))];
  return [...heading, ...rows.map((row) => line(cellsOf(row)))].join('\n');
}

const cellText = (value: unknown) =>
  String(value ?? '')
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ');

import { type Budget, boundedText, bytesOf, make, read, spend } from '../values/budget';
import { displayText } from '../values/display-text';
import { ExpressionError } from '../values/expression-error';
import { isEntries, keysOf } from '../values/values';
import { type FunctionSpec, listOf, textOf, wholeOf } from './function-spec';

/** What a table for people shows; more is counted, and not shown. */
export const tableLimits = { rows: 50, mostRows: 1_000, columns: 12, characters: 200 } as const;
/** Cells are padded up to this width, so that a table reads well as plain text, too. */
const padded = 40;

type Table = {
  head: string[];
  body: string[][];
  /** Columns of numbers stand to the right. */
  right: boolean[];
  /** What is not shown: "and 3 more rows". */
  more: string[];
};

/** The cells of a list as people read it: objects by their fields, other items in one column. */
function tableOf(name: string, args: unknown[], budget: Budget): Table {
  const [given = null, wanted = null, most] = args;
  const rows = given === null ? [] : listOf(name, given);
  const max = most === undefined ? tableLimits.rows : wholeOf(name, most);
  if (max < 1 || max > tableLimits.mostRows) {
    throw new ExpressionError(`${name}() shows 1 to ${tableLimits.mostRows} rows.`);
  }
  const shown = rows.slice(0, max);
  const all =
    wanted === null
      ? namesIn(shown, budget)
      : listOf(name, wanted).map((each) => textOf(name, each));
  const head = all.slice(0, tableLimits.columns);
  spend(budget, shown.length * (head.length + 1));
  const values = shown.map((row) => head.map((column) => valueAt(row, column)));
  const body = values.map((row) => row.map((value) => cellOf(value, budget)));
  return {
    ...{ head, body },
    right: head.map((_, at) => values.length > 0 && values.every((row) => isNumber(row[at]))),
    more: [
      ...(rows.length > shown.length ? [`and ${counted(rows.length - shown.length, 'row')}`] : []),
      ...(all.length > head.length ? [`and ${counted(all.length - head.length, 'column')}`] : []),
    ],
  };
}

const counted = (count: number, what: string) => `${count} more ${what}${count === 1 ? '' : 's'}`;
const isNumber = (value: unknown) => value === null || typeof value === 'number';

/** Names of the fields, in the order in which they first occur; one column for items that have none. */
function namesIn(rows: readonly unknown[], budget: Budget): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    if (!isEntries(row)) names.add('value');
    else for (const name of keysOf(row, budget)) names.add(name);
    // Nobody reads so many: where rows differ in all their fields, the rest is not looked for.
    if (names.size > tableLimits.mostRows) break;
  }
  return [...names];
}

function valueAt(row: unknown, column: string): unknown {
  if (!isEntries(row)) return column === 'value' ? row : null;
  return Object.hasOwn(row, column) ? (row[column] ?? null) : null;
}

/** A value in one line, cut where it is long. */
function cellOf(value: unknown, budget: Budget): string {
  const text = displayText(value, budget);
  read(budget, Math.min(text.length, tableLimits.characters));
  const some = text
    .slice(0, tableLimits.characters + 1)
    .replace(/\s+/g, ' ')
    .trim();
  const cell =
    some.length > tableLimits.characters ? `${some.slice(0, tableLimits.characters - 1)}…` : some;
  make(budget, bytesOf.text(cell.length));
  return cell;
}

function written(text: string, budget: Budget): string {
  make(budget, bytesOf.text(text.length));
  return boundedText(text);
}

/** A table in Markdown whose columns stand below each other in plain text, too. */
function markdownTable(name: string, args: unknown[], budget: Budget): string {
  const { head, body, right, more } = tableOf(name, args, budget);
  if (head.length === 0) return 'No rows.';
  const cells = [head, ...body].map((row) => row.map(escapeCell));
  spend(budget, cells.length * head.length);
  const widths = head.map((_, at) =>
    Math.min(padded, Math.max(3, ...cells.map((row) => row[at]?.length ?? 0))),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => (right[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) =>
    right[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  const [first = [], ...rest] = cells;
  const lines = [line(first), `| ${rule.join(' | ')} |`, ...rest.map(line)];
  return written([lines.join('\n'), ...more.map((each) => `…${each}`)].join('\n\n'), budget);
}

const escapeCell = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (each) => entities[each] ?? each);

/** A table in HTML with its looks beside each cell, as programs for email need it; every cell is escaped. */
function htmlTable(name: string, args: unknown[], budget: Budget): string {
  const { head, body, right, more } = tableOf(name, args, budget);
  if (head.length === 0) return '<p>No rows.</p>';
  const cell = (tag: 'th' | 'td') => (text: string, at: number) =>
    `<${tag} style="border:1px solid #d0d0d5;padding:4px 8px;text-align:${right[at] ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`;
  spend(budget, (body.length + 1) * head.length * 8);
  const rows = body.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`);
  const table = `<table style="border-collapse:collapse"><thead><tr>${head.map(cell('th')).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return written(table + more.map((each) => `<p>…${each}</p>`).join(''), budget);
}

export const tableFunctions: FunctionSpec[] = [
  {
    name: 'table',
    signature: 'table(rows, ["name", "amount"], 50)',
    summary:
      'A list as a table that people read, in Markdown: of all fields or of those that are named. In an email in HTML it is an HTML table. Shows 50 rows unless said, and how many more there are.',
    arity: [1, 3],
    call: (args, budget) => markdownTable('table', args, budget),
  },
  {
    name: 'htmlTable',
    signature: 'htmlTable(rows, ["name", "amount"], 50)',
    summary: 'The same as an HTML table; what the cells hold is escaped.',
    arity: [1, 3],
    call: (args, budget) => htmlTable('htmlTable', args, budget),
  },
];

import type { NumberStyle } from '@/lib/files/cell-values';
import { tableOfCells } from '@/lib/files/parse-csv';
import { MarkupProblem } from './document';
import type { Feed } from './feed/feed';
import { type FeedBytes, readFeed } from './feed/read-feed';
import { extractCells, extractRows, type FieldAsk, type PageAsk } from './page/extract';
import { columnTitles } from './page/table-cells';

export type { FeedBytes } from './feed/read-feed';

type Read<Value> = { ok: true; value: Value } | { ok: false; problem: string };

/** What a step reads out of a page: fields of elements, or a table. Plain data, so that a thread can do it. */
export type PageJob = PageAsk &
  ({ as: 'fields'; fields: FieldAsk[] } | { as: 'table'; numbers: NumberStyle });
export type PageRows = { columns: string[]; rows: Record<string, unknown>[]; found: number };

export type FeedRead = Read<Feed>;
export type PageRead = Read<PageRows>;

/** Reads a feed on the thread that calls. Throws nothing for what it holds. */
export const feedFrom = (bytes: FeedBytes): FeedRead => told(() => readFeed(bytes));

/** The same of a page. */
export const pageFrom = (job: PageJob): PageRead =>
  told(() => {
    if (job.as === 'table') return tableOf(job, job.numbers);
    return { columns: job.fields.map(({ name }) => name), ...extractRows(job, job.fields) };
  });

function told<Value>(read: () => Value): Read<Value> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof MarkupProblem) return { ok: false, problem: error.message };
    // Selectors call themselves for what stands inside: a tree or a selector may be too deep for that.
    if (error instanceof RangeError) return { ok: false, problem: 'It is nested too deep.' };
    throw error;
  }
}

function tableOf(ask: PageAsk, numbers: NumberStyle): PageRows {
  const cells = extractCells(ask);
  if (cells === undefined) return { columns: [], rows: [], found: 0 };
  const [heading = [], ...lines] = cells;
  const widest = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const titles = columnTitles(Array.from({ length: widest }, (_, index) => heading[index] ?? ''));
  const table = tableOfCells(titles, lines, numbers);
  if ('problem' in table) throw new MarkupProblem(table.problem);
  const { columns, rows } = table;
  return { columns, rows: rows.slice(0, ask.most), found: lines.length };
}

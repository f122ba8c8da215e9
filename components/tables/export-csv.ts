import { call } from '@/components/data/call';
import { type DataTable, listTableRows } from '@/lib/data-tables/contract';
import { csvOf } from '@/lib/data-tables/csv';
import { type Cell, maxRowsAtOnce } from '@/lib/data-tables/schema';
import { cleanFileName } from '@/lib/names/name-problem';

/** Saves all rows of a table as a CSV file of this browser. */
export async function exportCsv({ id, name, columns }: DataTable): Promise<void> {
  const rows: Record<string, Cell>[] = [];
  let cursor: string | undefined;
  do {
    const page = await call(listTableRows, {
      params: { id },
      query: { limit: maxRowsAtOnce, cursor },
    });
    rows.push(...page.items.map(({ values }) => values));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const text = csvOf(
    columns.map((column) => column.name),
    rows,
  );
  // Excel takes a file for UTF-8 by its mark alone.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = cleanFileName(`${name}.csv`);
  link.click();
  URL.revokeObjectURL(url);
}

'use client';

import { Trash2 } from 'lucide-react';
import { useDeleteRow, useTableRows, useUpdateRow } from '@/components/data/table-queries';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import type { DataRow, DataTable } from '@/lib/data-tables/contract';
import { typeTitles } from './column-types';
import { EditableCell } from './editable-cell';

type Props = { table: DataTable; q: string; canWrite: boolean };

/** The rows of a table; each cell is edited where it stands. */
export function TableGrid({ table, q, canWrite }: Props) {
  const found = useTableRows(table.id, q);
  if (found.data === undefined) {
    return found.error ? (
      <ErrorState
        title="The rows could not be loaded"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    ) : (
      <div role="status" aria-label="Loading rows">
        <SkeletonRows rows={8} />
      </div>
    );
  }
  const rows = found.data.pages.flatMap(({ items }) => items);
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={`Rows of ${table.name}`}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <table aria-label={table.name} className="border-collapse text-sm">
        <thead className="sticky top-0 z-10 bg-bg">
          <tr>
            <th
              scope="col"
              className="h-8 w-12 border-r border-b px-2 text-right text-xs text-faint"
            >
              #
            </th>
            {table.columns.map(({ id, name, type }) => (
              <th
                key={id}
                scope="col"
                className="h-8 min-w-40 border-r border-b px-2.5 text-left text-xs font-medium whitespace-nowrap"
              >
                {name} <span className="font-normal text-faint">{typeTitles[type]}</span>
              </th>
            ))}
            {canWrite ? <th className="w-9 border-b" aria-label="Actions" /> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={row.id} table={table} row={row} number={index + 1} canWrite={canWrite} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? (
        <p className="p-8 text-center text-sm text-muted">
          {q === '' ? 'This table has no rows yet.' : `No row contains “${q}”.`}
        </p>
      ) : null}
      {found.hasNextPage ? (
        <div className="p-3">
          <Button
            size="sm"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show more rows
          </Button>
        </div>
      ) : null}
    </section>
  );
}

type RowProps = { table: DataTable; row: DataRow; number: number; canWrite: boolean };

function Row({ table, row, number, canWrite }: RowProps) {
  const update = useUpdateRow();
  const remove = useDeleteRow();
  const place = { id: table.id, rowId: row.id };
  return (
    <tr className="group border-b hover:bg-hover/40">
      <td className="border-r px-2 text-right text-xs text-faint tabular">{number}</td>
      {table.columns.map(({ id, name, type }) => (
        <td key={id} className="h-8 max-w-80 border-r p-0">
          <EditableCell
            label={`${name}, row ${number}`}
            type={type}
            value={row.values[name] ?? null}
            canWrite={canWrite}
            onSave={(value) =>
              update.mutate(
                { ...place, values: { [name]: value } },
                { onError: (error) => toastError('The cell was not changed', error) },
              )
            }
          />
        </td>
      ))}
      {canWrite ? (
        <td className="px-1">
          <IconButton
            size="sm"
            label={`Delete row ${number}`}
            className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
            disabled={remove.isPending}
            onClick={() =>
              remove.mutate(place, {
                onError: (error) => toastError('The row was not deleted', error),
              })
            }
          >
            <Trash2 aria-hidden />
          </IconButton>
        </td>
      ) : null}
    </tr>
  );
}

'use client';

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import {
  addTableRows,
  createTable,
  deleteTable,
  deleteTableRow,
  getTable,
  listTableRows,
  listTables,
  updateTable,
  updateTableRow,
} from '@/lib/data-tables/contract';
import { type CallInput, call } from './call';
import { keys } from './queries';

/** Tables of the workspace. */
export function useTables(enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...keys.tables, 'list'],
    queryFn: ({ signal }) => call(listTables, {}, { signal }),
  });
}

export function useTable(id: string) {
  return useQuery({
    queryKey: [...keys.tables, 'one', id],
    queryFn: ({ signal }) => call(getTable, { params: { id } }, { signal }),
  });
}

/** Rows in pages, those that hold a text alone where one is given. */
export function useTableRows(id: string, q: string) {
  return useInfiniteQuery({
    queryKey: [...keys.tables, 'rows', id, q],
    queryFn: ({ pageParam, signal }) =>
      call(
        listTableRows,
        { params: { id }, query: { limit: 100, cursor: pageParam, q: q || undefined } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function useTableChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.tables] }),
  });
}

type TableBody = NonNullable<CallInput<typeof createTable>['body']>;
type TableChange = NonNullable<CallInput<typeof updateTable>['body']>;
type RowValues = NonNullable<CallInput<typeof addTableRows>['body']>['rows'][number];

export const useCreateTable = () =>
  useTableChange((body: TableBody) => call(createTable, { body }));

export const useUpdateTable = () =>
  useTableChange(({ id, force, ...body }: { id: string; force: boolean } & TableChange) =>
    call(updateTable, { params: { id }, query: force ? { force: 'true' } : {}, body }),
  );

export const useDeleteTable = () =>
  useTableChange(({ id, force }: { id: string; force: boolean }) =>
    call(deleteTable, { params: { id }, query: force ? { force: 'true' } : {} }),
  );

export const useAddRows = () =>
  useTableChange(({ id, rows }: { id: string; rows: RowValues[] }) =>
    call(addTableRows, { params: { id }, body: { rows } }),
  );

export const useUpdateRow = () =>
  useTableChange(({ id, rowId, values }: { id: string; rowId: string; values: RowValues }) =>
    call(updateTableRow, { params: { id, rowId }, body: { values } }),
  );

export const useDeleteRow = () =>
  useTableChange(({ id, rowId }: { id: string; rowId: string }) =>
    call(deleteTableRow, { params: { id, rowId } }),
  );

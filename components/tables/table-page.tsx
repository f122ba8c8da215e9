'use client';

import { Download, Pencil, Plus, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useState } from 'react';
import { useAddRows, useDeleteTable, useTable } from '@/components/data/table-queries';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';
import { toast, toastError } from '@/components/ui/controls/toast';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { DataTable } from '@/lib/data-tables/contract';
import { exportCsv } from './export-csv';
import { ImportCsv } from './import-csv';
import { TableDialog } from './table-dialog';
import { TableGrid } from './table-grid';

const parent = { href: '/tables', label: 'Tables' };

/** A table with its rows, to look at and to edit. */
export function TablePage({ id }: { id: string }) {
  const table = useTable(id);
  const canWrite = useCan('tables.write');
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  if (table.data === undefined) {
    return (
      <>
        <PageHeader title="Table" parent={parent} />
        <PageBody>
          {table.error ? (
            <ErrorState
              title="The table could not be loaded"
              error={table.error}
              onRetry={() => void table.refetch()}
            />
          ) : (
            <div role="status" aria-label="Loading table">
              <SkeletonRows rows={8} />
            </div>
          )}
        </PageBody>
      </>
    );
  }
  const { name, rowCount } = table.data;
  return (
    <>
      <PageHeader
        title={name}
        parent={parent}
        marks={<span className="text-xs text-faint tabular">{plural(rowCount, 'row')}</span>}
        actions={<Actions table={table.data} canWrite={canWrite} />}
      />
      <div className="flex items-center gap-2 border-b px-4 py-1.5">
        <Input
          type="search"
          fieldSize="sm"
          aria-label="Search rows"
          placeholder="Search rows…"
          className="max-w-64"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <TableGrid table={table.data} q={q} canWrite={canWrite} />
    </>
  );
}

function Actions({ table, canWrite }: { table: DataTable; canWrite: boolean }) {
  const [editing, setEditing] = useState(false);
  const add = useAddRows();
  return (
    <>
      <IconButton
        label="Export CSV"
        onClick={() =>
          void exportCsv(table).catch((error: unknown) =>
            toastError('The table was not exported', error),
          )
        }
      >
        <Download aria-hidden />
      </IconButton>
      {canWrite ? (
        <>
          <DeleteTable table={table} />
          <IconButton label="Edit name and columns" onClick={() => setEditing(true)}>
            <Pencil aria-hidden />
          </IconButton>
          <ImportCsv table={table} />
          <Button
            variant="primary"
            size="sm"
            loading={add.isPending}
            onClick={() =>
              add.mutate(
                { id: table.id, rows: [{}] },
                { onError: (error) => toastError('The row was not added', error) },
              )
            }
          >
            <Plus aria-hidden /> Add row
          </Button>
        </>
      ) : null}
      {editing ? <TableDialog table={table} onClose={() => setEditing(false)} /> : null}
    </>
  );
}

function DeleteTable({ table: { id, name, rowCount } }: { table: DataTable }) {
  const [asking, setAsking] = useState(false);
  const router = useRouter();
  const remove = useDeleteTable();
  return (
    <>
      <IconButton label="Delete table" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </IconButton>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${name}?`}
        description={`${plural(rowCount, 'row')} are deleted with it. This cannot be undone.`}
        confirmLabel="Delete table"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutateAsync({ id, force: false }).then(
            () => {
              toast.success(`${name} was deleted`);
              router.push('/tables');
            },
            (error: unknown) => {
              toastError('The table was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}

'use client';

import { Plus, Table2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTables } from '@/components/data/table-queries';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { Cell, HeadCell, Table, TableHead, TableRow } from '@/components/ui/display/table';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import { ImportCsv } from './import-csv';
import { TableDialog } from './table-dialog';

/** The tables of the workspace. */
export function TableList() {
  const tables = useTables();
  const router = useRouter();
  const canWrite = useCan('tables.write');
  const [adding, setAdding] = useState(false);
  const open = ({ id }: { id: string }) => router.push(`/tables/${id}`);
  const actions = canWrite ? (
    <>
      <ImportCsv onDone={open} />
      <Button variant="primary" size="sm" onClick={() => setAdding(true)}>
        <Plus aria-hidden /> New table
      </Button>
    </>
  ) : null;
  return (
    <>
      <PageHeader title="Tables" actions={actions} />
      <PageBody>
        {tables.data === undefined ? (
          tables.error ? (
            <ErrorState
              title="The tables could not be loaded"
              error={tables.error}
              onRetry={() => void tables.refetch()}
            />
          ) : (
            <div role="status" aria-label="Loading tables">
              <SkeletonRows rows={4} />
            </div>
          )
        ) : tables.data.items.length === 0 ? (
          <EmptyState
            icon={<Table2 aria-hidden />}
            title="No tables yet"
            actions={
              canWrite ? <Button onClick={() => setAdding(true)}>Create a table</Button> : null
            }
          >
            A table keeps rows from one run to the next: customers, prices, what was already seen.
            Steps add, find, update and delete its rows.
          </EmptyState>
        ) : (
          <Table aria-label="Tables">
            <TableHead>
              <tr>
                <HeadCell>Name</HeadCell>
                <HeadCell>Columns</HeadCell>
                <HeadCell className="text-right">Rows</HeadCell>
                <HeadCell className="text-right">Changed</HeadCell>
              </tr>
            </TableHead>
            <tbody>
              {tables.data.items.map(({ id, name, columns, rowCount, updatedAt }) => (
                <TableRow key={id} className="relative">
                  <Cell className="font-medium">
                    <Link href={`/tables/${id}`} className="after:absolute after:inset-0">
                      {name}
                    </Link>
                  </Cell>
                  <Cell className="max-w-96 truncate text-muted">
                    {columns.map((column) => column.name).join(', ')}
                  </Cell>
                  <Cell className="text-right text-muted tabular">{plural(rowCount, 'row')}</Cell>
                  <Cell className="text-right text-muted">
                    <TimeAgo at={updatedAt} />
                  </Cell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
      </PageBody>
      {adding ? <TableDialog onSaved={open} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

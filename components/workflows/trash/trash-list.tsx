'use client';

import { Trash2 } from 'lucide-react';
import { useTrash } from '@/components/data/workflow-queries';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { trashDays } from '@/lib/workflows/trash';
import { TrashRow } from './trash-row';

/** Workflows in the trash: who deleted them, when, and how long they can be restored. */
export function TrashList() {
  return (
    <>
      <PageHeader parent={{ href: '/workflows', label: 'Workflows' }} title="Trash" />
      <PageBody>
        <Rows />
      </PageBody>
    </>
  );
}

function Rows() {
  const trash = useTrash();
  const items = trash.data?.pages.flatMap((page) => page.items);
  if (items === undefined) {
    return trash.error ? (
      <ErrorState
        title="The trash could not be loaded"
        error={trash.error}
        onRetry={() => void trash.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  if (items.length === 0) {
    return (
      <EmptyState icon={<Trash2 aria-hidden />} title="The trash is empty">
        Workflows that are deleted stay here for {trashDays} days and can be restored as they were.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="border-b px-4 py-2 text-xs text-muted">
        Workflows are deleted for good after {trashDays} days. Their runs are kept.
      </p>
      <ul aria-label="Trash">
        {items.map((item) => (
          <TrashRow key={item.id} item={item} />
        ))}
      </ul>
      {trash.hasNextPage ? (
        <div className="flex justify-center p-4">
          <Button
            size="sm"
            loading={trash.isFetchingNextPage}
            onClick={() => void trash.fetchNextPage()}
          >
            Load more
          </Button>
        </div>
      ) : null}
    </>
  );
}

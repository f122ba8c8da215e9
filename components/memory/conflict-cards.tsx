'use client';

import { Check } from 'lucide-react';
import { useConflicts, useResolveConflict } from '@/components/data/memory-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { MemoryConflict } from '@/lib/memory/schema';
import { AuthorLink } from './author-link';
import { ValueDiff } from './value-diff';
import { ValueShown } from './value-shown';

type Props = { space: string; onOpen: (path: string) => void };

/** Writes that met something else, a card each, until somebody decides. */
export function ConflictCards({ space, onOpen }: Props) {
  const found = useConflicts(space);
  if (found.data === undefined) {
    return found.error ? (
      <ErrorState
        title="The conflicts could not be loaded"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    ) : (
      <div role="status" aria-label="Loading conflicts">
        <SkeletonRows rows={3} />
      </div>
    );
  }
  if (found.data.items.length === 0) {
    return (
      <EmptyState icon={<Check aria-hidden />} title="Nothing to decide">
        When two change the same part of an entry and neither may win by itself, both values wait
        here.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Conflicts" className="space-y-3 p-4">
      {found.data.items.map((conflict) => (
        <Card key={conflict.id} conflict={conflict} onOpen={() => onOpen(conflict.path)} />
      ))}
    </ul>
  );
}

function Card({ conflict, onOpen }: { conflict: MemoryConflict; onOpen: () => void }) {
  const { id, path, leaves, mine, theirs, author, at } = conflict;
  const canEdit = useCan('memory.edit');
  const resolve = useResolveConflict();
  const take = (taken: 'mine' | 'theirs') =>
    resolve.mutate(
      { id, take: taken },
      { onError: (error) => toastError('Nothing was decided', error) },
    );
  const parts = leaves.filter((leaf) => leaf !== '');
  return (
    <li className="rounded-lg border bg-surface">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b px-4 py-2">
        <button
          type="button"
          onClick={onOpen}
          className="min-w-0 truncate rounded-sm text-sm font-medium hover:underline"
        >
          {path}
        </button>
        {parts.length > 0 ? (
          <span className="truncate font-mono text-2xs text-faint">{parts.join(', ')}</span>
        ) : null}
        <span className="ml-auto flex items-center gap-2 text-xs text-muted">
          <AuthorLink author={author} /> <TimeAgo at={at} />
        </span>
      </div>
      <div className="grid gap-4 p-4 md:grid-cols-2">
        <section aria-label="What is there">
          <h3 className="mb-1 text-xs font-medium text-muted">What is there</h3>
          {theirs === undefined ? (
            <p className="text-sm text-muted">Nothing: it was deleted.</p>
          ) : (
            <ValueShown value={theirs} label="What is there" />
          )}
        </section>
        <section aria-label="What was to be written">
          <h3 className="mb-1 text-xs font-medium text-muted">What was to be written</h3>
          <ValueDiff before={theirs} after={mine} />
        </section>
      </div>
      {canEdit ? (
        <div className="flex flex-wrap justify-end gap-2 border-t px-4 py-2">
          <Button size="sm" disabled={resolve.isPending} onClick={() => take('theirs')}>
            Keep what is there
          </Button>
          <Button
            size="sm"
            variant="primary"
            disabled={resolve.isPending}
            onClick={() => take('mine')}
          >
            Write the other value
          </Button>
        </div>
      ) : null}
    </li>
  );
}

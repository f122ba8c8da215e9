'use client';

import { Hourglass, Lock } from 'lucide-react';
import { useLocks, useReleaseLock } from '@/components/data/memory-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { exactTime } from '@/components/ui/format';
import type { MemoryLock } from '@/lib/memory/locks/contract';
import { AuthorLink } from './author-link';

const modeTitles: Record<MemoryLock['mode'], string> = {
  X: 'writes',
  S: 'reads',
  SIX: 'reads, writes parts',
  IX: 'writes parts',
  IS: 'reads parts',
};

/** What is locked, by whom and until when, and who waits for whom. */
export function LockList({ space }: { space: string }) {
  const found = useLocks(space);
  const canEdit = useCan('memory.edit');
  const release = useReleaseLock();
  if (found.data === undefined) {
    return found.error ? (
      <ErrorState
        title="The locks could not be loaded"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    ) : (
      <div role="status" aria-label="Loading locks">
        <SkeletonRows rows={3} />
      </div>
    );
  }
  if (found.data.items.length === 0) {
    return (
      <EmptyState icon={<Lock aria-hidden />} title="Nothing is locked">
        The step Lock keeps others from writing while a run works on a part of this memory.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Locks">
      {found.data.items.map(({ token, path, mode, owner, granted, waitsFor, until }) => (
        <li key={token} className="flex min-h-10 items-center gap-3 border-b px-4 py-1 text-sm">
          {granted ? (
            <Lock aria-hidden className="size-3.5 shrink-0 text-muted" />
          ) : (
            <Hourglass aria-hidden className="size-3.5 shrink-0 text-warning" />
          )}
          <span className="min-w-0 truncate">{path === '' ? 'All of it' : path}</span>
          <Badge tone={granted ? 'accent' : 'warning'}>
            {granted ? modeTitles[mode] : `waits for ${waitsFor.join(', ') || 'its turn'}`}
          </Badge>
          <span className="min-w-0 flex-1 truncate text-right text-xs text-muted">
            <AuthorLink author={owner} />
          </span>
          <span className="shrink-0 text-xs text-faint">until {exactTime(new Date(until))}</span>
          {canEdit ? (
            <Button
              size="sm"
              disabled={release.isPending}
              onClick={() =>
                release.mutate(token, {
                  onError: (error) => toastError('The lock was not released', error),
                })
              }
            >
              {granted ? 'Release' : 'Stop waiting'}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

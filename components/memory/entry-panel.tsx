'use client';

import { KeyRound, Pencil, Split, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '@/components/data/call';
import { useDeleteEntry, useEntry } from '@/components/data/memory-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { exactTime } from '@/components/ui/format';
import type { MemoryEntry } from '@/lib/memory/schema';
import { AuthorLink } from './author-link';
import { EntryDialog } from './entry-dialog';
import { ValueShown } from './value-shown';
import { VersionList } from './version-list';

type Props = { space: string; path: string; onClose: () => void };

/** One entry: its value, who wrote it, and its versions. One that was deleted shows what it was. */
export function EntryPanel({ space, path, onClose }: Props) {
  const entry = useEntry(space, path);
  const gone = ApiError.isInstance(entry.error) && entry.error.code === 'not_found';
  return (
    <div className="space-y-4 p-4">
      <div className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1 pt-1 text-sm font-medium break-all">{path}</h2>
        <IconButton label="Close" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      {gone ? (
        <p className="text-sm text-muted">
          This entry was deleted or has expired. A version below brings it back.
        </p>
      ) : entry.data ? (
        <Present entry={entry.data} />
      ) : entry.error ? (
        <ErrorState
          title="The entry could not be loaded"
          error={entry.error}
          onRetry={() => void entry.refetch()}
        />
      ) : (
        <div role="status" aria-label="Loading entry">
          <SkeletonRows rows={4} />
        </div>
      )}
      <VersionList space={space} path={path} current={gone ? undefined : entry.data?.version} />
    </div>
  );
}

function Present({ entry }: { entry: MemoryEntry }) {
  const canEdit = useCan('memory.edit');
  const [editing, setEditing] = useState(false);
  const remove = useDeleteEntry();
  const { space, path, value, version, author, updatedAt, expiresAt, conflict, looksSecret } =
    entry;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        <Badge>v{version}</Badge>
        {conflict ? (
          <Badge tone="warning">
            <Split aria-hidden /> Two values wait for a decision
          </Badge>
        ) : null}
        {looksSecret ? (
          <Badge tone="danger">
            <KeyRound aria-hidden /> Looks like a secret
          </Badge>
        ) : null}
        <AuthorLink author={author} />
        <TimeAgo at={updatedAt} />
        {expiresAt === null ? null : <span>expires {exactTime(new Date(expiresAt))}</span>}
      </div>
      <ValueShown value={value} />
      {canEdit ? (
        <div className="flex gap-2">
          <Button size="sm" onClick={() => setEditing(true)}>
            <Pencil aria-hidden /> Edit
          </Button>
          <Button
            size="sm"
            variant="ghost"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(
                { space, path },
                {
                  onSuccess: () => toast.success(`${path} was deleted; its versions stay`),
                  onError: (error) => toastError('The entry was not deleted', error),
                },
              )
            }
          >
            <Trash2 aria-hidden /> Delete
          </Button>
        </div>
      ) : null}
      {editing ? (
        <EntryDialog space={space} entry={entry} onClose={() => setEditing(false)} />
      ) : null}
    </>
  );
}

'use client';

import { Flag, RotateCcw, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import {
  useCheckpoints,
  useCreateCheckpoint,
  useDeleteCheckpoint,
} from '@/components/data/memory-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';
import { toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { MemoryCheckpoint } from '@/lib/memory/schema';
import { AuthorLink } from './author-link';
import { RestoreDialog } from './restore-dialog';

/** Names of states to come back to. */
export function CheckpointList({ space }: { space: string }) {
  const found = useCheckpoints(space);
  const canEdit = useCan('memory.edit');
  const [restoring, setRestoring] = useState<MemoryCheckpoint>();
  const remove = useDeleteCheckpoint();
  return (
    <>
      {canEdit ? <NewCheckpoint space={space} /> : null}
      {found.data === undefined ? (
        found.error ? (
          <ErrorState
            title="The checkpoints could not be loaded"
            error={found.error}
            onRetry={() => void found.refetch()}
          />
        ) : (
          <div role="status" aria-label="Loading checkpoints">
            <SkeletonRows rows={3} />
          </div>
        )
      ) : found.data.items.length === 0 ? (
        <EmptyState icon={<Flag aria-hidden />} title="No checkpoints yet">
          A checkpoint names how this memory is now, so that you can come back to it.
        </EmptyState>
      ) : (
        <ul aria-label="Checkpoints">
          {found.data.items.map((checkpoint) => (
            <li key={checkpoint.id} className="flex h-10 items-center gap-3 border-b px-4 text-sm">
              <Flag aria-hidden className="size-3.5 shrink-0 text-muted" />
              <span className="min-w-0 flex-1 truncate">{checkpoint.name}</span>
              <span className="shrink-0 text-xs text-muted max-sm:hidden">
                <AuthorLink author={checkpoint.author} />
              </span>
              <span className="w-20 shrink-0 text-right text-xs text-faint">
                <TimeAgo at={checkpoint.at} />
              </span>
              {canEdit ? (
                <>
                  <Button size="sm" onClick={() => setRestoring(checkpoint)}>
                    <RotateCcw aria-hidden /> Restore…
                  </Button>
                  <IconButton
                    label={`Delete ${checkpoint.name}`}
                    onClick={() =>
                      remove.mutate(
                        { space, id: checkpoint.id },
                        { onError: (error) => toastError('The checkpoint was not deleted', error) },
                      )
                    }
                  >
                    <Trash2 aria-hidden />
                  </IconButton>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {restoring ? (
        <RestoreDialog
          space={space}
          checkpoint={restoring}
          onClose={() => setRestoring(undefined)}
        />
      ) : null}
    </>
  );
}

function NewCheckpoint({ space }: { space: string }) {
  const [name, setName] = useState('');
  const create = useCreateCheckpoint();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { space, name: name.trim() },
      {
        onSuccess: () => setName(''),
        onError: (error) => toastError('The checkpoint was not made', error),
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-2 border-b px-4 py-2">
      <Input
        aria-label="Name of the checkpoint"
        placeholder="Name of a checkpoint, such as Before the import"
        fieldSize="sm"
        className="max-w-80"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" size="sm" disabled={name.trim() === ''} loading={create.isPending}>
        Create checkpoint
      </Button>
    </form>
  );
}

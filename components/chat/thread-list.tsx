'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useDeleteThread, useThreads } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Thread } from '@/lib/chat/contract';

/** Chats, last active first. */
export function ThreadList({ current }: { current: string | undefined }) {
  const threads = useThreads();
  if (threads.data === undefined) {
    return threads.error ? (
      <ErrorState
        title="The chats could not be loaded"
        error={threads.error}
        onRetry={() => void threads.refetch()}
      />
    ) : (
      <div role="status" aria-label="Loading chats" className="space-y-1 p-2">
        {['a', 'b', 'c', 'd'].map((each) => (
          <Skeleton key={each} className="h-11 rounded-md" />
        ))}
      </div>
    );
  }
  if (threads.data.items.length === 0) {
    return <p className="p-4 text-xs text-faint">Your team’s chats appear here.</p>;
  }
  return (
    <ul aria-label="Chats" className="space-y-px p-2">
      {threads.data.items.map((thread) => (
        <ThreadRow key={thread.id} thread={thread} active={thread.id === current} />
      ))}
    </ul>
  );
}

function ThreadRow({ thread, active }: { thread: Thread; active: boolean }) {
  return (
    <li
      className={cn(
        'group relative flex items-center rounded-md transition-colors duration-100 hover:bg-hover',
        active && 'bg-active hover:bg-active',
      )}
    >
      <Link
        href={`/chat/${thread.id}`}
        aria-current={active ? 'page' : undefined}
        className="min-w-0 flex-1 rounded-md px-2 py-1"
      >
        <span className="block truncate text-sm">{thread.title}</span>
        <span className="flex gap-1.5 text-xs text-faint">
          <span className="min-w-0 truncate">{thread.agentName}</span>
          <span aria-hidden>·</span>
          <TimeAgo at={thread.updatedAt} className="shrink-0 tabular" />
        </span>
      </Link>
      <DeleteThread thread={thread} active={active} />
    </li>
  );
}

function DeleteThread({ thread, active }: { thread: Thread; active: boolean }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteThread();
  if (!useCan('chat.write')) return null;
  return (
    <>
      <IconButton
        size="sm"
        label={`Delete chat ${thread.title}`}
        onClick={() => setAsking(true)}
        className="mr-1 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
      >
        <Trash2 className="!size-3.5" />
      </IconButton>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete this chat?"
        description="Its messages are deleted for everyone. The runs behind the answers are kept."
        confirmLabel="Delete chat"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutateAsync(thread.id).then(
            () => {
              if (active) router.push('/chat');
            },
            (error: unknown) => {
              toastError('The chat was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}

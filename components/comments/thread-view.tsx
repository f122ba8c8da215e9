'use client';

import { Check, Link2, RotateCcw, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { ApiError } from '@/components/data/call';
import { useCan } from '@/components/shell/actor-context';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import type { OpenThread } from '@/lib/comments/contract';
import { CommentItem } from './comment-item';
import { Composer } from './composer';
import { useMarkRead, useOpenThread, useReply, useResolve } from './queries';

type Props = {
  threadId: string;
  /** What the thread is about, in a few words. */
  place: (thread: OpenThread) => ReactNode;
  /** Left of the head: a way back. */
  lead?: ReactNode;
  onClose?: () => void;
  /** The thread is no more. */
  onGone: () => void;
  /** The composer takes the focus. */
  focus?: boolean;
};

/** A thread with its replies, and where one writes another. Opening it marks it as read. */
export function ThreadView(props: Props) {
  const { threadId, onClose, onGone } = props;
  const { data: thread, error, refetch } = useOpenThread(threadId);
  if (thread) return <Loaded {...props} thread={thread} />;
  if (ApiError.isInstance(error) && error.status === 404) {
    return (
      <ErrorState title="This thread was deleted" className="py-8">
        <button type="button" className="mt-2 text-sm text-accent" onClick={onGone}>
          Close
        </button>
      </ErrorState>
    );
  }
  if (error) {
    return (
      <ErrorState
        title="The thread could not be loaded"
        error={error}
        onRetry={() => void refetch()}
        className="py-8"
      />
    );
  }
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2 p-3">
      <div className="flex items-center justify-between">
        <Skeleton className="h-3 w-24" />
        {onClose ? <CloseButton onClose={onClose} /> : null}
      </div>
      <Skeleton className="h-3 w-48" />
      <Skeleton className="h-3 w-40" />
    </div>
  );
}

function Loaded({ thread, place, lead, onClose, onGone, focus }: Props & { thread: OpenThread }) {
  const mayWrite = useCan('workflows.comment');
  const reply = useReply(thread.id);
  const end = useRef<HTMLDivElement>(null);
  useRead(thread);
  const count = thread.comments.length;
  const shown = useRef(count);
  useEffect(() => {
    if (count > shown.current) end.current?.scrollIntoView({ block: 'nearest' });
    shown.current = count;
  }, [count]);
  const left = thread.comments.filter((comment) => !comment.deleted).length;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-9 shrink-0 items-center gap-1 border-b pr-1.5 pl-3">
        {lead}
        <div className="min-w-0 flex-1 truncate text-xs text-muted">{place(thread)}</div>
        <CopyLink threadId={thread.id} />
        {mayWrite ? <ResolveButton thread={thread} onResolved={onClose} /> : null}
        {onClose ? <CloseButton onClose={onClose} /> : null}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 py-1.5">
        {thread.anchor.kind === 'text' && thread.anchor.quote !== '' ? (
          <blockquote className="my-1 line-clamp-3 border-l-2 border-warning pl-2 text-xs whitespace-pre-line text-muted">
            {thread.anchor.quote}
          </blockquote>
        ) : null}
        <ol aria-label="Comments">
          {thread.comments.map((comment) => (
            <CommentItem
              key={comment.id}
              threadId={thread.id}
              comment={comment}
              last={left === 1}
              onGone={onGone}
            />
          ))}
        </ol>
        {thread.resolvedAt ? (
          <p className="flex items-center gap-1.5 py-1 text-xs text-success">
            <Check className="size-3.5" aria-hidden />
            Resolved{thread.resolvedBy ? ` by ${thread.resolvedBy.name}` : ''}
          </p>
        ) : null}
        <div ref={end} />
      </div>
      {mayWrite ? (
        <div className="shrink-0 p-2 pt-1">
          <Composer
            draftKey={`reply:${thread.id}`}
            label="Reply"
            placeholder={thread.resolvedAt ? 'Reply to reopen' : 'Reply, @ to mention'}
            {...(focus ? { focus } : {})}
            onSend={(body) => reply.mutateAsync(body)}
          />
        </div>
      ) : null}
    </div>
  );
}

/** Marks as read what is on the screen, once for each newest comment. */
function useRead({ id, unread, comments }: OpenThread) {
  const { mutate } = useMarkRead(id);
  const newest = comments.at(-1)?.createdAt;
  useEffect(() => {
    if (unread && newest) mutate(newest);
  }, [unread, newest, mutate]);
}

function ResolveButton({ thread, onResolved }: { thread: OpenThread; onResolved?: () => void }) {
  const resolve = useResolve(thread.id);
  const open = thread.resolvedAt === null;
  return (
    <IconButton
      label={open ? 'Resolve' : 'Reopen'}
      size="sm"
      disabled={resolve.isPending}
      onClick={() =>
        resolve.mutate(open, {
          onSuccess: () => {
            if (open) onResolved?.();
          },
          onError: (error) => toastError('The thread was not changed', error),
        })
      }
    >
      {open ? <Check /> : <RotateCcw className="!size-3.5" />}
    </IconButton>
  );
}

function CopyLink({ threadId }: { threadId: string }) {
  const copy = async () => {
    const url = new URL(window.location.href);
    url.search = `?comment=${threadId}`;
    url.hash = '';
    try {
      await navigator.clipboard.writeText(url.href);
      toast.success('Link copied');
    } catch (error) {
      toastError('The link could not be copied', error);
    }
  };
  return (
    <IconButton label="Copy link" size="sm" onClick={() => void copy()}>
      <Link2 className="!size-3.5" />
    </IconButton>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <IconButton label="Close" size="sm" onClick={onClose}>
      <X />
    </IconButton>
  );
}

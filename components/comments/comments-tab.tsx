'use client';

import { ArrowLeft, MessageCircle } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Select } from '@/components/ui/controls/select';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import type { CommentThread, ThreadStatus } from '@/lib/comments/contract';
import { placeName } from '@/lib/comments/place-name';
import type { Anchor } from '@/lib/comments/schema';
import { anchorOn } from './comment-tool';
import { Composer } from './composer';
import { keyOf } from './pin-position';
import { PlaceName } from './place-name';
import { type CommentFilter, useCommentList, useStartThread } from './queries';
import { ThreadRow } from './thread-row';
import { ThreadView } from './thread-view';
import { useShowThread } from './use-show-thread';

/** All threads of the workflow, or those of the selected step, and a field to start one. */
export function CommentsTab({ nodeId }: { nodeId: string | undefined }) {
  const session = useSession();
  const detail = useObservable(session.comments, (now) => now.detail);
  if (detail === undefined) return <ThreadList nodeId={nodeId} />;
  const back = () => session.comments.set((now) => ({ ...now, detail: undefined }));
  return (
    <ThreadView
      key={detail}
      threadId={detail}
      place={(thread) => <PlaceName anchor={thread.anchor} />}
      lead={
        <IconButton label="All comments" size="sm" className="-ml-1.5" onClick={back}>
          <ArrowLeft />
        </IconButton>
      }
      onGone={back}
    />
  );
}

type Toggles = { mine: boolean; unread: boolean; mentions: boolean };
const noToggles: Toggles = { mine: false, unread: false, mentions: false };

function ThreadList({ nodeId }: { nodeId: string | undefined }) {
  const session = useSession();
  const mayWrite = useCan('workflows.comment');
  const status = useObservable(session.comments, (now) => now.status);
  const [everywhere, setEverywhere] = useState(false);
  const [toggles, setToggles] = useState(noToggles);
  const node = everywhere ? undefined : nodeId;
  const on = (flag: boolean) => (flag ? 'true' : undefined);
  const filter: CommentFilter = {
    status,
    node,
    mine: on(toggles.mine),
    unread: on(toggles.unread),
    mentions: on(toggles.mentions),
  };
  const filtered = toggles.mine || toggles.unread || toggles.mentions;
  const clear = () => {
    setToggles(noToggles);
    setEverywhere(true);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-1 border-b px-3 py-1.5">
        <StatusSelect />
        {nodeId === undefined ? null : (
          <Chip on={!everywhere} onToggle={() => setEverywhere(!everywhere)}>
            This step
          </Chip>
        )}
        {(['unread', 'mentions', 'mine'] as const).map((name) => (
          <Chip
            key={name}
            on={toggles[name]}
            onToggle={() => setToggles((now) => ({ ...now, [name]: !now[name] }))}
          >
            {chipNames[name]}
          </Chip>
        ))}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Threads
          filter={filter}
          empty={
            <NoThreads
              {...{ mayWrite, status }}
              narrowed={filtered || node !== undefined}
              step={node !== undefined && !filtered}
              onClear={clear}
            />
          }
        />
      </div>
      {mayWrite ? <NewComment nodeId={node} /> : null}
    </div>
  );
}

const chipNames: Record<keyof Toggles, string> = {
  unread: 'Unread',
  mentions: 'Mentions',
  mine: 'Mine',
};

function Chip({ on, onToggle, children }: { on: boolean; onToggle: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onToggle}
      className={cn(
        'h-6 rounded-md border border-transparent px-1.5 text-xs text-muted transition-colors duration-100 hover:bg-hover hover:text-fg',
        on && 'border-border-strong bg-active text-fg',
      )}
    >
      {children}
    </button>
  );
}

function StatusSelect() {
  const { comments } = useSession();
  const status = useObservable(comments, (now) => now.status);
  const counts = useObservable(comments, (now) => now.counts);
  return (
    <Select
      size="sm"
      aria-label="Status"
      className="!h-6 w-26"
      value={status}
      onValueChange={(next) => comments.set((now) => ({ ...now, status: next as ThreadStatus }))}
      options={[
        { value: 'open', label: `Open ${counts.open}` },
        { value: 'resolved', label: `Resolved ${counts.resolved}` },
        { value: 'all', label: 'All' },
      ]}
    />
  );
}

function Threads({ filter, empty }: { filter: CommentFilter; empty: ReactNode }) {
  const session = useSession();
  const graph = useGraph((now) => now);
  const show = useShowThread();
  const active = useObservable(session.comments, (now) => now.open?.threadId);
  const list = useCommentList(session.workflowId, filter);
  if (list.isPending) return <SkeletonRows rows={5} />;
  if (list.isError) {
    return (
      <ErrorState
        title="The comments could not be loaded"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  }
  const threads: CommentThread[] = list.data.pages.flatMap((page) => page.items);
  if (threads.length === 0) return empty;
  return (
    <>
      <ul aria-label="Comment threads">
        {threads.map((thread) => (
          <li key={thread.id}>
            <ThreadRow
              thread={thread}
              place={placeName(thread.anchor, graph)}
              active={thread.id === active}
              onOpen={() => show(thread, true)}
            />
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <div className="flex justify-center p-3">
          <Button
            size="sm"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}

type NoThreadsProps = {
  mayWrite: boolean;
  status: ThreadStatus;
  narrowed: boolean;
  step: boolean;
  onClear: () => void;
};

function NoThreads({ mayWrite, status, narrowed, step, onClear }: NoThreadsProps) {
  const what = status === 'resolved' ? 'resolved comments' : 'comments';
  const title = step
    ? `No ${what} on this step`
    : narrowed
      ? `No matching ${what}`
      : `No ${what} yet`;
  return (
    <EmptyState
      icon={<MessageCircle aria-hidden />}
      title={title}
      actions={
        narrowed ? (
          <Button size="sm" onClick={onClear}>
            Show all
          </Button>
        ) : null
      }
    >
      {mayWrite && !narrowed && status === 'open'
        ? 'Press C and click on a step, a wire or the canvas. Or select text in a prompt.'
        : null}
    </EmptyState>
  );
}

function NewComment({ nodeId }: { nodeId: string | undefined }) {
  const session = useSession();
  const start = useStartThread(session.workflowId);
  const anchor: Anchor = anchorOn(session.graph.get(), { nodeId }) ?? { kind: 'workflow' };
  return (
    <div className="shrink-0 border-t p-2">
      <Composer
        key={keyOf(anchor)}
        draftKey={`new:${session.workflowId}:${keyOf(anchor)}`}
        label="New comment"
        placeholder={nodeId ? 'Comment on this step' : 'Comment on the workflow'}
        onSend={(body) => start.mutateAsync({ anchor, body })}
      />
    </div>
  );
}

/** How many open threads have new comments, for the tab. */
export function UnreadCount() {
  const session = useSession();
  const unread = useObservable(session.comments, (now) => now.counts.unread);
  if (unread === 0) return null;
  return (
    <span className="flex h-4 min-w-4 items-center justify-center rounded-full bg-accent-soft px-1 text-2xs font-medium text-accent tabular">
      {unread > 99 ? '99+' : unread}
      <span className="sr-only"> unread</span>
    </span>
  );
}

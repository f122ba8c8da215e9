'use client';

import { useObservable } from '@/components/observable/use-observable';
import './comments.css';
import { useStoreApi, ViewportPortal } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { Avatar } from '@/components/icons/avatar';
import { useRemoteDrags } from '@/components/presence/use-remote-drags';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { useActor } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { plural } from '@/components/ui/format';
import type { CommentThread } from '@/lib/comments/contract';
import { placeName } from '@/lib/comments/place-name';
import type { Anchor } from '@/lib/comments/schema';
import { closeThread, openThread, showInPanel } from './open-thread';
import { keyOf, pinPosition, type Stand } from './pin-position';

/** Side by side on one thing; more stand behind a count. */
const maxPins = 4;

type Group = { key: string; anchor: Anchor; threads: CommentThread[]; draft: boolean };

/** The pins of comments on the canvas: they follow what they are put on, also while it is dragged. */
export function CommentPins() {
  const session = useSession();
  const graph = useGraph((now) => now);
  const dragging = useLocal((local) => local.dragging);
  const remote = useRemoteDrags(session);
  const threads = useObservable(session.comments, (now) => now.threads);
  const open = useObservable(session.comments, (now) => now.open);
  const host = usePinScale();
  const groups = useMemo(() => {
    const byKey = new Map<string, Group>();
    const groupOf = (anchor: Anchor) => {
      const key = keyOf(anchor);
      const group = byKey.get(key) ?? { key, anchor, threads: [], draft: false };
      byKey.set(key, group);
      return group;
    };
    for (const thread of threads) groupOf(thread.anchor).threads.push(thread);
    if (open && open.threadId === undefined) groupOf(open.anchor).draft = true;
    return [...byKey.values()];
  }, [threads, open]);
  const moved = (id: string) => dragging.get(id) ?? remote.get(id);
  return (
    <ViewportPortal>
      <div ref={host} className="comment-pins nodrag nopan">
        {groups.map((group) => {
          const place = pinPosition(group.anchor, graph, moved);
          if (!place) return null;
          const transform = `translate(${place.x}px, ${place.y}px) scale(var(--pin-scale))`;
          return (
            <div key={group.key} style={{ transform }}>
              <Pins group={group} stand={place.stand} active={open?.threadId} />
            </div>
          );
        })}
      </div>
    </ViewportPortal>
  );
}

/** Undoes the zoom for the pins, without rendering them. */
function usePinScale() {
  const host = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  useEffect(() => {
    let last = 0;
    const follow = () => {
      const zoom = store.getState().transform[2];
      if (zoom === last) return;
      last = zoom;
      host.current?.style.setProperty('--pin-scale', String(1 / zoom));
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  return host;
}

const stands: Record<Stand, string> = {
  card: '-translate-x-full -translate-y-1/2',
  wire: '-translate-x-1/2 -translate-y-1/2',
  tip: '-translate-y-full',
};

type PinsProps = { group: Group; stand: Stand; active: string | undefined };

function Pins({ group, stand, active }: PinsProps) {
  const session = useSession();
  const { threads, draft } = group;
  const shown = threads.length > maxPins ? threads.slice(0, maxPins - 1) : threads;
  const more = threads.length - shown.length;
  const unread = threads.slice(shown.length).some((thread) => thread.unread);
  return (
    <div className={cn('absolute flex w-max gap-0.5', stands[stand])}>
      {more > 0 ? (
        <button
          type="button"
          aria-label={`${more} more comments`}
          onClick={() => showMore(session, group)}
          className={cn(pinStyle, 'px-1.5 text-2xs font-medium text-muted tabular')}
        >
          +{more}
          {unread ? <UnreadDot /> : null}
        </button>
      ) : null}
      {shown.map((thread) => (
        <Pin key={thread.id} thread={thread} active={thread.id === active} />
      ))}
      {draft ? <DraftPin /> : null}
    </div>
  );
}

function showMore(session: ReturnType<typeof useSession>, { anchor }: Group) {
  if ('nodeId' in anchor) session.actions.select([anchor.nodeId]);
  session.comments.set((now) => ({ ...now, open: undefined, detail: undefined }));
  session.actions.openTab('comments');
}

const pinStyle =
  'relative flex h-6 min-w-6 items-center justify-center gap-1 rounded-full rounded-bl-xs border border-border-strong bg-raised shadow-pop transition-colors duration-100 hover:border-faint';

function Pin({ thread, active }: { thread: CommentThread; active: boolean }) {
  const session = useSession();
  const { opening, replies, unread } = thread;
  const name = opening.author?.name ?? 'Former member';
  const where = useGraph((graph) => placeName(thread.anchor, graph));
  const label = [
    `Comment by ${name} on ${where}`,
    replies > 0 ? plural(replies, 'reply', 'replies') : '',
    unread ? 'unread' : '',
    thread.resolvedAt ? 'resolved' : '',
  ];
  return (
    <button
      type="button"
      data-comment-pin={thread.id}
      aria-label={label.filter(Boolean).join(', ')}
      aria-expanded={active}
      onClick={() => {
        const shown = session.comments.get().open;
        if (shown?.threadId === thread.id) closeThread(session);
        else openThread(session, thread);
      }}
      onDoubleClick={() => showInPanel(session, thread.id)}
      className={cn(
        pinStyle,
        replies > 0 && 'pr-1.5 pl-[3px]',
        active && '!border-accent ring-1 ring-accent',
        thread.resolvedAt && 'opacity-60',
      )}
    >
      <Avatar name={name} id={opening.author?.id} size={16} />
      {replies > 0 ? (
        <span className="text-2xs font-medium text-muted tabular">{replies + 1}</span>
      ) : null}
      {unread ? <UnreadDot /> : null}
    </button>
  );
}

function UnreadDot() {
  return (
    <span
      aria-hidden
      className="absolute -top-0.5 -right-0.5 size-2 rounded-full bg-accent-solid ring-2 ring-bg"
    />
  );
}

/** Where a comment will stand that is being written. */
function DraftPin() {
  const actor = useActor();
  return (
    <span data-comment-pin="new" className={cn(pinStyle, '!border-accent ring-1 ring-accent')}>
      <Avatar name={actor.name} id={actor.userId} size={16} />
    </span>
  );
}
